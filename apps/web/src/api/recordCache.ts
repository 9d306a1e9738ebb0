/** Changes to the records kept in memory, so that every list and page showing a record follows at once. */
import type { Cursor, ListQuery, RecordData, RecordLink } from '@oneforge/client'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { keys } from './keys.ts'
import { shownLocation } from './shownLocation.ts'

type ListData = InfiniteData<Cursor<RecordData>, string>

/** Refreshing a list asks for its stretches one after another, so a long one is cut to its beginning first. */
const stretchesRefreshed = 3

export function findInLists(cache: QueryClient, slug: string, id: string): RecordData | undefined {
  for (const [, list] of cache.getQueriesData<ListData>({ queryKey: keys.lists(slug) })) {
    for (const page of list?.pages ?? []) {
      const found = page.items.find((record) => record.id === id)
      if (found) return found
    }
  }
  return undefined
}

function mapLists(cache: QueryClient, slug: string, change: (items: RecordData[]) => RecordData[]): void {
  cache.setQueriesData<ListData>({ queryKey: keys.lists(slug) }, (list) => {
    if (!list) return list
    const pages = list.pages.map((page) => {
      const items = change(page.items)
      return items === page.items ? page : { ...page, items }
    })
    return { ...list, pages }
  })
}

/** New values over a record. A link to the same record keeps what the list had brought along of it. */
function overlay(record: RecordData, values: Partial<RecordData>): RecordData {
  const kept = Object.entries(values).map(([key, value]) => {
    const before = record[key]
    return [key, isLink(before) && isLink(value) && before.id === value.id ? { ...before, ...value } : value]
  })
  return { ...record, ...Object.fromEntries(kept) }
}

function isLink(value: unknown): value is RecordLink {
  return typeof value === 'object' && value !== null && 'id' in value && 'object' in value
}

/** Lays values over a record wherever it is shown. */
export function patchRecord(cache: QueryClient, slug: string, id: string, values: Partial<RecordData>): void {
  cache.setQueryData<RecordData>(keys.record(slug, id), (record) => record && overlay(record, values))
  mapLists(cache, slug, (items) => {
    const at = items.findIndex((record) => record.id === id)
    return at < 0 ? items : items.with(at, overlay(items[at]!, values))
  })
}

export function removeFromLists(cache: QueryClient, slug: string, ids: ReadonlySet<string>): void {
  mapLists(cache, slug, (items) =>
    items.some(({ id }) => ids.has(id)) ? items.filter(({ id }) => !ids.has(id)) : items,
  )
}

/** Takes a record out of one list and puts it on top of another: a card that was dragged is where it was dropped. */
export function moveBetweenLists(
  cache: QueryClient,
  slug: string,
  record: RecordData,
  from: ListQuery,
  to: ListQuery,
): void {
  const change = (query: ListQuery, edit: (items: RecordData[], isFirst: boolean) => RecordData[]) =>
    cache.setQueryData<ListData>(keys.list(slug, query, shownLocation()), (list) => {
      const pages = list?.pages.map((page, index) => ({ ...page, items: edit(page.items, index === 0) }))
      return list && pages ? { ...list, pages } : list
    })
  change(from, (items) => items.filter(({ id }) => id !== record.id))
  change(to, (items, isFirst) => (isFirst ? [record, ...items] : items))
}

/** Asks for lists and counts again, behind what is shown. */
export function refreshLists(cache: QueryClient, slug: string): void {
  cache.setQueriesData<ListData>({ queryKey: keys.lists(slug) }, (list) => {
    if (!list || list.pages.length <= stretchesRefreshed) return list
    return { pages: list.pages.slice(0, stretchesRefreshed), pageParams: list.pageParams.slice(0, stretchesRefreshed) }
  })
  cache.invalidateQueries({ queryKey: keys.lists(slug) })
  cache.invalidateQueries({ queryKey: [...keys.records(slug), 'count'] })
  cache.invalidateQueries({ queryKey: keys.workspace() })
}

const around = ['links', 'history']

/** Asks again for what stands around a record after it changed: links, and the stories at both ends that tell of them. */
export function refreshAround(cache: QueryClient): void {
  cache.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'records' && around.includes(String(queryKey[2])),
  })
}
