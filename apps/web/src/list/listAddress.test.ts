import type { FieldMeta, Filter } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { differsFromView, keptOf, readListState, writeListState } from './listAddress.ts'

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
    const state = { filter: { or: [{ field: 'a', op: 'eq', value: 'x & y' }] }, sort: ['-b', 'c'], search: '' }
    const address = writeListState(new URLSearchParams(), state, undefined).toString()
    expect(readListState(new URLSearchParams(address), undefined)).toEqual(state)
  })

  it('falls back to the view when somebody mangled the filter', () => {
    expect(readListState(new URLSearchParams('filter={oops'), view).filter).toEqual(view.filter)
  })

  it('understands a search that somebody wrote into a link', () => {
    expect(readListState(new URLSearchParams('q=ana+maría'), undefined).search).toBe('ana maría')
  })
})

describe('what stays out of the address', () => {
  const fields = [
    { key: 'full_name', phi: true },
    { key: 'status', phi: false },
  ] as FieldMeta[]
  const named: Filter = { field: 'full_name', op: 'contains', value: 'Zapata' }
  const open: Filter = { field: 'status', op: 'eq', value: 'active' }

  it('is a search where fields are protected, and a filter over such a field or another record', () => {
    expect(keptOf({ filter: open, sort: [], search: '' }, fields)).toBeUndefined()
    expect(keptOf({ filter: open, sort: [], search: 'Zapata' }, fields)).toEqual({ search: 'Zapata' })
    expect(keptOf({ filter: open, sort: [], search: 'Zapata' }, fields.slice(1))).toBeUndefined()
    for (const filter of [named, { and: [open, { not: named }] }, { or: [{ ...open, field: 'patient.status' }] }]) {
      expect(keptOf({ filter, sort: [], search: '' }, fields)).toEqual({ filter })
    }
  })

  it('is not a search among records without protected fields: the address is there to be shared', () => {
    const address = writeListState(new URLSearchParams(), { filter: null, sort: [], search: 'Zapata' }, undefined)
    expect(address.toString()).toBe('q=Zapata')
    expect(readListState(address, undefined).search).toBe('Zapata')
  })

  it('is found again by the name in the address', () => {
    const state = { filter: named, sort: ['status'], search: 'Carmen' }
    const kept = keptOf(state, fields)!
    const address = writeListState(new URLSearchParams('q=Carmen'), state, view, { name: '4f1c.1', state: kept })
    expect(address.toString()).toBe('kept=4f1c.1&sort=status')
    expect(readListState(address, view, kept)).toEqual(state)
    expect(differsFromView(address, kept)).toBe(true)
  })
})
