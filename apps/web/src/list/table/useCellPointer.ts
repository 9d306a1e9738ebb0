/** Choosing cells with the mouse: pressed and drawn over several, or with the handle at the corner over what is to be filled. */
import type { PointerEvent } from 'react'
import { useEffect, useRef } from 'react'
import type { Position } from './range.ts'
import { type Grid, placeOf } from './useGridState.ts'

/** The cell under the pointer. */
function cellAt(target: EventTarget | null): Position | undefined {
  const cell = target instanceof Element ? target.closest('[data-cell]') : null
  return cell ? placeOf(cell) : undefined
}

/** A finger scrolls; only a mouse or a pen draws. */
export function useCellPointer(grid: Grid, fill: (toRow: number) => void) {
  const drawing = useRef<'range' | 'fill'>(undefined)
  const from = useRef<Position>(undefined)
  const latest = useRef({ grid, fill })
  latest.current = { grid, fill }

  useEffect(() => {
    function onUp(): void {
      const { grid, fill } = latest.current
      if (drawing.current === 'fill' && grid.fillTo !== undefined) fill(grid.fillTo)
      if (drawing.current) grid.setFillTo(undefined)
      drawing.current = undefined
      document.documentElement.style.removeProperty('user-select')
    }
    document.addEventListener('pointerup', onUp)
    return () => document.removeEventListener('pointerup', onUp)
  }, [])

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === 'touch' || grid.editing) return
    const isHandle = event.target instanceof Element && event.target.closest('[data-fill]') !== null
    drawing.current = isHandle ? 'fill' : cellAt(event.target) && !event.shiftKey ? 'range' : undefined
    from.current = cellAt(event.target)
  }

  function onPointerMove(event: PointerEvent): void {
    if (!drawing.current || event.buttons !== 1) return
    const at = cellAt(event.target)
    const start = from.current
    const isElsewhere = at && start && (start.row !== at.row || start.column !== at.column)
    if (at && drawing.current === 'fill') grid.setFillTo(at.row)
    if (!isElsewhere || drawing.current === 'fill') return
    document.documentElement.style.setProperty('user-select', 'none')
    if (grid.active?.row !== start.row || grid.active.column !== start.column) grid.moveTo(start)
    else grid.extendTo(at)
  }

  return { onPointerDown, onPointerMove }
}
