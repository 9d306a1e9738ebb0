import type { KeyboardEvent } from 'react'
import { useShortcuts } from '../../ui/useShortcuts.ts'
import { type CellCommands, isCommand } from './useCellCommands.ts'
import type { Grid } from './useGridState.ts'

/** Farther than any table is long: kept within it. */
const edge = 1_000_000

/**
 * Moving and editing by keyboard. On a row (j, k): Enter or o opens, space peeks, x selects, e edits. On a cell (arrows, a
 * click): Enter, F2 or simply typing edits, Shift chooses several, Escape goes back to the row.
 */
export function useGridKeys(grid: Grid, commands: CellCommands) {
  const { active, actions } = grid
  const openActive = () => {
    const record = active && grid.rows[active.row]
    if (record) grid.onOpen(record)
    else if (active) grid.onToggle?.(active.row)
  }

  useShortcuts({
    j: () => grid.step({ row: 1 }),
    k: () => grid.step({ row: -1 }),
    o: openActive,
    Enter: openActive,
    x: () => active && actions.select(active.row, false),
    e: () => grid.editActive(),
  })

  /** From several cells to the active one, from there to its row, out of what is peeked at, and out of the selection. */
  function leave(): void {
    if (isSeveral(grid)) grid.collapse()
    else if (active && active.column >= 0) grid.moveTo({ ...active, column: -1 })
    else if (grid.peek.id) grid.peek.close()
    else grid.selection.clear()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (grid.editing || !isOfGrid(event)) return
    const action = isCommand(event)
      ? () => commands.onKeyDown(event)
      : event.altKey || event.metaKey
        ? undefined
        : ofPlace(event)
    if (!action) return
    event.preventDefault()
    action()
  }

  const ofPlace = (event: KeyboardEvent) => (active && active.column >= 0 ? ofCell(event) : ofRow(event))

  function ofRow(event: KeyboardEvent): (() => void) | undefined {
    if (event.ctrlKey) return undefined
    const row = active?.row ?? 0
    const isHeading = active && grid.rows[row] === undefined
    // Space and Enter press the button that a heading is.
    if (isHeading && event.key === ' ') return undefined
    const keys: Record<string, () => void> = {
      ArrowDown: () => grid.step({ row: 1 }),
      ArrowUp: () => grid.step({ row: -1 }),
      ArrowRight: () => (isHeading ? grid.onToggle?.(row, true) : grid.step({ column: 1 })),
      ArrowLeft: () => isHeading && grid.onToggle?.(row, false),
      PageDown: () => grid.step({ row: screenful(grid) }),
      PageUp: () => grid.step({ row: -screenful(grid) }),
      Home: () => grid.moveTo({ row: 0, column: -1 }),
      End: () => grid.moveTo({ row: edge, column: -1 }),
      Escape: leave,
      F2: () => grid.editActive(),
      ' ': () => {
        if (event.shiftKey) actions.select(row, true)
        else actions.peek(row)
      },
    }
    return keys[event.key]
  }

  function ofCell(event: KeyboardEvent): (() => void) | undefined {
    const row = active!.row
    const far = event.ctrlKey ? edge : 1
    const go = event.shiftKey ? grid.extend : grid.step
    const keys: Record<string, () => void> = {
      ArrowDown: () => go({ row: far }),
      ArrowUp: () => go({ row: -far }),
      ArrowRight: () => go({ column: far }),
      // One step out of the first cell leads to its row.
      ArrowLeft: () => (event.ctrlKey ? toEdge(-1, event.shiftKey) : go({ column: -1 })),
      PageDown: () => go({ row: screenful(grid) }),
      PageUp: () => go({ row: -screenful(grid) }),
      Home: () => toEdge(-1, event.shiftKey, event.ctrlKey),
      End: () => toEdge(1, event.shiftKey, event.ctrlKey),
      Escape: leave,
      F2: () => grid.editActive(),
      Enter: () => (active!.column === 0 ? openActive() : grid.editActive()),
      Delete: commands.clear,
      Backspace: commands.clear,
      ' ': () => actions.select(row, event.shiftKey),
    }
    if (event.key === 'Tab') return tabOn(event)
    return keys[event.key] ?? typing(event)
  }

  /** To the first or last cell of the row, or of the table. */
  function toEdge(direction: 1 | -1, isRange: boolean, isOfTable = false): void {
    const rows = isOfTable ? direction * edge : 0
    if (isRange) grid.extend({ row: rows, column: direction * edge })
    else grid.moveTo({ row: active!.row + rows, column: direction < 0 ? 0 : edge })
  }

  /** From the last cell the key goes on out of the table. */
  function tabOn(event: KeyboardEvent): (() => void) | undefined {
    return grid.tab(event.shiftKey ? -1 : 1) ? () => {} : undefined
  }

  /** The sign itself goes into the input that opens: nothing prevents it. No shortcut of the page may take it. */
  function typing(event: KeyboardEvent): undefined {
    if (event.key.length !== 1 || event.ctrlKey) return
    event.stopPropagation()
    grid.editActive()
  }

  return { onKeyDown }
}

/** Keys pressed on buttons of the heading, or in an editor, are theirs. */
function isOfGrid({ target, currentTarget }: KeyboardEvent): boolean {
  return target === currentTarget || (target instanceof HTMLElement && target.dataset.stop !== undefined)
}

function isSeveral({ range }: Grid): boolean {
  return range !== undefined && (range.top !== range.bottom || range.left !== range.right)
}

function screenful({ scroller, rowHeight }: Grid): number {
  return Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2)
}
