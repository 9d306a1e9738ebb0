/**
 * The log of operations, for those who may read it.
 * - useLog(filter): entries that scroll on, the latest first; useRecordLog(object, id, filter): those of one record.
 * - useLoggedOperations(): what entries can be about.
 * - useLogExport(): `take.mutate(filter)` saves the entries as a file.
 * It is never shown from memory alone: whoever opens it asks what has happened up to now.
 */
import type { Cursor, LogEntry, LogFilter, RecordLogFilter } from '@oneforge/client'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client } from '../api/client.ts'
import { saveFile } from '../ui/saveFile.ts'
import { showError } from '../ui/toast.tsx'

/** Entries asked for at a time. */
const stretch = 100

export function useLog(filter: LogFilter) {
  return useEntries(['audit', filter], (cursor) => client.audit.list(filter, { cursor, limit: stretch }))
}

export function useRecordLog(object: string, id: string, filter: RecordLogFilter) {
  return useEntries(['audit', object, id, filter], (cursor) =>
    client.audit.ofRecord(object, id, filter, { cursor, limit: stretch }),
  )
}

function useEntries(queryKey: unknown[], ask: (cursor: string) => Promise<Cursor<LogEntry>>) {
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const pages = result.data?.pages
  const entries = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  return { ...result, entries }
}

export function useLoggedOperations() {
  return useQuery({
    queryKey: ['audit', 'operations'],
    queryFn: client.audit.operations,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useLogExport() {
  return useMutation({
    mutationFn: (filter: LogFilter) => client.audit.download(filter),
    onSuccess: saveFile,
    onError: showError,
  })
}
