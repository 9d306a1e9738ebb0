import type { FieldMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import type { FormatContext } from '../../../fields/format.ts'
import { copiedOf, ownCopy } from './copied.ts'
import { beyondTable, newRecordsOf, pasteTargets, sorted } from './pasted.ts'

const context = {
  locale: 'en-GB',
  timeZone: 'UTC',
  currency: 'EUR',
  phone: (number: string) => number,
  members: new Map(),
  words: { yes: 'Yes', no: 'No' },
}
const field = (key: string, type: FieldMeta['type'], more: object = {}) =>
  ({ key, type, options: [], ...more }) as unknown as FieldMeta
const fields = [
  field('name', 'text'),
  field('gears', 'integer'),
  field('maker', 'relation', { relation: { object: 'makers', others: [], many: false } }),
  field('twice', 'formula'),
]
const record = (id: string) => ({ id, name: id, gears: 1 }) as unknown as RecordData
const rows = [record('a'), undefined, record('b'), record('c')]
const into = (top: number, bottom: number, left: number, right: number) => ({
  rows,
  fields,
  range: { top, bottom, left, right },
  mayEdit: ({ type }: FieldMeta) => type !== 'formula',
})
const named = (_field: FieldMeta, name: string) =>
  name === 'Acme' ? { id: 'm1', object: 'makers', title: 'Acme' } : undefined
const paste = (lines: string[][], where: ReturnType<typeof into>, copied?: ReturnType<typeof copiedOf>) => {
  const { edits, unfit } = sorted(pasteTargets({ rows: lines, copied }, where, context as FormatContext), named)
  return [
    edits.map(({ record, field, value }) => `${record.id} ${field.key} ${JSON.stringify(value)}`),
    unfit.map(({ target, expected }) => `${target.record.id} ${target.field.key} ${expected}`),
  ]
}

describe('what is pasted', () => {
  it('goes as far as it reaches, over headings, and no farther than the table', () => {
    const lines = [
      ['x', '1', 'too', 'far', 'out'],
      ['y', 'many'],
      ['z', '3'],
      ['w', '4'],
    ]
    expect(paste(lines, into(0, 0, 0, 0))).toEqual([
      ['a name "x"', 'a gears 1', 'b name "y"', 'c name "z"', 'c gears 3'],
      ['a maker record', 'a twice readOnly', 'b gears number'],
    ])
  })

  it('leaves over the lines that find no record, for new ones', () => {
    const lines = [['x'], ['y'], ['z', '3'], ['w', 'many']]
    const rest = beyondTable({ rows: lines, copied: undefined }, into(2, 2, 0, 0))!
    expect(rest.rows).toEqual([
      ['z', '3'],
      ['w', 'many'],
    ])
    expect(beyondTable({ rows: lines.slice(2), copied: undefined }, into(2, 2, 0, 0))).toBeUndefined()
    const blank = newRecordsOf(rest, { ...into(0, 0, 0, 0), left: 0 })
    expect(sorted(pasteTargets(rest, blank, context as FormatContext), named).edits).toMatchObject([
      { record: { id: 'new-0' }, field: { key: 'name' }, value: 'z' },
      { record: { id: 'new-0' }, field: { key: 'gears' }, value: 3 },
      { record: { id: 'new-1' }, field: { key: 'name' }, value: 'w' },
    ])
  })

  it('fills the range when it fits into it a whole number of times', () => {
    expect(paste([['7']], into(0, 3, 1, 1))[0]).toEqual(['a gears 7', 'b gears 7', 'c gears 7'])
    expect(paste([['x', '1']], into(2, 3, 0, 1))[0]).toEqual(['b name "x"', 'b gears 1', 'c name "x"', 'c gears 1'])
    expect(paste([['x'], ['y']], into(0, 3, 0, 0))[0]).toEqual(['a name "x"', 'b name "y"', 'c name "x"'])
  })

  it('finds the records that it names', () => {
    expect(paste([['Acme']], into(0, 0, 2, 2))).toEqual([['a maker {"id":"m1","object":"makers","title":"Acme"}'], []])
  })

  it('comes back as it was where the fields are alike, and as text elsewhere', () => {
    const maker = { id: 'm9', object: 'makers', title: 'Gone' }
    const copied = copiedOf('w', [fields[2]!, fields[1]!], [{ ...record('a'), maker }])
    expect(ownCopy(JSON.parse(JSON.stringify(copied)), 'w')).toEqual(copied)
    expect(ownCopy(copied, 'other')).toBeUndefined()
    expect(paste([['Gone', '1']], into(2, 2, 2, 2), copied)).toEqual([
      ['b maker {"id":"m9","object":"makers","title":"Gone"}'],
      ['b twice readOnly'],
    ])
    expect(paste([['Gone', '1']], into(2, 2, 0, 0), copied)[0]).toEqual(['b name "Gone"', 'b gears 1'])
  })
})
