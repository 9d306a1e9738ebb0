import type { ListQuery, RecordData } from '@oneforge/client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { recordsQuery } from '../../api/records.ts'
import { useShownLocation } from '../../api/shownLocation.ts'

/**
 * The cards of one place of a board, fetched as somebody scrolls.
 *
 * @param count how many there are, once it is known: of an empty place nothing is asked.
 */
export function useColumnCards(slug: string, query: ListQuery, count: number | undefined, enabled: boolean) {
  const location = useShownLocation()
  const result = useInfiniteQuery({
    ...recordsQuery(slug, query, location),
    placeholderData: keepPreviousData,
    enabled: enabled && count !== 0,
  })
  const { data, hasNextPage, isPlaceholderData, refetch } = result
  // What still shows from before has no place where there is nothing.
  const isGone = isPlaceholderData && count === 0
  const cards = useMemo(() => (isGone ? [] : distinct(data?.pages.flatMap(({ items }) => items) ?? [])), [data, isGone])
  const isBeyond = count !== undefined && data && !hasNextPage && !isPlaceholderData && cards.length > count
  // Others may have deleted some, of which no list of changes tells: asked once for every count.
  useEffect(() => {
    if (isBeyond) void refetch()
  }, [count])
  return { ...result, cards, hasMore: hasNextPage && !isPlaceholderData }
}

/** A card that was moved stands on top, and comes again where the order has it. */
function distinct(cards: RecordData[]): RecordData[] {
  const seen = new Set<string>()
  return cards.filter(({ id }) => !seen.has(id) && seen.add(id))
}
