import type { FieldMeta, RelationMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { draftOfField, draftProblems, emptyDraft, fieldChanges, newFieldInput } from './fieldDraft.ts'
import { keyFrom } from './naming.ts'

const status = {
  key: 'status',
  type: 'select',
  label: 'Status',
  labels: { en: 'Status', es: 'Estado' },
  help: null,
  section: null,
  required: false,
  unique: false,
  sortable: true,
  searchable: false,
  options: [{ value: 'new', label: 'New', labels: { en: 'New', es: 'Nuevo' }, color: 'blue' }],
  rules: null,
  default: 'new',
  currency: null,
} as unknown as FieldMeta

describe('keyFrom', () => {
  it.each([
    ['Date of birth', 'date_of_birth'],
    ['Año de nacimiento', 'ano_de_nacimiento'],
    ['2nd phone', 'field_2nd_phone'],
    ['电话', 'field'],
  ])('%s becomes %s', (label, key) => {
    expect(keyFrom(label)).toBe(key)
  })

  it('does not take a key that is in use', () => {
    expect(keyFrom('Status', ['status', 'status_2'])).toBe('status_3')
  })
})

describe('newFieldInput', () => {
  it.each(['Stage', 'Title', 'Created at', 'Object'])('takes a free key for %s, which the system has', (label) => {
    const input = newFieldInput({ ...emptyDraft('text'), labels: { en: label } }, { fields: [], relations: [] })
    expect(input.key).toBe(`${keyFrom(label)}_2`)
  })

  it('fills English from the other language and makes values for new options', () => {
    const draft = {
      ...emptyDraft('select'),
      labels: { en: '', es: 'Turno' },
      options: [
        { id: '1', value: '', labels: { en: 'Night' }, color: 'gray' as const },
        { id: '2', value: '', labels: { en: 'Night' }, color: 'red' as const },
      ],
    }
    const input = newFieldInput(draft, { fields: [{ ...status, key: 'turno' }], relations: [] })
    expect(input).toMatchObject({ key: 'turno_2', type: 'select', label: { en: 'Turno', es: 'Turno' } })
    expect(input.options).toEqual([
      { value: 'night', label: { en: 'Night' }, color: 'gray' },
      { value: 'night_2', label: { en: 'Night' }, color: 'red' },
    ])
  })

  it('leaves rows out that say nothing, and needs one that does', () => {
    const row = (id: string, en: string) => ({ id, value: '', labels: { en }, color: 'gray' as const })
    const draft = { ...emptyDraft('select'), labels: { en: 'Shift' }, options: [row('1', 'Night'), row('2', ' ')] }
    const input = newFieldInput(draft, { fields: [], relations: [] })
    expect(input.options).toMatchObject([{ value: 'night' }])
    expect(draftProblems(draft)).toEqual([])
    expect(draftProblems({ ...draft, options: [row('2', '')] })).toEqual(['options'])
  })

  it('names both sides of a relation', () => {
    const empty = emptyDraft('relation')
    const nurse = { key: 'nurse', inverse: 'patients' } as RelationMeta
    const patients = { fields: [], relations: [nurse] }
    const relation = { ...empty.relation, objects: ['doctors', 'nurses'], inverseLabel: 'Patients' }
    expect(newFieldInput({ ...empty, labels: { en: 'Doctor' }, relation }, patients).relation).toEqual({
      object: 'doctors',
      others: ['nurses'],
      many: false,
      inverse: { key: 'patients_2', label: 'Patients', many: true },
      onDelete: 'keep',
      attributes: [],
      primary: false,
    })
  })

  it('says nothing of a computed field but how it is worked out', () => {
    const empty = emptyDraft('rollup')
    const computed = { ...empty.computed, relation: 'orders', op: 'sum' as const, field: 'total' }
    expect(newFieldInput({ ...empty, labels: { en: 'Spent' }, computed }, { fields: [], relations: [] })).toEqual({
      key: 'spent',
      type: 'rollup',
      label: { en: 'Spent' },
      help: null,
      section: null,
      sortable: false,
      searchable: false,
      currency: null,
      computed: { relation: 'orders', op: 'sum', field: 'total', shared: false },
    })
  })
})

describe('fieldChanges', () => {
  it('sends nothing when nothing changed', () => {
    expect(fieldChanges(draftOfField(status), status)).toEqual({})
  })

  it('sends a formula as the default, and conditions without what says nothing', () => {
    const open = { field: 'city', op: 'notEmpty' }
    const draft = { ...draftOfField(status), defaultFormula: ' "new" ', conditions: { visible: open, options: [] } }
    expect(fieldChanges(draft, status)).toEqual({ default: { formula: '"new"' }, conditions: { visible: open } })
    const before = { ...status, default: { formula: '1' }, conditions: { required: open } } as FieldMeta
    expect(draftOfField(before)).toMatchObject({ default: null, defaultFormula: '1' })
    expect(fieldChanges({ ...draftOfField(before), conditions: {} }, before)).toEqual({ conditions: null })
  })

  it('sends only what differs, emptied texts and rules as null', () => {
    const draft = { ...draftOfField(status), required: true, labels: { en: 'State', es: 'Estado' }, help: 'Why' }
    expect(fieldChanges(draft, status)).toEqual({ required: true, help: 'Why', label: { en: 'State', es: 'Estado' } })
    expect(fieldChanges({ ...draftOfField({ ...status, help: 'Why' }), help: '' }, { ...status, help: 'Why' })).toEqual(
      {
        help: null,
      },
    )
  })
})

describe('draftProblems', () => {
  it('says what is missing', () => {
    expect(draftProblems(emptyDraft('select'))).toEqual(['label', 'options'])
    expect(draftProblems({ ...emptyDraft('relation'), labels: { en: 'Doctor' } })).toEqual(['target', 'inverse'])
    expect(draftProblems(draftOfField(status))).toEqual([])
  })
})
