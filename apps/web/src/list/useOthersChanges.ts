/**
 * What others change while a list is looked at: asked for every few seconds, as long as the page is in sight. The question
 * is for versions alone, which is no reading of records; read are only those that are new here.
 */
import type { Filter, ListQuery, ObjectMeta, RecordData, RecordVersion } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { othersPace } from '../api/othersPace.ts'
import { findInLists, refreshLists, removeFromLists } from '../api/recordCache.ts'

/** A change that began earlier may have ended later: those of so long before are looked at again. */
const overlapMilliseconds = 5_000
/** Of an object without any record, all are new. */
const beginning = '1970-01-01T00:00:00.000Z'
/** More than that at once, an import say, and the lists are asked for anew. */
const mostChanges = 100

export interface Followers {
  /** Puts a record that others changed where it belongs. */
  place(record: RecordData): void
  /** Takes a record away that the list does not find any more, where it stands in it. */
  drop(id: string): void
}

/** @param isHeld nothing may move just now. */
export function useOthersChanges(object: ObjectMeta, query: ListQuery, isHeld: boolean, followers: Followers): void {
  const cache = useQueryClient()
  const since = useRef<string>(undefined)
  /** Versions that were told already, so that the overlap of the questions asks for no record twice. */
  const told = useRef(new Map<string, number>())

  const known = (id: string) => Math.max(findInLists(cache, object.slug, id)?.version ?? 0, told.current.get(id) ?? 0)

  async function follow(signal: AbortSignal): Promise<number> {
    const from = since.current
    const latest = await client.records.versions(
      object.slug,
      from ? { since: from, limit: mostChanges } : { limit: 1 },
      {
        signal,
      },
    )
    since.current = latest[0] ? overlapping(latest[0].updatedAt) : (from ?? beginning)
    const changed = from ? latest.filter(({ id, version }) => known(id) < version) : []
    if (latest.length >= mostChanges) refreshLists(cache, object.slug)
    else if (changed.length > 0) await placeThose(changed, signal)
    // What was there before the first question may have come after the list was read.
    if (from) told.current = new Map(latest.map(({ id, version }) => [id, version]))
    return changed.length
  }

  async function placeThose(changed: RecordVersion[], signal: AbortSignal): Promise<void> {
    const [gone, living] = [changed.filter(({ deleted }) => deleted), changed.filter(({ deleted }) => !deleted)]
    removeFromLists(cache, object.slug, new Set(gone.map(({ id }) => id)))
    if (living.length === 0) return
    const among: Filter = { field: 'id', op: 'in', value: living.map(({ id }) => id) }
    const filter = query.filter ? { and: [query.filter, among] } : among
    const { items } = await client.records.list(object.slug, { ...query, filter, limit: mostChanges }, '', { signal })
    for (const record of items) followers.place(record)
    for (const { id } of living) if (!items.some((record) => record.id === id)) followers.drop(id)
  }

  useQuery({
    queryKey: [...keys.records(object.slug), 'changes', query.filter, query.search, query.fields],
    queryFn: async ({ signal }) => {
      const changes = await follow(signal)
      if (changes > 0) void cache.invalidateQueries({ queryKey: [...keys.records(object.slug), 'count'] })
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
