import type { RecordData } from '@oneforge/client'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/**
 * Keeps what is looked at where it is while cards come and go above it. A column that stands at its top stays there, so
 * that what comes in is seen.
 */
export function useHeldScroll(
  scroller: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  cards: RecordData[],
): void {
  const held = useRef<{ id: string; within: number }>(undefined)
  useLayoutEffect(() => {
    const at = held.current ? cards.findIndex(({ id }) => id === held.current?.id) : -1
    const start = virtualizer.measurementsCache[at]?.start
    if (!scroller.current || !held.current || start === undefined || scroller.current.scrollTop === 0) return
    const offset = start + held.current.within
    if (Math.abs(scroller.current.scrollTop - offset) > 1) scroller.current.scrollTop = offset
  }, [cards, scroller, virtualizer])

  useEffect(() => {
    const offset = scroller.current?.scrollTop ?? 0
    const first = virtualizer.getVirtualItems().find(({ end }) => end > offset)
    const card = first && cards[first.index]
    held.current = card && { id: card.id, within: offset - first.start }
  })
}
