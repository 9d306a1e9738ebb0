import type { ObjectProposal } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import {
  misfits,
  objectDraftOf,
  objectFromUpload,
  objectObstacle,
  titleChoices,
  typeChoices,
  withColumn,
  withPlural,
} from './objectDraft.ts'

const column = (index: number, field: string, type: string, more: object = {}) => ({
  index,
  name: field,
  samples: [],
  filled: 10,
  distinct: 10,
  field,
  type,
  confidence: 1,
  alternatives: [],
  ...more,
})

const proposal = {
  uploadId: 'u',
  fileName: 'cities.xlsx',
  format: { kind: 'xlsx', headerRow: true, sheet: 'Cities' },
  rowCount: 12,
  object: {
    slug: 'cities',
    label: 'City',
    labelPlural: 'Cities',
    roles: { title: 'city' },
    fields: [
      { key: 'city', label: 'City', type: 'text', sortable: true, searchable: true, unique: true },
      { key: 'kind', label: 'Kind', type: 'select', options: [{ value: 'big', label: 'Big' }], sortable: true },
      { key: 'people', label: 'People', type: 'text' },
    ],
  },
  columns: [
    column(0, 'city', 'text', { distinct: 9 }),
    column(1, 'kind', 'select'),
    column(2, 'people', 'text', { alternatives: [{ type: 'integer', unreadable: 2, examples: ['many', 'few'] }] }),
  ],
} as ObjectProposal

const draft = objectDraftOf(proposal)

describe('the draft of an object', () => {
  it('is sent as it was proposed when nothing is changed', () => {
    const { object, mapping, sheet } = objectFromUpload(draft, proposal)
    expect(object).toEqual({ ...proposal.object, icon: 'box' })
    expect([mapping, sheet]).toEqual([{ 0: 'city', 1: 'kind', 2: 'people' }, 'Cities'])
  })

  it('leaves columns out, and finds another name for the records', () => {
    const without = withColumn(draft, proposal, 0, { skipped: true })
    expect(titleChoices(without, proposal).map(({ value }) => value)).toEqual(['kind', 'people'])
    const { object, mapping } = objectFromUpload(without, proposal)
    expect([object.roles.title, object.fields.map(({ key }) => key), mapping[0]]).toEqual([
      'kind',
      ['kind', 'people'],
      null,
    ])
    const numbers = withColumn(withColumn(without, proposal, 1, { skipped: true }), proposal, 2, { type: 'integer' })
    expect(objectObstacle(numbers, proposal, [])).toBe('title')
  })

  it('keeps of a field what its new type can have', () => {
    const longer = withColumn(draft, proposal, 0, { type: 'longtext' })
    const words = withColumn(longer, proposal, 1, { type: 'text', required: true })
    const [city, kind] = objectFromUpload(words, proposal).object.fields
    expect(city).toEqual({ key: 'city', label: 'City', type: 'longtext', searchable: true })
    expect(kind).toEqual({ key: 'kind', label: 'Kind', type: 'text', required: true, sortable: true })
  })

  it('has a slug that follows the plural until it is written by hand', () => {
    const towns = withPlural(draft, 'Small towns', [])
    expect(towns.slug).toBe('small_towns')
    expect(withPlural({ ...towns, slug: 'places' }, 'Villages', []).slug).toBe('places')
    expect(objectObstacle(towns, proposal, ['small_towns'])).toBe('taken')
    expect(objectObstacle({ ...towns, slug: 'Two words' }, proposal, [])).toBe('slug')
  })

  it('counts what would be refused', () => {
    const [city, , people] = proposal.columns
    expect(misfits(city!, { ...draft.columns[0]!, required: true }, 12)).toMatchObject({ empty: 2, repeated: 1 })
    expect(misfits(people!, { ...draft.columns[2]!, type: 'integer' }, 12)).toMatchObject({
      unreadable: 2,
      examples: ['many', 'few'],
    })
    expect(typeChoices(people!).map(({ type }) => type)).toEqual(['text', 'integer', 'longtext'])
  })

  it('names records without words by what is composed, as long as its parts come in', () => {
    const composed: ObjectProposal = {
      ...proposal,
      object: {
        ...proposal.object,
        roles: { title: 'name' },
        fields: [
          { key: 'name', label: 'Name', type: 'text', default: { formula: 'text(kind)' } },
          { key: 'kind', label: 'Kind', type: 'date' },
          { key: 'people', label: 'People', type: 'integer' },
        ],
      },
      columns: [column(0, 'kind', 'date'), column(1, 'people', 'integer')] as ObjectProposal['columns'],
    }
    const named = objectDraftOf(composed)
    expect(objectObstacle(named, composed, [])).toBe(null)
    expect(objectFromUpload(named, composed).object.fields[0]!.key).toBe('name')
    expect(objectObstacle(withColumn(named, composed, 0, { skipped: true }), composed, [])).toBe('composed')
  })
})
