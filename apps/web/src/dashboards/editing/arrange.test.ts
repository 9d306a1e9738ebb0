import { describe, expect, it } from 'vitest'
import type { Place, Placed } from '../places.ts'
import { moved, placedBy, sized } from './arrange.ts'

const at = (key: string, x: number, y: number, w: number, h: number): Placed => ({ key, position: { x, y, w, h } })
const place = (items: Placed[], key: string): Place | undefined => items.find((item) => item.key === key)?.position

const board = [at('a', 0, 0, 6, 2), at('b', 6, 0, 6, 2), at('c', 0, 2, 12, 3)]

describe('by keys a widget', () => {
  it('moves over the columns and stays on the board', () => {
    expect(place(moved([at('a', 0, 0, 6, 2)], 'a', { x: 1, y: 0 }), 'a')).toEqual({ x: 1, y: 0, w: 6, h: 2 })
    expect(moved(board, 'a', { x: -1, y: 0 })).toBe(board)
  })

  it('goes below what stands under it, which closes up', () => {
    const after = moved([at('a', 0, 0, 12, 2), at('c', 0, 2, 12, 3)], 'a', { x: 0, y: 1 })
    expect(place(after, 'c')).toEqual({ x: 0, y: 0, w: 12, h: 3 })
    expect(place(after, 'a')).toEqual({ x: 0, y: 3, w: 12, h: 2 })
  })

  it('goes up before what stands over it', () => {
    const after = moved([at('a', 0, 0, 12, 2), at('c', 0, 2, 12, 3)], 'c', { x: 0, y: -1 })
    expect(place(after, 'c')?.y).toBe(0)
    expect(place(after, 'a')?.y).toBe(3)
  })

  it('is made larger while others make room, and never too small', () => {
    const after = sized(board, 'a', { w: 2, h: 0 })
    expect(place(after, 'a')?.w).toBe(8)
    expect(place(after, 'b')?.y).toBeGreaterThan(0)
    expect(place(sized([at('a', 0, 0, 2, 1)], 'a', { w: -1, h: -1 }), 'a')).toEqual({ x: 0, y: 0, w: 2, h: 1 })
    expect(place(sized([at('a', 8, 0, 4, 1)], 'a', { w: 1, h: 1 }), 'a')).toEqual({ x: 8, y: 0, w: 4, h: 2 })
  })
})

it('items whose layout is as it was stay the same', () => {
  expect(placedBy(board, [{ i: 'a', x: 0, y: 0, w: 6, h: 2 }])).toBe(board)
})
