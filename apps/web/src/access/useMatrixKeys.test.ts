import { expect, it } from 'vitest'
import { columns, placeAfter } from './useMatrixKeys.ts'

const rows = 3

it.each([
  ['ArrowRight', false, { row: 0, column: 0 }, { row: 0, column: 1 }],
  ['ArrowRight', false, { row: 0, column: columns - 1 }, { row: 0, column: columns - 1 }],
  ['ArrowLeft', false, { row: 1, column: 0 }, { row: 1, column: 0 }],
  ['ArrowDown', false, { row: 2, column: 2 }, { row: 2, column: 2 }],
  ['ArrowUp', false, { row: 2, column: 2 }, { row: 1, column: 2 }],
  ['Home', false, { row: 2, column: 2 }, { row: 2, column: 0 }],
  ['End', true, { row: 0, column: 2 }, { row: 2, column: columns - 1 }],
])('%s (with Ctrl: %s) leads from %j to %j', (key, ctrl, from, to) => {
  expect(placeAfter(key, ctrl, from, rows)).toEqual(to)
})

it('leaves other keys alone', () => {
  expect(placeAfter('x', false, { row: 0, column: 0 }, rows)).toBeUndefined()
})
