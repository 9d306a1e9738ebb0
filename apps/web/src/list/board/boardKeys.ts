import type { KeyboardCoordinateGetter } from '@dnd-kit/core'

/** While a card is held, the left and right arrows bring it over the column beside. */
export const toNeighbourColumn: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.code]
  if (!step) return undefined
  event.preventDefault()
  const columns = [...context.droppableRects.values()].sort((a, b) => a.left - b.left)
  const centre = currentCoordinates.x + (context.collisionRect?.width ?? 0) / 2
  const at = columns.findIndex(({ left, right }) => centre >= left && centre <= right)
  const next = columns[at + step]
  return next ? { x: next.left, y: next.top } : undefined
}
