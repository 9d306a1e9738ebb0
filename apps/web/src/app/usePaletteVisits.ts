import { useEffect } from 'react'
import { useMatch } from 'react-router'
import { noteVisit } from '../api/search.ts'

const id = /^[\da-f-]{36}$/

/** Tells the server which record is open, so that the palette shows it among the latest. */
export function usePaletteVisits(): void {
  const record = useMatch('/o/:object/:id')?.params
  const { object = '', id: recordId = '' } = record ?? {}
  useEffect(() => {
    if (id.test(recordId)) noteVisit(object, recordId)
  }, [object, recordId])
}
