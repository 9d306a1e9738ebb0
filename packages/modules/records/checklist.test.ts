import { describe, expect, it } from 'vitest'
import { changedItems } from './checklist.ts'

const items = ['a', 'b', 'c'].map((id) => ({ id, text: id.toUpperCase(), done: false }))
const ids = (...of: Parameters<typeof changedItems>) => changedItems(...of).map(({ id }) => id)

describe('changes to a checklist', () => {
  it('touch the items that they name', () => {
    expect(changedItems(items, [{ id: 'b', done: true }], ['a'])).toEqual([{ ...items[1], done: true }, items[2]])
    expect(changedItems(items, [{ id: 'c', text: 'See' }], [])[2]).toEqual({ ...items[2], text: 'See' })
    expect(changedItems(items, [], ['gone'])).toEqual(items)
  })

  it('put items where they are wanted', () => {
    expect(ids(items, [{ id: 'c', after: null }], [])).toEqual(['c', 'a', 'b'])
    expect(ids(items, [{ id: 'a', after: 'b' }], [])).toEqual(['b', 'a', 'c'])
    expect(ids(items, [{ id: 'n', text: 'New', after: 'a' }], [])).toEqual(['a', 'n', 'b', 'c'])
    expect(ids(items, [{ text: 'Last' }], [])).toEqual(['a', 'b', 'c', undefined])
    expect(ids(items, [{ id: 'n', text: 'New', after: 'gone' }], [])).toEqual(['a', 'b', 'c', 'n'])
  })

  it('bring back what is being written, and say so of what is only ticked', () => {
    expect(ids(items, [{ id: 'b', text: 'Still' }], ['b'])).toEqual(['a', 'c', 'b'])
    expect(() => changedItems(items, [{ id: 'x', done: true }], [])).toThrow('not there any more')
    expect(() => changedItems(items, [{ done: true }], [])).toThrow('items[0].text: is required')
  })
})
