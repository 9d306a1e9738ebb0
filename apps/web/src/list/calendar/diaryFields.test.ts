import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { plainField } from '../../fields/plainField.ts'
import { diaryFields, resourceField, resourceFields } from './diaryFields.ts'

const relation = (key: string, parts: Partial<NonNullable<FieldMeta['relation']>>, required = false) =>
  plainField(key, 'relation', key, {
    required,
    relation: {
      object: `${key}s`,
      others: [],
      many: false,
      inverse: { key: 'visits', label: 'Visits', many: true },
      onDelete: 'keep',
      attributes: [],
      primary: false,
      ...parts,
    },
  })
const object = (fields: FieldMeta[], roles: Partial<ObjectMeta['roles']> = {}) =>
  ({ fields, roles: { title: 'name', ...roles } }) as ObjectMeta

const name = plainField('name', 'text', 'Name')
const starts = plainField('starts', 'datetime', 'Starts')
const ends = plainField('ends', 'datetime', 'Ends')
const due = plainField('due', 'date', 'Due')
const minutes = plainField('duration_minutes', 'integer', 'Minutes')
const status = plainField('status', 'select', 'Status')
const keysOf = (found: ReturnType<typeof diaryFields>) => found && [found.start.key, found.end?.key, found.color?.key]

describe('the fields of a calendar', () => {
  it('are those of the roles', () => {
    const roles = { startsAt: 'starts', endsAt: 'ends', stage: 'status', dueAt: 'due' }
    expect(keysOf(diaryFields(object([name, due, starts, ends, status], roles)))).toEqual(['starts', 'ends', 'status'])
    expect(keysOf(diaryFields(object([name, due], { dueAt: 'due' })))).toEqual(['due', undefined, undefined])
  })

  it('are those that the view names, if they fit', () => {
    const roles = { startsAt: 'starts', endsAt: 'ends' }
    const visits = object([name, due, starts, ends, minutes], roles)
    expect(keysOf(diaryFields(visits, { dateField: 'due' }))).toEqual(['due', undefined, undefined])
    expect(keysOf(diaryFields(visits, { endField: 'duration_minutes' }))).toEqual([
      'starts',
      'duration_minutes',
      undefined,
    ])
    expect(keysOf(diaryFields(visits, { dateField: 'name', endField: 'due' }))).toEqual(['starts', 'ends', undefined])
  })

  it('take a length for the end where there is none, and the only date for the start', () => {
    expect(keysOf(diaryFields(object([name, starts, minutes])))).toEqual(['starts', 'duration_minutes', undefined])
    expect(diaryFields(object([name, starts, due]))).toBeUndefined()
    expect(diaryFields(object([name]))).toBeUndefined()
  })
})

describe('the columns of a schedule', () => {
  const patient = relation('patient', { onDelete: 'cascade' }, true)
  const doctor = relation('doctor', { onDelete: 'refuse' }, true)
  const visits = object(
    [name, starts, patient, relation('ward', {}), relation('nurse', { many: true }), doctor, status],
    {
      startsAt: 'starts',
    },
  )

  it('stand for whom a record needs before whom it is for', () => {
    expect(resourceFields(visits).map(({ key }) => key)).toEqual(['doctor', 'ward', 'status', 'patient'])
    expect(resourceField(visits)?.key).toBe('doctor')
    expect(resourceField(visits, { resourceField: 'ward' })?.key).toBe('ward')
    expect(resourceField(visits, { resourceField: 'nurse' })?.key).toBe('doctor')
  })

  it('need hours', () => {
    expect(resourceField(object([due, doctor], { dueAt: 'due' }))).toBeUndefined()
  })
})
