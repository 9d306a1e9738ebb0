import type { FieldMeta, Filter } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { changeItem, countConditions, fromFilter, newCondition, newGroup, toFilter } from './filterTree.ts'

const fields = [
  { key: 'a', type: 'text' },
  { key: 'b', type: 'number' },
  { key: 'status', type: 'select', options: [] },
] as unknown as FieldMeta[]

const status = newCondition('status', 'in', ['active'])
const age = newCondition('age', 'gte', 18)

describe('the filter builder', () => {
  it('has no filter without conditions', () => {
    expect(toFilter(newGroup())).toBeNull()
  })

  it('leaves a single condition bare and joins several', () => {
    expect(toFilter(newGroup([status]))).toEqual({ field: 'status', op: 'in', value: ['active'] })
    expect(toFilter(newGroup([status, age], 'or'))).toEqual({
      or: [
        { field: 'status', op: 'in', value: ['active'] },
        { field: 'age', op: 'gte', value: 18 },
      ],
    })
  })

  it('leaves out what is not finished', () => {
    const unfinished = [
      newCondition('name', 'contains', ''),
      newCondition('status', 'in', []),
      newCondition('age', 'between', [1, null]),
    ]
    expect(toFilter(newGroup([...unfinished, newGroup([newCondition('name', 'eq')])]))).toBeNull()
    expect(countConditions(newGroup([...unfinished, age]))).toBe(1)
  })

  it('counts zero and false as values', () => {
    expect(toFilter(newGroup([newCondition('age', 'eq', 0)]))).toEqual({ field: 'age', op: 'eq', value: 0 })
    expect(toFilter(newGroup([newCondition('vip', 'eq', false)]))).toEqual({ field: 'vip', op: 'eq', value: false })
  })

  it('sends no value where the operator wants none', () => {
    expect(toFilter(newGroup([newCondition('name', 'empty', 'left over')]))).toEqual({ field: 'name', op: 'empty' })
  })

  it.each<Filter>([
    { field: 'a', op: 'eq', value: 1 },
    {
      and: [
        { field: 'a', op: 'empty' },
        {
          or: [
            { field: 'status', op: 'in', value: ['x'] },
            { field: 'doctor.name', op: 'eq', value: 'Ana' },
          ],
        },
      ],
    },
    { and: [{ not: { field: 'a', op: 'eq', value: 1 } }, { field: 'b', op: 'between', value: [1, 2] }] },
  ])('gives back the filter it read: %j', (filter) => {
    expect(toFilter(fromFilter(filter, fields))).toEqual(filter)
  })

  it('asks for choices as lists, as the builder shows them', () => {
    const filter = { field: 'status', op: 'eq', value: 'active' }
    expect(toFilter(fromFilter(filter, fields))).toEqual({ field: 'status', op: 'in', value: ['active'] })
  })

  it('changes and removes items at any depth', () => {
    const tree = newGroup([age, newGroup([status])])
    const changed = changeItem(tree, status.id, (item) => ({ ...item, value: ['new'] }) as typeof status)
    expect(toFilter(changed)).toEqual({
      and: [
        { field: 'age', op: 'gte', value: 18 },
        { field: 'status', op: 'in', value: ['new'] },
      ],
    })
    expect(toFilter(changeItem(tree, status.id, () => undefined))).toEqual({ field: 'age', op: 'gte', value: 18 })
  })
})
