import type { FieldMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { endOf, filterOfGroup, inOrder, periodText } from './groups.ts'

const status = {
  key: 'status',
  type: 'select',
  options: [{ value: 'new' }, { value: 'old' }],
} as unknown as FieldMeta
const born = { key: 'born', type: 'date', options: [] } as unknown as FieldMeta

describe('groups', () => {
  it('are filters over the records of the list', () => {
    expect(filterOfGroup(status, 'new', {})).toEqual({ field: 'status', op: 'eq', value: 'new' })
    expect(filterOfGroup(status, null, {})).toEqual({ field: 'status', op: 'empty' })
    expect(filterOfGroup(born, '2026-10-01', { interval: 'quarter' })).toEqual({
      and: [
        { field: 'born', op: 'gte', value: '2026-10-01' },
        { field: 'born', op: 'lt', value: '2027-01-01' },
      ],
    })
  })

  it('of dates end where the next begins', () => {
    expect(['day', 'week', 'month', 'year'].map((interval) => endOf('2028-02-28', interval as 'day'))).toEqual([
      '2028-02-29',
      '2028-03-06',
      '2028-03-28',
      '2029-02-28',
    ])
    expect(periodText('2026-05-01', 'month', 'en')).toBe('May 2026')
    expect(periodText('2026-05-01', 'quarter', 'en')).toBe('Q2 2026')
  })

  it('of choices stand in the order of the choices, with what has none at the end', () => {
    const rows = [{ status: null }, { status: 'old' }, { status: 'new' }]
    expect(inOrder(rows, status).map((row) => row.status)).toEqual(['new', 'old', null])
  })
})
