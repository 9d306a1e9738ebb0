/**
 * Reading records of any object. Queries name fields by key; `RecordData` is flat.
 * - useRecords(slug, query): a list that scrolls on: `rows`, `fetchNextPage`, `hasNextPage`, `isPending`, …
 * - useCount(slug, {filter, search}): how many records the list has in all.
 * - useRecord(slug, id, include?): one record, shown at once when a list already holds it.
 * - useHistory(slug, id), useActivities(slug, id): what a record page shows around it.
 * Writing is in recordChanges.ts.
 */
import type { ListQuery, RecordData } from '@oneforge/client'
import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { client } from './client.ts'
import { keys } from './keys.ts'
import { findInLists } from './recordCache.ts'
import { useShownLocation } from './shownLocation.ts'
import { stretch } from './stretch.ts'

/** A list as it is kept in memory; also to fetch it ahead of being shown. */
export function recordsQuery(slug: string, query: ListQuery, location: string | undefined) {
  return infiniteQueryOptions({
    queryKey: keys.list(slug, query, location),
    queryFn: ({ pageParam, signal }) => client.records.list(slug, { limit: stretch, ...query }, pageParam, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}

export function useRecords(slug: string, query: ListQuery, enabled = true) {
  const location = useShownLocation()
  const result = useInfiniteQuery({
    ...recordsQuery(slug, query, location),
    placeholderData: keepPreviousData,
    enabled,
  })
  const pages = result.data?.pages
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  return { ...result, rows }
}

export function useCount(slug: string, query: Pick<ListQuery, 'filter' | 'search'>) {
  const location = useShownLocation()
  return useQuery({
    queryKey: keys.count(slug, query, location),
    queryFn: async ({ signal }) => (await client.records.count(slug, query, { signal })).count,
    placeholderData: keepPreviousData,
  })
}

export function useRecord(slug: string, id: string, include: string[] = []) {
  const cache = useQueryClient()
  return useQuery<RecordData>({
    queryKey: keys.record(slug, id),
    queryFn: ({ signal }) => client.records.get(slug, id, include, { signal }),
    placeholderData: () => findInLists(cache, slug, id),
  })
}

export function useHistory(slug: string, id: string) {
  const result = useInfiniteQuery({
    queryKey: keys.history(slug, id),
    queryFn: ({ pageParam, signal }) => client.records.history(slug, id, pageParam, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const pages = result.data?.pages
  const entries = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  return { ...result, entries }
}

export function useActivities(slug: string, id: string) {
  return useQuery({ queryKey: keys.activities(slug, id), queryFn: () => client.records.activities(slug, id) })
}
