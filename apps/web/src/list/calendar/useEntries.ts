/** The entries of the days shown: one question for them, the spans beside fetched ahead. */
import type { ListQuery } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { recordsQuery, useRecords } from '../../api/records.ts'
import { useShownLocation } from '../../api/shownLocation.ts'
import { onFirstAct } from '../../ui/firstAct.ts'
import { daysQuery } from './daysQuery.ts'
import { type Entry, entriesOf } from './entries.ts'
import type { Diary } from './useDiary.ts'

/** Stretches of 200 records that are drawn; more than a thousand entries nobody could read. */
const mostStretches = 5

export interface Entries {
  entries: Entry[]
  isPending: boolean
  error: Error | null
  /** Where there are more than can be drawn: what to count, and how many came. */
  beyond: { query: ListQuery; loaded: number } | undefined
}

/** What entries are asked by: which object's, and of which days. */
export type EntriesAsked = Pick<Diary, 'object' | 'fields' | 'zone' | 'days' | 'neighbours'>

export function useEntries(diary: EntriesAsked, query: ListQuery): Entries {
  const { object, fields, zone, days } = diary
  const cache = useQueryClient()
  const location = useShownLocation()
  const shown = daysQuery(diary, query, days)
  const records = useRecords(object.slug, shown)
  const { hasNextPage, isFetching, fetchNextPage, isPlaceholderData } = records
  const stretches = records.data?.pages.length ?? 0
  const ahead = JSON.stringify(diary.neighbours.map((neighbour) => daysQuery(diary, query, neighbour)))

  useEffect(() => {
    if (hasNextPage && !isFetching && !isPlaceholderData && stretches < mostStretches) void fetchNextPage()
  }, [hasNextPage, isFetching, isPlaceholderData, stretches, fetchNextPage])

  useEffect(() => {
    if (isFetching) return
    let isOver = false
    // Whoever goes on to other days has moved something before: until then nothing stands in the way of these.
    onFirstAct(() => {
      if (isOver) return
      for (const neighbour of JSON.parse(ahead) as ListQuery[]) {
        void cache.prefetchInfiniteQuery({ ...recordsQuery(object.slug, neighbour, location), staleTime: 30_000 })
      }
    })
    return () => {
      isOver = true
    }
  }, [ahead, isFetching, cache, object.slug, location])

  const entries = useMemo(() => entriesOf(records.rows, fields, zone, days), [records.rows, fields, zone, days])

  return {
    entries,
    isPending: records.isPending || isPlaceholderData,
    error: records.rows.length ? null : records.error,
    beyond: hasNextPage && stretches >= mostStretches ? { query: shown, loaded: records.rows.length } : undefined,
  }
}
