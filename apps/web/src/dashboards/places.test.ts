import { describe, expect, it } from 'vitest'
import { freePlace, inFlow, inReadingOrder, type Placed, rowsOf } from './places.ts'

const at = (key: string, x: number, y: number, w: number, h: number): Placed => ({ key, position: { x, y, w, h } })
const keysOf = (items: Placed[]) => items.map(({ key }) => key)

describe('places on a board', () => {
  it('are read row for row', () => {
    const board = [at('low', 0, 2, 6, 2), at('second', 4, 0, 4, 2), at('first', 0, 0, 4, 2)]
    expect(keysOf(inReadingOrder(board))).toEqual(['first', 'second', 'low'])
  })

  it('are found beside the last widget, or below all', () => {
    expect(freePlace([], { w: 3, h: 2 })).toEqual({ x: 0, y: 0, w: 3, h: 2 })
    expect(freePlace([at('a', 0, 0, 3, 2)], { w: 3, h: 2 })).toEqual({ x: 3, y: 0, w: 3, h: 2 })
    expect(freePlace([at('a', 0, 0, 10, 2)], { w: 3, h: 2 })).toEqual({ x: 0, y: 2, w: 3, h: 2 })
    // What is higher and begins earlier stands in the way.
    const tall = [at('tall', 6, 0, 6, 5), at('a', 0, 2, 6, 2)]
    expect(freePlace(tall, { w: 3, h: 2 })).toEqual({ x: 0, y: 5, w: 3, h: 2 })
  })

  it('follow one another as wide as they are', () => {
    const flowed = inFlow([at('a', 9, 9, 8, 3), at('b', 0, 0, 4, 2), at('c', 0, 0, 6, 1)])
    expect(flowed.map(({ position }) => position)).toEqual([
      { x: 0, y: 0, w: 8, h: 3 },
      { x: 8, y: 0, w: 4, h: 2 },
      { x: 0, y: 3, w: 6, h: 1 },
    ])
    expect(rowsOf(flowed)).toBe(4)
  })
})
