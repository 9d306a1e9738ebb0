import type { DndContextProps, DragMoveEvent, DragStartEvent } from '@dnd-kit/core'
import type { TimelineZoom } from '@oneforge/client'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { Entry } from '../calendar/entries.ts'
import { useKeptFocus } from '../calendar/useKeptFocus.ts'
import type { Held } from './drag.ts'
import type { Row } from './rows.ts'
import { type Scale, stepOf } from './scale.ts'

/** The entries over time, and what may be done with them. */
export interface HoldingProps {
  scale: Scale
  zoom: TimelineZoom
  rows: Row[]
  may: { move: boolean; stretch: boolean }
  onPut: (held: Held) => void
  /** By Enter. */
  onOpen: (entry: Entry) => void
  /** By a click and space: looks at the record beside the timeline. */
  onPeek: (entry: Entry) => void
}

interface HeldEntryInput extends HoldingProps {
  scroller: RefObject<HTMLElement | null>
  /** As wide as the time that is shown. */
  track: RefObject<HTMLElement | null>
  /** Brings a row into sight. */
  goTo: (index: number) => void
}

/**
 * Moving and stretching. By mouse or a finger that rests: the bar, or its end. By keys: left and right move, with shift
 * they stretch, Enter puts it there, Escape leaves it; otherwise Enter opens and space looks at it. Up and down, or k and
 * j, lead to the entries above and below.
 */
export function useHeldEntry(input: HeldEntryInput) {
  const { rows, scale, zoom, may, onPut, onOpen, onPeek, scroller, track, goTo } = input
  const [held, setHeld] = useState<Held>()
  const keepFocus = useKeptFocus()

  function settle(isPut: boolean): void {
    if (isPut && held && held.days !== 0) {
      keepFocus(held.entry.record.id)
      onPut(held)
    }
    setHeld(undefined)
  }

  function onDragStart({ activatorEvent }: DragStartEvent): void {
    const target = activatorEvent.target as Element
    const id = target.closest<HTMLElement>('[data-entry]')?.dataset.entry
    const row = rows.find((one) => one.id === id)
    const kind = target.closest('[data-edge]') ? 'stretch' : 'move'
    if (row?.kind === 'entry' && may[kind]) setHeld({ entry: row.entry, kind, days: 0 })
  }

  function onDragMove({ delta }: DragMoveEvent): void {
    const width = track.current?.clientWidth ?? 1
    const days = Math.round((delta.x / width) * scale.days.length)
    setHeld((before) => (before && before.days !== days ? { ...before, days } : before))
  }

  function step(entry: Entry, kind: Held['kind'], direction: number): void {
    const days = direction * stepOf[zoom]
    const isSame = held?.entry.record.id === entry.record.id && held.kind === kind
    setHeld({ entry, kind, days: (isSame ? held.days : 0) + days })
  }

  function focusRow(from: number, direction: number): void {
    let index = from + direction
    while (rows[index]?.kind === 'group') index += direction
    const row = rows[index]
    if (!row) return
    goTo(index)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-entry="${row.id}"]`)?.focus({ preventScroll: true }),
    )
  }

  function onEntryKey(event: KeyboardEvent, entry: Entry, index: number): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const row = { ArrowUp: -1, k: -1, ArrowDown: 1, j: 1 }[event.key]
    const kind = event.shiftKey ? 'stretch' : 'move'
    const act = { Enter: onOpen, ' ': onPeek }[event.key]
    if (side && may[kind]) step(entry, kind, side)
    else if (held && (event.key === 'Enter' || event.key === 'Escape')) settle(event.key === 'Enter')
    else if (row) focusRow(index, row)
    else if (act) act(entry)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const drag: DndContextProps = {
    onDragStart,
    onDragMove,
    onDragEnd: () => settle(true),
    onDragCancel: () => settle(false),
  }
  return { held, drag, onEntryKey, onBlur: () => setHeld(undefined) }
}
