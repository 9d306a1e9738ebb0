import { useDroppable } from '@dnd-kit/core'
import { Skeleton } from '@mantine/core'
import type { FieldMeta, ListQuery, ObjectMeta } from '@oneforge/client'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Board.module.css'
import { DraggableCard } from './BoardCard.tsx'
import { type BoardColumn as ColumnInfo, type Lane, placeId } from './boardColumns.ts'
import { useColumnCards } from './useColumnCards.ts'
import { useHeldScroll } from './useHeldScroll.ts'

/** What the columns of a board have in common. */
export interface Cards {
  object: ObjectMeta
  field: FieldMeta
  /** The fields that cards show. */
  shown: FieldMeta[]
  /** Cards may not be moved. */
  isStill: boolean
  /** The card being carried, which stays where it was taken until it is let go. */
  carried: string | undefined
  peeked: string | undefined
  onPeek: (id: string) => void
}

interface BoardColumnProps extends Cards {
  lane: Lane | undefined
  column: ColumnInfo
  query: ListQuery
  /** How many cards there are; undefined until that is known. */
  count: number | undefined
  /** False until the column has come into sight. */
  isAsked: boolean
  /** Stands above the cards where the column has no lane. */
  head: ReactNode
}

const gap = 8
/** The next stretch is asked for when this few cards are left below. */
const fetchAhead = 25
const titleHeight = 44
const factHeight = 22

/** The cards of one column: only those in sight exist. Up and down, home and end go from card to card. */
export function BoardColumn({ lane, column, query, count, isAsked, head, ...cards }: BoardColumnProps) {
  const { object, shown, carried, peeked } = cards
  const { t } = useTranslation('list')
  const scroller = useRef<HTMLDivElement>(null)
  const found = useColumnCards(object.slug, query, count, isAsked)
  const { cards: rows, hasMore, isFetchingNextPage, fetchNextPage } = found
  const { setNodeRef, isOver } = useDroppable({ id: placeId({ lane, value: column.value }) })
  const held = carried ? rows.findIndex(({ id }) => id === carried) : -1
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => titleHeight + Math.min(shown.length, 3) * factHeight,
    getItemKey: (index) => rows[index]!.id,
    gap,
    overscan: 4,
    rangeExtractor: useCallback((range: Range) => withHeld(defaultRangeExtractor(range), held), [held]),
  })
  useHeldScroll(scroller, virtualizer, rows)
  const items = virtualizer.getVirtualItems()
  const lastInSight = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isFetchingNextPage && lastInSight >= rows.length - fetchAhead) void fetchNextPage()
  }, [hasMore, isFetchingNextPage, lastInSight, rows.length, fetchNextPage])

  function focusCard(index: number): void {
    const card = rows[Math.max(0, Math.min(index, rows.length - 1))]
    if (!card) return
    const from = document.activeElement
    const focus = () => {
      const element = scroller.current?.querySelector<HTMLElement>(`[data-card="${card.id}"]`)
      // Unless the next key has led elsewhere meanwhile.
      if (document.activeElement === from || document.activeElement === document.body)
        element?.focus({ preventScroll: true })
      return element
    }
    virtualizer.scrollToIndex(rows.indexOf(card))
    if (!focus()) requestAnimationFrame(focus)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const card = event.target as HTMLElement
    if (carried || card.dataset.card === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const at = Number(card.dataset.index)
    const next = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    focusCard(next)
  }

  const isPending = isAsked && count !== 0 && found.isPending
  return (
    <section
      className={classes.column}
      aria-label={column.label}
      aria-busy={isPending || undefined}
      data-over={isOver || undefined}
    >
      {head}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the cards within take the keys */}
      <div
        ref={(element) => {
          scroller.current = element
          setNodeRef(element)
        }}
        className={classes.cards}
        data-cards
        onKeyDown={onKeyDown}
      >
        {isPending && <Skeleton height={72} radius="md" />}
        {rows.length > 0 && (
          <div className={classes.runway} style={{ height: virtualizer.getTotalSize() }}>
            {items.map(({ index, start, key }) => (
              <div
                key={key}
                ref={virtualizer.measureElement}
                className={classes.place}
                data-index={index}
                style={{ transform: `translateY(${start}px)` }}
              >
                <DraggableCard
                  object={object}
                  field={cards.field}
                  shown={shown}
                  record={rows[index]!}
                  index={index}
                  isStill={cards.isStill}
                  isPeeked={peeked === rows[index]!.id}
                  onPeek={cards.onPeek}
                />
              </div>
            ))}
          </div>
        )}
        {isFetchingNextPage && <span className={classes.more}>{t('board.loading')}</span>}
      </div>
    </section>
  )
}

/** What is carried stays drawn, wherever the column is scrolled to: the hand would be empty otherwise. */
function withHeld(range: number[], held: number): number[] {
  return held < 0 || range.includes(held) ? range : [...range, held].sort((a, b) => a - b)
}
