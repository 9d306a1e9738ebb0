import type { FieldMeta, LayoutSection, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { copyOf, filledValues, initialValuesOf, missingKeys } from './initialValues.ts'
import { sectionsOf } from './sections.ts'

function field(key: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return { key, type: 'text', default: null, section: null, position: 0, ...more } as FieldMeta
}

describe('initialValuesOf', () => {
  it('takes defaults, under what the caller brings', () => {
    const fields = [
      field('status', { default: 'new' }),
      field('born', { type: 'date', default: 'today' }),
      field('city'),
      field('code', { default: { formula: 'upper(city)' } }),
    ]
    expect(initialValuesOf(fields)).toEqual({ status: 'new' })
    expect(initialValuesOf(fields, { status: 'old', city: 'Lima' })).toEqual({ status: 'old', city: 'Lima' })
  })
})

describe('copyOf', () => {
  it('leaves out what must be unique', () => {
    const record = { full_name: 'Ana', email: 'a@b.co', city: null } as unknown as RecordData
    expect(copyOf([field('full_name'), field('email', { unique: true }), field('city')], record)).toEqual({
      full_name: 'Ana',
    })
  })
})

describe('what is missing', () => {
  const fields = [field('name', { required: true }), field('agreed', { required: true, type: 'boolean' })]
  it('counts blanks and empty lists, not unticked boxes', () => {
    expect(missingKeys(fields, { name: '' })).toEqual(['name'])
    expect(missingKeys(fields, { name: 'Ana' })).toEqual([])
    expect(filledValues({ name: '', tags: [], agreed: false, age: 0 })).toEqual({ agreed: false, age: 0 })
  })
})

describe('sectionsOf', () => {
  const section = (key: string, label: string | null, fields: string[]): LayoutSection => ({
    ...{ key, label, labels: null, columns: 2, collapsed: false, fields },
  })

  it('keeps the order of the layout and leaves out what has nothing to show', () => {
    const layout = [section('one', null, ['a']), section('two', 'Contact', ['c', 'b']), section('three', 'Rest', ['d'])]
    const sections = sectionsOf([field('b'), field('a'), field('c')], layout)
    expect(sections.map(({ title, fields }) => [title, fields.map(({ key }) => key)])).toEqual([
      [null, ['a']],
      ['Contact', ['c', 'b']],
    ])
  })

  it('shows what no section names before all', () => {
    const sections = sectionsOf([field('a'), field('locationId')], [section('one', 'Contact', ['a'])])
    expect(sections.map(({ title, fields }) => [title, fields.map(({ key }) => key)])).toEqual([
      [null, ['locationId']],
      ['Contact', ['a']],
    ])
  })
})
