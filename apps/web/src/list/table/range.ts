/** Cells by their place: which one is active, and which lie between two corners. */

/** `column` -1 is the row as a whole: letters are shortcuts then; on a cell they begin to type into it. */
export interface Position {
  row: number
  column: number
}

/** Both ends belong to it. */
export interface CellRange {
  top: number
  bottom: number
  left: number
  right: number
}

/** The cells between two corners, whichever was chosen first. */
export function rangeOf(one: Position, other: Position): CellRange {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  }
}

export const rowsIn = ({ top, bottom }: CellRange): number[] =>
  Array.from({ length: bottom - top + 1 }, (_, index) => top + index)

export const columnsIn = ({ left, right }: CellRange): number[] =>
  Array.from({ length: right - left + 1 }, (_, index) => left + index)

export const sizeOf = ({ top, bottom, left, right }: CellRange): number => (bottom - top + 1) * (right - left + 1)

/** Where to go from a cell, kept within the table; `step` may be as far as one likes. */
export function moved(
  { row, column }: Position,
  step: Partial<Position>,
  table: { rows: number; columns: number },
): Position {
  return {
    row: Math.min(Math.max(row + (step.row ?? 0), 0), table.rows - 1),
    column: Math.min(Math.max(column + (step.column ?? 0), -1), table.columns - 1),
  }
}

/** The cell after or before it, going on in the next line; undefined behind the last and before the first. */
export function beside({ row, column }: Position, step: 1 | -1, table: { rows: number; columns: number }) {
  const index = row * table.columns + column + step
  if (index < 0 || index >= table.rows * table.columns) return undefined
  return { row: Math.floor(index / table.columns), column: index % table.columns }
}

/** The row whose values another row takes when the range is drawn out to it: the range is repeated. */
export function sourceOf({ top, bottom }: CellRange, row: number): number {
  const height = bottom - top + 1
  return top + ((((row - top) % height) + height) % height)
}

/** The rows that the range reaches when it is drawn out to a row above or below. */
export function drawnOut({ top, bottom }: CellRange, row: number): number[] {
  if (row > bottom) return Array.from({ length: row - bottom }, (_, index) => bottom + 1 + index)
  return row < top ? Array.from({ length: top - row }, (_, index) => row + index) : []
}
