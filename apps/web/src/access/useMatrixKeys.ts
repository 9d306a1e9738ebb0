import { type KeyboardEvent, useRef, useState } from 'react'
import { actions } from './grants.ts'

/** Column 0 is the object's name. */
export interface Place {
  row: number
  column: number
}

export const columns = actions.length + 1

/** Where a key leads from a place; undefined when it leads nowhere. Rows and columns stop at their ends. */
export function placeAfter(key: string, ctrl: boolean, { row, column }: Place, rows: number): Place | undefined {
  const [lastRow, lastColumn] = [rows - 1, columns - 1]
  switch (key) {
    case 'ArrowRight':
      return { row, column: Math.min(column + 1, lastColumn) }
    case 'ArrowLeft':
      return { row, column: Math.max(column - 1, 0) }
    case 'ArrowDown':
      return { row: Math.min(row + 1, lastRow), column }
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), column }
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 }
    case 'End':
      return { row: ctrl ? lastRow : row, column: lastColumn }
    default:
      return undefined
  }
}

const idOf = ({ row, column }: Place) => `${row} ${column}`

/** A grid that is one stop of the Tab key: the place that has it, and the keys that carry it along. */
export function useMatrixKeys(rows: number) {
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const elements = useRef(new Map<string, HTMLElement>())
  const elementAt = (place: Place) => elements.current.get(idOf(place)) ?? null
  const focus = (place: Place) => elementAt(place)?.focus()
  // Rows may have become fewer since.
  const stop = { row: Math.min(active.row, rows - 1), column: active.column }

  return {
    elementAt,
    focus,
    arrive: setActive,
    tabIndex: (place: Place) => (idOf(place) === idOf(stop) ? 0 : -1),
    hold: (place: Place) => (element: HTMLElement | null) => {
      if (element) elements.current.set(idOf(place), element)
      else elements.current.delete(idOf(place))
    },
    /** Whether the key was one that moves. */
    move: (event: KeyboardEvent, place: Place): boolean => {
      const next = placeAfter(event.key, event.ctrlKey || event.metaKey, place, rows)
      if (!next) return false
      event.preventDefault()
      focus(next)
      return true
    },
  }
}
