import type { FieldMeta, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keys } from '../../api/keys.ts'
import { refreshLists } from '../../api/recordCache.ts'
import { usePeek } from '../../record/peek.ts'

/**
 * What is saved in the panel beside the board moves the card to its new column as well. A board that is narrowed down is
 * asked for anew: the card may belong there no longer.
 *
 * @param fields those of columns and lanes.
 */
export function usePeekedCard(
  { slug }: ObjectMeta,
  fields: (FieldMeta | undefined)[],
  query: ListQuery,
  place: (record: RecordData) => void,
): void {
  const cache = useQueryClient()
  const { id = '' } = usePeek()
  // As the panel has it: nothing is asked for here.
  const { data: record } = useQuery<RecordData>({ queryKey: keys.record(slug, id), enabled: false })
  const latest = useRef<{ id: string; version: number; at: string }>(undefined)
  useEffect(() => {
    if (!record) return
    const before = latest.current
    const at = JSON.stringify(fields.map((field) => field && record[field.key]))
    if (before?.id === record.id && before.version === record.version) return
    latest.current = { id: record.id, version: record.version, at }
    if (before?.id !== record.id || before.at === at) return
    if (query.filter || query.search) refreshLists(cache, slug)
    else {
      place(record)
      void cache.invalidateQueries({ queryKey: [...keys.records(slug), 'count'] })
    }
  })
}
