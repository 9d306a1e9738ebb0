/** Pairs, merges and rules as the server knows them. */
import type { DuplicateDraft, DuplicatePair, MergeInput, PairState, RecordData } from '@oneforge/client'
import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshAround, refreshLists } from '../api/recordCache.ts'
import { showError, showToast } from '../ui/toast.tsx'

const pairsKey = (slug: string, state?: PairState) => ['duplicates', slug, ...(state ? [state] : [])]
const settingsKey = (slug: string) => [...keys.object(slug), 'duplicates']

export function usePairs(slug: string, state: PairState) {
  const result = useInfiniteQuery({
    queryKey: pairsKey(slug, state),
    queryFn: ({ pageParam }) => client.duplicates.list(slug, state, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
  })
  const pages = result.data?.pages
  const pairs = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  return { ...result, pairs }
}

const refreshPairs = (cache: QueryClient, slug: string) => cache.invalidateQueries({ queryKey: pairsKey(slug) })

/** Says that two are not the same, with a way back. */
export function useDismiss(slug: string) {
  const cache = useQueryClient()
  const { t } = useTranslation('duplicates')
  const reopen = async (id: string) => {
    await client.duplicates.reopen(id)
    await refreshPairs(cache, slug)
  }
  return useMutation({
    mutationFn: ({ id }: DuplicatePair) => client.duplicates.dismiss(id),
    onSuccess: ({ id }) => {
      void refreshPairs(cache, slug)
      showToast({ message: t('dismissed'), undo: () => reopen(id) })
    },
    onError: showError,
  })
}

export function useReopen(slug: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: DuplicatePair) => client.duplicates.reopen(id),
    onSuccess: () => refreshPairs(cache, slug),
    onError: showError,
  })
}

/** Makes two records one, with a way back. */
export function useMerge(slug: string) {
  const cache = useQueryClient()
  const { t } = useTranslation('duplicates')
  const show = (record: RecordData) => {
    cache.setQueryData(keys.record(slug, record.id), record)
    refreshAround(cache)
  }
  const refresh = () => {
    refreshLists(cache, slug)
    return refreshPairs(cache, slug)
  }
  const undo = async (id: string) => {
    const { keep, from, stays } = await client.duplicates.undo(id)
    show(keep)
    show(from)
    await refresh()
    const fields = stays.map(({ label }) => label).join(', ')
    showToast({ message: stays.length > 0 ? t('undoneBut', { fields }) : t('undone') })
  }
  return useMutation({
    mutationFn: (input: MergeInput) => client.duplicates.merge(slug, input),
    onSuccess: ({ id, from, record }) => {
      cache.removeQueries({ queryKey: keys.record(slug, from) })
      show(record)
      void refresh()
      showToast({ message: t('merged', { title: record.title }), undo: () => undo(id) })
    },
    onError: showError,
  })
}

export function useDuplicateSettings(slug: string) {
  return useQuery({ queryKey: settingsKey(slug), queryFn: () => client.duplicates.settings(slug), staleTime: 0 })
}

export function useChangeSettings(slug: string) {
  const cache = useQueryClient()
  const { t } = useTranslation('duplicates')
  return useMutation({
    mutationFn: (draft: DuplicateDraft) => client.duplicates.change(slug, draft),
    onSuccess: (settings) => {
      cache.setQueryData(settingsKey(slug), settings)
      showToast({ message: t(settings.jobId ? 'settings.savedScanning' : 'settings.saved') })
    },
    onError: showError,
  })
}
