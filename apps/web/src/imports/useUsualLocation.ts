import type { ObjectMeta } from '@oneforge/client'
import { useShownLocation } from '../api/shownLocation.ts'
import { useLocations } from '../locations/locations.ts'

/**
 * Where new records of the object belong unless one says otherwise: where the page is switched to, or the only location
 * there is to choose; null: nowhere. Undefined where its records have no location.
 */
export function useUsualLocation({ located }: ObjectMeta): string | null | undefined {
  const shown = useShownLocation()
  const { data: locations = [] } = useLocations()
  if (!located) return undefined
  const [only, ...others] = locations.filter(({ active, selectable }) => active && selectable)
  return shown ?? (others.length === 0 ? only?.id : undefined) ?? null
}
