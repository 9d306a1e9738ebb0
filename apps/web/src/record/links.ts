/** The records at the other side of a relation, read and changed. */
import type { RecordData, RelationMeta } from '@oneforge/client'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshAround } from '../api/recordCache.ts'
import { showError, showToast } from '../ui/toast.tsx'

const portion = 10

export function useLinks(slug: string, id: string, relation: string) {
  const result = useInfiniteQuery({
    queryKey: keys.links(slug, id, relation),
    queryFn: ({ pageParam }) => client.records.linked(slug, id, relation, pageParam, portion),
    initialPageParam: 1,
    getNextPageParam: ({ page, totalPages }) => (page < totalPages ? page + 1 : undefined),
  })
  const pages = result.data?.pages
  const records = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  return { ...result, records, total: pages?.at(-1)?.total ?? 0 }
}

export function useLinkActions(slug: string, id: string, relation: RelationMeta) {
  const cache = useQueryClient()
  const { t } = useTranslation('record')

  function refresh(): void {
    refreshAround(cache, slug, id)
    void cache.invalidateQueries({ queryKey: keys.record(slug, id) })
  }

  const link = useMutation({
    mutationFn: (otherId: string) => client.records.link(slug, id, relation.key, otherId),
    onSuccess: refresh,
    onError: showError,
  })

  const unlink = useMutation({
    mutationFn: (other: RecordData) => client.records.unlink(slug, id, relation.key, other.id),
    onSuccess: (_, other) => {
      refresh()
      showToast({
        message: t('related.unlinked', { title: other.title }),
        undo: async () => {
          await client.records.link(slug, id, relation.key, other.id)
          refresh()
        },
      })
    },
    onError: showError,
  })

  return { link, unlink }
}
