import { describe, expect, it } from 'vitest'
import { beside, columnsIn, drawnOut, moved, rangeOf, rowsIn, sizeOf, sourceOf } from './range.ts'

const table = { rows: 3, columns: 4 }

describe('a range', () => {
  it('lies between its corners, whichever came first', () => {
    const range = rangeOf({ row: 5, column: 1 }, { row: 3, column: 2 })
    expect(range).toEqual({ top: 3, bottom: 5, left: 1, right: 2 })
    expect([rowsIn(range), columnsIn(range), sizeOf(range)]).toEqual([[3, 4, 5], [1, 2], 6])
  })

  it('is repeated in the rows it is drawn out to', () => {
    const range = { top: 4, bottom: 5, left: 0, right: 0 }
    expect(drawnOut(range, 8).map((row) => [row, sourceOf(range, row)])).toEqual([
      [6, 4],
      [7, 5],
      [8, 4],
    ])
    expect(drawnOut(range, 2).map((row) => [row, sourceOf(range, row)])).toEqual([
      [2, 4],
      [3, 5],
    ])
    expect(drawnOut(range, 5)).toEqual([])
  })
})

describe('a step', () => {
  it('stays within the table, and leaves the cells for the row', () => {
    expect(moved({ row: 1, column: 0 }, { row: 9, column: -9 }, table)).toEqual({ row: 2, column: -1 })
    expect(moved({ row: 1, column: 0 }, { row: -9, column: 9 }, table)).toEqual({ row: 0, column: 3 })
  })

  it('to the cell beside goes on in the next line, and ends with the table', () => {
    expect(beside({ row: 0, column: 3 }, 1, table)).toEqual({ row: 1, column: 0 })
    expect(beside({ row: 1, column: 0 }, -1, table)).toEqual({ row: 0, column: 3 })
    expect(beside({ row: 2, column: 3 }, 1, table)).toBeUndefined()
    expect(beside({ row: 0, column: 0 }, -1, table)).toBeUndefined()
  })
})
