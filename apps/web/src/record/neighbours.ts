import type { Cursor, ListQuery, RecordData } from '@oneforge/client'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { keys } from '../api/keys.ts'

export interface Neighbours {
  previous: string | undefined
  next: string | undefined
  /** Counted from 1. */
  position: number
  /** How many records of the list have been fetched; `more` when it goes on beyond them. */
  loaded: number
  more: boolean
  /** How many the list has in all, once counted. */
  total: number | undefined
}

type List = InfiniteData<Cursor<RecordData>, string>

/** Who stands before and after a record in the list that was looked at last; undefined when no list holds it. */
export function neighboursOf(cache: QueryClient, slug: string, id: string): Neighbours | undefined {
  const lists = cache
    .getQueryCache()
    .findAll({ queryKey: keys.lists(slug) })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
  for (const { state, queryKey } of lists) {
    const pages = (state.data as List | undefined)?.pages ?? []
    const ids = pages.flatMap(({ items }) => items.map((record) => record.id))
    const at = ids.indexOf(id)
    if (at < 0) continue
    const more = pages.at(-1)?.hasNext ?? false
    const total = totalOf(cache, slug, queryKey as ReturnType<typeof keys.list>)
    return { previous: ids[at - 1], next: ids[at + 1], position: at + 1, loaded: ids.length, more, total }
  }
  return undefined
}

function totalOf(cache: QueryClient, slug: string, listKey: ReturnType<typeof keys.list>): number | undefined {
  const [, , , { filter, search }, location]: [string, string, string, ListQuery, string?] = [...listKey]
  return cache.getQueryData<number>(keys.count(slug, { filter, search }, location))
}
