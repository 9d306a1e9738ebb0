import { type Dispatch, type KeyboardEvent, type RefObject, type SetStateAction, useCallback, useRef } from 'react'
import { type Draft, draftOf, inColumn, movedBy, newDraft, stretchedBy } from './draft.ts'
import type { Entry } from './entries.ts'
import { slotMinutes } from './layout.ts'

interface GridKeysProps {
  draft: Draft | undefined
  setDraft: Dispatch<SetStateAction<Draft | undefined>>
  columns: number
  /** Where drawing by keys begins. */
  firstSlot: { column: number; minute: number }
  may: { create: boolean; move: boolean; stretch: boolean }
  onPut: (draft: Draft) => void
  /** By Enter. */
  onOpen: (entry: Entry) => void
  /** By space. */
  onPeek: (entry: Entry) => void
}

const arrows: Record<string, { minutes: number; columns: number }> = {
  ArrowUp: { minutes: -slotMinutes, columns: 0 },
  ArrowDown: { minutes: slotMinutes, columns: 0 },
  ArrowLeft: { minutes: 0, columns: -1 },
  ArrowRight: { minutes: 0, columns: 1 },
}

/**
 * The same by keys. On an entry arrows move it and with shift lengthen it; Enter puts it there, Escape leaves it. On the
 * grid they lead a slot about, from which Enter makes something new. j and k go from entry to entry; there
 * Enter opens one, and space looks at it beside the diary.
 */
export function useGridKeys({ draft, setDraft, columns, firstSlot, may, onPut, onOpen, onPeek }: GridKeysProps) {
  function step(event: KeyboardEvent, begin: () => Draft, mayMove: boolean, mayStretch: boolean): boolean {
    const arrow = arrows[event.key]
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.shiftKey && (!mayStretch || arrow.minutes === 0)) return false
    if (!event.shiftKey && !mayMove) return false
    setDraft((current) => {
      const from = current ?? begin()
      if (event.shiftKey) return stretchedBy(from, arrow.minutes)
      const moved = from.entry?.isBar ? from : movedBy(from, arrow.minutes)
      return inColumn(moved, from.column + arrow.columns, columns)
    })
    return true
  }

  /** Enter and Escape, as far as something is held. */
  function settle(event: KeyboardEvent): boolean {
    if (!draft || (event.key !== 'Enter' && event.key !== 'Escape')) return false
    if (event.key === 'Enter') onPut(draft)
    setDraft(undefined)
    return true
  }

  function actOnEntry(event: KeyboardEvent<HTMLElement>, entry: Entry, column: number): void {
    const begin = () => draftOf(entry, column)
    const isDone = settle(event) || step(event, begin, may.move, may.stretch && !entry.isBar) || leave(event)
    const act = { Enter: onOpen, ' ': onPeek }[event.key]
    if (!isDone && !act) return
    if (!isDone) act?.(entry)
    event.preventDefault()
    event.stopPropagation()
  }

  function onGridKey(event: KeyboardEvent<HTMLElement>): void {
    if (event.target !== event.currentTarget) return
    const begin = () => newDraft(firstSlot.column, firstSlot.minute)
    // The first arrow shows where the slot is.
    const isFirst = draft === undefined && event.key in arrows && !event.shiftKey && may.create
    if (isFirst) setDraft(begin())
    const isDone = isFirst || settle(event) || step(event, begin, may.create, may.create) || leave(event)
    if (!isDone) return
    event.preventDefault()
    event.stopPropagation()
  }

  // One and the same for all entries, so that they are not drawn anew while one of them moves.
  const latest = useRef(actOnEntry)
  latest.current = actOnEntry
  const onEntryKey = useCallback((...pressed: Parameters<typeof actOnEntry>) => latest.current(...pressed), [])

  return { onEntryKey, onGridKey, onBlur: () => setDraft(undefined) }
}

/** Into the entries from wherever one is on the page: to the first of them, or the last. */
export function entryKeys(grid: RefObject<HTMLElement | null>): Record<'j' | 'k', () => void> {
  return { j: () => toEntry(grid.current, null, 1), k: () => toEntry(grid.current, null, -1) }
}

/** To the next entry, or the one before. */
function leave(event: KeyboardEvent<HTMLElement>): boolean {
  const direction = { j: 1, k: -1 }[event.key]
  if (!direction || event.ctrlKey || event.metaKey || event.altKey) return false
  toEntry(event.currentTarget.closest('[data-diary]'), event.currentTarget, direction)
  return true
}

function toEntry(grid: Element | null, from: HTMLElement | null, direction: number): void {
  const entries = [...(grid?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])]
  const at = from ? entries.indexOf(from) : -1
  const next = at < 0 && direction < 0 ? entries.at(-1) : entries[at + direction]
  next?.focus()
}
