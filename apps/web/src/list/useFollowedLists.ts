/** Lists and diaries follow what others change, as boards do: within seconds, as long as the page is in sight. */
import type { ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { findInLists, patchRecord, refreshLists } from '../api/recordCache.ts'
import { useOthersChanges } from './useOthersChanges.ts'

/** @param isHeld whoever shows the records follows them in its own way. */
export function useFollowedLists(object: ObjectMeta, query: ListQuery, isHeld: boolean): void {
  const cache = useQueryClient()
  const isAsked = useRef(false)

  /** Once for all that came together. */
  function askAnew(): void {
    if (isAsked.current) return
    isAsked.current = true
    queueMicrotask(() => {
      isAsked.current = false
      refreshLists(cache, object.slug)
    })
  }

  // What stands there already changes where it stands; what comes and goes has a place that only the server knows.
  function place(record: RecordData): void {
    if (findInLists(cache, object.slug, record.id)) patchRecord(cache, object.slug, record.id, record)
    else askAnew()
  }

  function drop(id: string): void {
    if (findInLists(cache, object.slug, id)) askAnew()
  }

  useOthersChanges(object, query, isHeld, { place, drop })
}
