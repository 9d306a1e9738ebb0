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
  state: Pick<CanvasState, 'selected' | 'select' | 'open'>
  commands: FlowCommands | undefined
  frame: RefObject<HTMLElement | null>
}

/** Arrows walk the tree, Enter opens; a adds, d doubles, Delete removes, Alt with an arrow moves. */
export function useCanvasKeys({ layout, state, commands, frame }: Keys) {
  const { selected, select, open } = state

  function walk(key: string): boolean {
    const next = neighbourOf(layout, selected, key)
    if (!next) return false
    select(next)
    frame.current?.querySelector<HTMLElement>(`[data-mark="${CSS.escape(next)}"]`)?.focus({ preventScroll: true })
    return true
  }

  const plain: Record<string, () => void> = {
    Enter: () => open(selected),
    a: () => commands?.addAfter(selected),
    d: () => commands?.duplicate(selected),
    Delete: () => commands?.remove(selected),
    Backspace: () => commands?.remove(selected),
  }

  return (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.mark) return
    if (event.ctrlKey || event.metaKey) return
    const act = event.altKey ? moving[event.key] : undefined
    if (act) commands?.shift(selected, act)
    else if (event.altKey) return
    else if (plain[event.key]) plain[event.key]?.()
    else if (!walk(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
}

const moving: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 }
