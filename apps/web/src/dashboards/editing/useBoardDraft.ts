import type { Widget } from '@oneforge/client'
import { useState } from 'react'
import { begun, changed, redone, undone } from './history.ts'

export interface BoardDraft {
  widgets: Widget[]
  isChanged: boolean
  change: (change: (widgets: Widget[]) => Widget[]) => void
  undo: (() => void) | undefined
  redo: (() => void) | undefined
}

/** The widgets as they are being arranged; nothing is saved. */
export function useBoardDraft(saved: Widget[]): BoardDraft {
  const [history, setHistory] = useState(() => begun(saved))
  return {
    widgets: history.present,
    isChanged: history.present !== history.past[0] && history.past.length > 0,
    change: (change) => setHistory((before) => changed(before, change(before.present))),
    undo: history.past.length > 0 ? () => setHistory(undone) : undefined,
    redo: history.future.length > 0 ? () => setHistory(redone) : undefined,
  }
}
