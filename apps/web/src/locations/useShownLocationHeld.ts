import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { loseLocation, useShownLocation } from '../api/shownLocation.ts'
import { tellLocationIsGone } from './locationGone.ts'
import { useLocations } from './locations.ts'

/** Leaves a location in which one may no longer work: all of them are shown then, and one is told so. */
export function useShownLocationHeld(): void {
  const cache = useQueryClient()
  const shown = useShownLocation()
  const { data: locations } = useLocations()
  const isHeld = !shown || !locations || locations.some(({ id, selectable }) => id === shown && selectable)
  useEffect(() => {
    if (!isHeld && shown && loseLocation(shown)) tellLocationIsGone(cache)
  }, [isHeld, shown, cache])
}
