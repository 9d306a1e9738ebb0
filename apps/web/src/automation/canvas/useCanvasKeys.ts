import type { KeyboardEvent, RefObject } from 'react'
import { type Layout, neighbourOf } from '../flow/layout.ts'
import type { CanvasState } from './canvasContext.ts'

/** What the keys and the clipboard do with what is selected. */
export interface FlowCommands {
  addAfter(id: string): void
  remove(id: string): void
  duplicate(id: string): void
  /** One place up or down among its neighbours. */
  shift(id: string, by: -1 | 1): void
  copy(event: ClipboardEvent): void
  cut(event: ClipboardEvent): void
  paste(event: ClipboardEvent): void
}

interface Keys {
  layout: Layout
  state: Pick<CanvasState, 'select' | 'open' | 'enter'>
  commands: FlowCommands | undefined
  frame: RefObject<HTMLElement | null>
}

export const cardOf = (frame: HTMLElement | null, id: string): HTMLElement | null =>
  frame?.querySelector<HTMLElement>(`[data-mark="${CSS.escape(id)}"]`) ?? null

/** Arrows walk the tree, Enter goes into its form; a adds, d doubles, Delete removes, Alt with an arrow moves. */
export function useCanvasKeys({ layout, state, commands, frame }: Keys) {
  const { select, open, enter = open } = state

  function walk(from: string, key: string): boolean {
    const next = neighbourOf(layout, from, key)
    if (!next) return false
    select(next)
    cardOf(frame.current, next)?.focus({ preventScroll: true })
    return true
  }

  const plain: Record<string, (id: string) => void> = {
    Enter: (id) => enter(id),
    a: (id) => commands?.addAfter(id),
    d: (id) => commands?.duplicate(id),
    Delete: (id) => commands?.remove(id),
    Backspace: (id) => commands?.remove(id),
  }

  return (event: KeyboardEvent): void => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.mark : undefined
    if (!id || event.ctrlKey || event.metaKey) return
    const act = event.altKey ? moving[event.key] : undefined
    if (act) commands?.shift(id, act)
    else if (event.altKey) return
    else if (plain[event.key]) plain[event.key]?.(id)
    else if (!walk(id, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
}

const moving: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 }
