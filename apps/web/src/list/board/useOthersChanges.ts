/** What others change while a list is looked at: asked for every few seconds, as long as the page is in sight. */
import type { Filter, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { findInLists, refreshLists } from '../../api/recordCache.ts'

const everyMilliseconds = 10_000
/** A change that began earlier may have ended later: those of so long before are looked at again. */
const overlapMilliseconds = 5_000
/** More than that at once, an import say, and the lists are asked for anew. */
const mostChanges = 100
/** Rounds after which is counted anew in any case: what others delete is among no changes. */
const roundsBetweenCounts = 6

/**
 * @param place puts a record that others changed where it belongs; `matches` says whether the list still finds it.
 * @param isHeld nothing may move just now.
 */
export function useOthersChanges(
  object: ObjectMeta,
  query: ListQuery,
  isHeld: boolean,
  place: (record: RecordData, matches: boolean) => void,
): void {
  const cache = useQueryClient()
  const since = useRef<string>(undefined)
  const round = useRef(0)

  const changedSince = async (from: string, base: ListQuery, signal: AbortSignal) => {
    const own: Filter = { field: 'updatedAt', op: 'gte', value: from }
    const filter = base.filter ? { and: [base.filter, own] } : own
    const { items } = await client.records.list(
      object.slug,
      { ...base, filter, sort: ['-updatedAt'], limit: mostChanges },
      '',
      { signal },
    )
    return items
  }

  async function follow(signal: AbortSignal): Promise<number> {
    const from = since.current
    const [latest, ...earlier] = from
      ? await changedSince(from, { fields: query.fields }, signal)
      : (
          await client.records.list(object.slug, { sort: ['-updatedAt'], limit: 1, fields: ['updatedAt'] }, '', {
            signal,
          })
        ).items
    if (latest) since.current = overlapping(latest.updatedAt)
    if (!from || !latest) return 0
    if (earlier.length + 1 >= mostChanges) {
      refreshLists(cache, object.slug)
      return mostChanges
    }
    const changed = [latest, ...earlier].filter(
      ({ id, version }) => (findInLists(cache, object.slug, id)?.version ?? 0) < version,
    )
    const isNarrowed = Boolean(query.filter || query.search)
    const found = isNarrowed && changed.length > 0 ? await changedSince(from, query, signal) : changed
    for (const record of changed) {
      place(
        record,
        found.some(({ id }) => id === record.id),
      )
    }
    return changed.length
  }

  useQuery({
    queryKey: [...keys.records(object.slug), 'changes', query.filter, query.search, query.fields],
    queryFn: async ({ signal }) => {
      const changes = await follow(signal)
      round.current += 1
      if (changes > 0 || round.current % roundsBetweenCounts === 0)
        void cache.invalidateQueries({ queryKey: [...keys.records(object.slug), 'count'] })
      return changes
    },
    enabled: !isHeld,
    refetchInterval: everyMilliseconds,
    // Whoever comes back to the window sees at once what happened meanwhile.
    refetchOnWindowFocus: 'always',
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

const overlapping = (moment: string): string => new Date(Date.parse(moment) - overlapMilliseconds).toISOString()
