import type { KeyboardCoordinateGetter } from '@dnd-kit/core'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useShortcuts } from '../../ui/useShortcuts.ts'

const sides: Record<string, { x: number; y: number }> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
}

/** While a card is held, left and right bring it over the column beside, up and down over the same of the lane beside. */
export const toNeighbourColumn: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const side = sides[event.code]
  if (!side) return undefined
  event.preventDefault()
  const { width = 0 } = context.collisionRect ?? {}
  const all = [...context.droppableRects.values()]
  const centre = currentCoordinates.x + width / 2
  const current = context.over && context.droppableRects.get(context.over.id)
  const here = current ?? all.find(({ left, right }) => centre >= left && centre <= right)
  if (!here) return undefined
  const beside = all
    .filter((rect) =>
      side.x ? rect.top < here.bottom && rect.bottom > here.top : rect.left < here.right && rect.right > here.left,
    )
    .sort((a, b) => (side.x ? a.left - b.left : a.top - b.top))
  const next = beside[beside.findIndex((rect) => rect.left === here.left && rect.top === here.top) + side.x + side.y]
  return next ? { x: next.left, y: next.top } : undefined
}

interface BoardActions {
  open: (id: string) => void
  /** Looks at the record beside the board. */
  peek: (id: string) => void
  isCarrying: boolean
}

const cardsOf = (element: Element | null | undefined) => [
  ...(element?.querySelectorAll<HTMLElement>('[data-card]') ?? []),
]

/**
 * On a card: left and right lead to the column beside, Enter or o opens, p looks at it beside the board. j and k begin at
 * the card where one was last. Within a column the column knows the way, and a held card is the business of dnd-kit.
 */
export function useBoardKeys(board: RefObject<HTMLElement | null>, { open, peek, isCarrying }: BoardActions) {
  const last = useRef<string>(undefined)
  const wanted = useRef<string>(undefined)

  const cardNamed = (id: string | undefined) =>
    id === undefined ? undefined : cardsOf(board.current).find(({ dataset }) => dataset.card === id)

  /** A card that was moved is drawn anew in another column, and the focus would be nowhere. */
  useEffect(() => {
    if (!wanted.current || isCarrying) return
    const card = cardNamed(wanted.current)
    const focused = document.activeElement
    if (card && (focused === document.body || focused === card)) card.focus({ preventScroll: true })
  })

  const begin = () => (cardNamed(last.current) ?? cardsOf(board.current)[0])?.focus()
  useShortcuts({ j: begin, k: begin })

  function onKeyDown(event: KeyboardEvent): void {
    const card = event.target as HTMLElement
    const id = card.dataset.card
    if (id === undefined || isCarrying || event.ctrlKey || event.metaKey || event.altKey) return
    last.current = id
    wanted.current = undefined
    const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const target = side && besideOf(card, side)
    const action = { Enter: () => open(id), o: () => open(id), p: () => peek(id) }[event.key]
    if (!target && !action) return
    event.preventDefault()
    if (target) target.focus()
    else action?.()
  }

  const keepFocus = (id: string) => {
    last.current = id
    wanted.current = id
  }
  return { onKeyDown, keepFocus }
}

/** The card at about the same height in the next column that holds any. */
function besideOf(card: HTMLElement, side: number): HTMLElement | undefined {
  const own = card.closest('[data-cards]')
  const columns = [...(own?.parentElement?.parentElement?.querySelectorAll('[data-cards]') ?? [])]
  const further =
    side > 0 ? columns.slice(columns.indexOf(own!) + 1) : columns.slice(0, columns.indexOf(own!)).reverse()
  const next = cardsOf(further.find((column) => cardsOf(column).length > 0))
  const { top } = card.getBoundingClientRect()
  return next.find((one) => one.getBoundingClientRect().bottom > top) ?? next.at(-1)
}
