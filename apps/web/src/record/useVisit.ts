import type { RecordData } from '@oneforge/client'
import { useEffect } from 'react'
import { noteVisit } from '../api/search.ts'
import { viewedPerson } from '../api/viewAs.ts'

/** Tells the server that the record is open, so that the palette shows it among the latest; not for somebody else's eyes. */
export function useVisit(slug: string, { id, deletedAt }: RecordData): void {
  const counts = !deletedAt && !viewedPerson()
  useEffect(() => {
    if (counts) noteVisit(slug, id)
  }, [slug, id, counts])
}
