/** The records at the other side of a relation, read and changed. */
import type { LinkChange, LinkedRecord, Page, RelationMeta } from '@oneforge/client'
import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
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
    refreshAround(cache)
    void cache.invalidateQueries({ queryKey: keys.record(slug, id) })
  }

  /** Links another record, or changes what is said of the link to it. */
  const link = useMutation({
    mutationFn: ({ otherId, change }: { otherId: string; change?: LinkChange }) =>
      client.records.link(slug, id, relation.key, otherId, change),
    onSuccess: refresh,
    onError: showError,
  })

  /** The new order stands at once; a refusal puts the old one back. */
  const order = useMutation({
    mutationFn: (records: LinkedRecord[]) =>
      client.records.orderLinks(
        slug,
        id,
        relation.key,
        records.map((record) => record.id),
      ),
    onMutate: (records) => {
      const key = keys.links(slug, id, relation.key)
      const before = cache.getQueryData<LinkPages>(key)
      if (before) cache.setQueryData(key, inOrder(before, records))
      return before
    },
    onError: (error, _, before) => {
      cache.setQueryData(keys.links(slug, id, relation.key), before)
      showError(error)
    },
    onSettled: refresh,
  })

  const unlink = useMutation({
    mutationFn: (other: LinkedRecord) => client.records.unlink(slug, id, relation.key, other.id),
    onSuccess: (_, other) => {
      refresh()
      showToast({
        message: t('related.unlinked', { title: other.title }),
        undo: async () => {
          const { attributes, primary } = other
          await client.records.link(slug, id, relation.key, other.id, { attributes, ...(primary ? { primary } : {}) })
          refresh()
        },
      })
    },
    onError: showError,
  })

  return { link, unlink, order }
}

type LinkPages = InfiniteData<Page<LinkedRecord>, number>

/** The same stretches, filled in the new order. */
function inOrder(links: LinkPages, records: LinkedRecord[]): LinkPages {
  let from = 0
  const pages = links.pages.map((page) => {
    const items = records.slice(from, from + page.items.length)
    from += page.items.length
    return { ...page, items }
  })
  return { ...links, pages }
}
