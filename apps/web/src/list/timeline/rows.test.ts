import type { FieldMeta } from '@oneforge/client'
import { expect, it } from 'vitest'
import type { FormatContext } from '../../fields/format.ts'
import type { Entry } from '../calendar/entries.ts'
import { rowsOf } from './rows.ts'

const format = {} as FormatContext
const entry = (id: string, values: object) => ({ record: { id, ...values } }) as unknown as Entry
const told = (field: FieldMeta, entries: Entry[]) =>
  rowsOf(entries, field, 'None', format).map((row) => (row.kind === 'group' ? `${row.label} ${row.count}` : row.id))

it('groups by choices in their order and by linked records by name, those without a value last', () => {
  const options = ['Open', 'Done'].map((value) => ({ value, label: value }))
  const state = { key: 'state', type: 'select', options } as unknown as FieldMeta
  const entries = [
    entry('a', { state: 'Done' }),
    entry('b', {}),
    entry('c', { state: 'Open' }),
    entry('d', { state: 'Done' }),
  ]
  expect(told(state, entries)).toEqual(['Open 1', 'c', 'Done 2', 'a', 'd', 'None 1', 'b'])
  const doctor = { key: 'doctor', type: 'relation', options: [] } as unknown as FieldMeta
  const link = (id: string, title: string) => ({ doctor: { id, object: 'doctors', title } })
  expect(
    told(doctor, [entry('a', link('1', 'Nowak')), entry('b', link('2', 'Kim')), entry('c', link('1', 'Nowak'))]),
  ).toEqual(['Kim 1', 'b', 'Nowak 2', 'a', 'c'])
})
