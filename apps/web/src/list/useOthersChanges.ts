/** What others change while a list is looked at: asked for every few seconds, as long as the page is in sight. */
import type { Filter, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { othersPace } from '../api/othersPace.ts'
import { findInLists, refreshLists } from '../api/recordCache.ts'

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

  /** Asked for their versions only; for more where they are new here. */
  async function follow(signal: AbortSignal): Promise<number> {
    const from = since.current
    const versionsOnly = { fields: ['updatedAt'] }
    const latest = from
      ? await changedSince(from, versionsOnly, signal)
      : (await client.records.list(object.slug, { ...versionsOnly, sort: ['-updatedAt'], limit: 1 }, '', { signal }))
          .items
    if (latest[0]) since.current = overlapping(latest[0].updatedAt)
    if (!from) return 0
    if (latest.length >= mostChanges) {
      refreshLists(cache, object.slug)
      return mostChanges
    }
    const isNew = ({ id, version }: RecordData) => (findInLists(cache, object.slug, id)?.version ?? 0) < version
    if (!latest.some(isNew)) return 0
    const isNarrowed = Boolean(query.filter || query.search)
    const [all, found] = await Promise.all([
      changedSince(from, { fields: query.fields }, signal),
      isNarrowed ? changedSince(from, query, signal) : undefined,
    ])
    const changed = all.filter(isNew)
    for (const record of changed) place(record, !found || found.some(({ id }) => id === record.id))
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
    refetchInterval: othersPace,
    // Whoever comes back to the window sees at once what happened meanwhile.
    refetchOnWindowFocus: 'always',
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

const overlapping = (moment: string): string => new Date(Date.parse(moment) - overlapMilliseconds).toISOString()
