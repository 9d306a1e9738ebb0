import { describe, expect, it } from 'vitest'
import { differsFromView, readListState, writeListState } from './listAddress.ts'

const view = { filter: { field: 'status', op: 'eq', value: 'active' }, sort: ['full_name'] }

describe('the address of a list', () => {
  it('takes from the view what it does not hold', () => {
    const state = readListState(new URLSearchParams('view=active'), view)
    expect(state).toEqual({ filter: view.filter, sort: ['full_name'], search: '' })
  })

  it('writes only what differs from the view', () => {
    const params = writeListState(new URLSearchParams('view=active'), { ...view, search: '' }, view)
    expect(params.toString()).toBe('view=active')
    expect(differsFromView(params)).toBe(false)
  })

  it('remembers that a filter and an order of the view were taken away', () => {
    const params = writeListState(new URLSearchParams(), { filter: null, sort: [], search: '' }, view)
    expect(readListState(params, view)).toEqual({ filter: null, sort: [], search: '' })
    expect(differsFromView(params)).toBe(true)
  })

  it('survives the way through the address', () => {
    const state = { filter: { or: [{ field: 'a', op: 'eq', value: 'x & y' }] }, sort: ['-b', 'c'], search: 'ana maría' }
    const address = writeListState(new URLSearchParams(), state, undefined).toString()
    expect(readListState(new URLSearchParams(address), undefined)).toEqual(state)
  })

  it('falls back to the view when somebody mangled the filter', () => {
    expect(readListState(new URLSearchParams('filter={oops'), view).filter).toEqual(view.filter)
  })
})
