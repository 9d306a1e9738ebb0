import { describe, expect, it } from 'vitest'
import { changed, differingItems, doneOf, itemsOf, moved } from './checklistItems.ts'

const items = ['a', 'b', 'c'].map((id) => ({ id, text: id.toUpperCase(), done: id === 'a' }))
const order = (next: ReturnType<typeof changed>) => next?.map(({ id }) => id).join('')

describe('a checklist', () => {
  it('has no items where a text stands in its place', () => {
    expect([itemsOf('[ ] cellar'), itemsOf(null), doneOf(items)]).toEqual([[], [], 1])
  })

  it('is changed item by item', () => {
    expect(changed(items, { items: [{ id: 'b', done: true }] })?.map(({ done }) => done)).toEqual([true, true, false])
    expect(order(changed(items, { removed: ['b'] }))).toBe('ac')
    expect(changed(items, { removed: ['a', 'b', 'c'] })).toBeNull()
    expect(order(changed(items, { items: [{ id: 'n', text: 'New', after: 'a' }] }))).toBe('anbc')
    expect(changed([], { items: [{ text: 'New' }] })).toMatchObject([{ text: 'New', done: false }])
  })

  it('tells what a change has touched', () => {
    const ticked = items.with(1, { ...items[1]!, done: true })
    expect(differingItems(items, ticked)).toEqual({ gone: [items[1]], now: [ticked[1]] })
    expect(differingItems(items, items.toReversed())).toEqual({ gone: [], now: [] })
    expect(differingItems(null, items)).toEqual({ gone: [], now: items })
  })

  it('moves an item up and down to the ends', () => {
    const after = (id: string, step: 1 | -1) => order(changed(items, moved(items, id, step) ?? {}))
    expect([after('a', 1), after('c', -1), after('b', -1)]).toEqual(['bac', 'acb', 'bac'])
    expect([moved(items, 'a', -1), moved(items, 'c', 1), moved(items, 'x', 1)]).toEqual(Array(3).fill(undefined))
  })
})
