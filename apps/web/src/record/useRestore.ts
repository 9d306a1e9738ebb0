import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshAround, refreshLists } from '../api/recordCache.ts'
import { showError } from '../ui/toast.tsx'

/** Brings a deleted record back, where it is shown. */
export function useRestore(slug: string, id: string) {
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  const restore = async () => {
    setBusy(true)
    try {
      cache.setQueryData(keys.record(slug, id), await client.records.restore(slug, id))
      cache.setQueryData([...keys.records(slug), 'followed', id], 'there')
      refreshLists(cache, slug)
      refreshAround(cache)
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return { restore, busy }
}
