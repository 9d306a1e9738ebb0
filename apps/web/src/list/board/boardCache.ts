/** The cards of a board kept in memory: what changes goes to its column, and everything else stays where it is. */
import type { Cursor, ListQuery, RecordData } from '@oneforge/client'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { keys } from '../../api/keys.ts'
import { shownLocation } from '../../api/shownLocation.ts'

type Cards = InfiniteData<Cursor<RecordData>, string>

const cardsKey = (slug: string, query: ListQuery) => keys.list(slug, query, shownLocation())

/** Which card of its column it is, from 0. */
export function positionOf(cache: QueryClient, slug: string, id: string, query: ListQuery): number {
  const cards = cache.getQueryData<Cards>(cardsKey(slug, query))?.pages.flatMap(({ items }) => items) ?? []
  return Math.max(
    0,
    cards.findIndex((card) => card.id === id),
  )
}

/**
 * Takes a card out of all columns but its own, where it keeps its position or comes in at one.
 *
 * @param columns the questions of all columns of the board.
 * @param own that of the column where it belongs; without one it leaves the board.
 * @param at counted from 0: on top unless said.
 */
export function placeCard(
  cache: QueryClient,
  slug: string,
  record: RecordData,
  columns: ListQuery[],
  own: ListQuery | undefined,
  at = 0,
): void {
  for (const query of columns) {
    const changed = (cards: Cards) => (query === own ? withCard(cards, record, at) : withoutCard(cards, record.id))
    const queryKey = cardsKey(slug, query)
    const cards = cache.getQueryData<Cards>(queryKey)
    if (cards) cache.setQueryData<Cards>(queryKey, changed(cards))
    else if (query === own) beginWith(cache, queryKey, record)
  }
}

/** Takes a card out of all columns. */
export function dropCard(cache: QueryClient, slug: string, id: string, columns: ListQuery[]): void {
  for (const query of columns)
    cache.setQueryData<Cards>(cardsKey(slug, query), (cards) => cards && withoutCard(cards, id))
}

/** Cards that stand in another column than theirs: they were changed where no column took notice. */
export function strayCards(
  cache: QueryClient,
  slug: string,
  columns: ListQuery[],
  columnOf: (card: RecordData) => ListQuery | undefined,
): RecordData[] {
  return columns.flatMap((query) => {
    const cards = cache.getQueryData<Cards>(cardsKey(slug, query))?.pages.flatMap(({ items }) => items) ?? []
    return cards.filter((card) => columnOf(card) !== query)
  })
}

/** A column that has not been asked for yet, being empty or out of sight: it is once it is counted or comes into sight. */
function beginWith(cache: QueryClient, queryKey: ReturnType<typeof cardsKey>, record: RecordData): void {
  const page = { items: [record], nextCursor: null, hasNext: false }
  cache.setQueryData<Cards>(queryKey, { pages: [page], pageParams: [''] })
  void cache.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
}

const has = ({ items }: Cursor<RecordData>, id: string) => items.some((card) => card.id === id)

/** The same object where nothing changes, so that nothing is drawn again. */
function withoutCard(cards: Cards, id: string): Cards {
  if (!cards.pages.some((page) => has(page, id))) return cards
  const pages = cards.pages.map((page) =>
    has(page, id) ? { ...page, items: page.items.filter((card) => card.id !== id) } : page,
  )
  return { ...cards, pages }
}

function withCard(cards: Cards, record: RecordData, at: number): Cards {
  if (cards.pages.some((page) => has(page, record.id))) {
    const pages = cards.pages.map((page) =>
      has(page, record.id)
        ? { ...page, items: page.items.map((card) => (card.id === record.id ? { ...card, ...record } : card)) }
        : page,
    )
    return { ...cards, pages }
  }
  let before = at
  const target = cards.pages.findIndex(({ items }, index) => {
    const isHere = before <= items.length || index === cards.pages.length - 1
    if (!isHere) before -= items.length
    return isHere
  })
  const pages = cards.pages.map((page, index) =>
    index === target ? { ...page, items: page.items.toSpliced(before, 0, record) } : page,
  )
  return { ...cards, pages }
}
