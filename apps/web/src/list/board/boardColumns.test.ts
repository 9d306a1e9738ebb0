import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import type { FormatContext } from '../../fields/format.ts'
import { boardField, boardLanes, laneFields, placeOf, placeQuery } from './boardColumns.ts'

const field = (key: string, type: FieldMeta['type'], options: string[] = []) =>
  ({ key, type, label: key, options: options.map((value) => ({ value, label: value })) }) as unknown as FieldMeta
const stage = field('stage', 'select', ['Lead', 'Won'])
const ward = field('ward', 'select', ['A', 'B'])
const nurse = field('nurse', 'user')
const object = {
  fields: [field('name', 'text'), ward, stage, nurse],
  roles: { stage: 'stage' },
} as unknown as ObjectMeta
const format = {
  members: new Map([
    ['u1', 'Ana'],
    ['u2', 'Luis'],
  ]),
} as unknown as FormatContext

describe('a board', () => {
  it('is made of the field chosen, of the stage where that is no choice, and else of any choice', () => {
    expect(boardField(object, 'ward')).toBe(ward)
    expect(boardField(object, 'name')).toBe(stage)
    expect(boardField({ ...object, roles: {} } as ObjectMeta, undefined)).toBe(ward)
    expect(boardField({ ...object, fields: [nurse] } as ObjectMeta, undefined)).toBeUndefined()
  })

  it('has lanes of all options, or of the people that there are, and one of those without', () => {
    expect(laneFields(object.fields, stage)).toEqual([ward, nurse])
    expect(boardLanes(ward, [], 'None', format).map(({ value }) => value)).toEqual(['A', 'B', null])
    const rows = ['u1', 'u1', 'u2', null].map((value) => ({ nurse: value }))
    expect(boardLanes(nurse, rows, 'None', format).map(({ label }) => label)).toEqual(['Ana', 'Luis', 'None'])
  })

  it('asks for the cards of a place beside the filter of the list, and finds the place of a record again', () => {
    const [lane, , none] = boardLanes(ward, [], 'None', format)
    const filter = { field: 'name', op: 'notEmpty' }
    const own = { field: 'stage', op: 'eq', value: 'Won' }
    expect(placeQuery({}, stage, { lane: undefined, value: 'Won' }).filter).toEqual(own)
    expect(placeQuery({ filter }, stage, { lane, value: 'Won' }).filter).toEqual({
      and: [filter, { field: 'ward', op: 'eq', value: 'A' }, own],
    })
    const places = [lane, none].flatMap((one) => ['Lead', 'Won'].map((value) => ({ lane: one, value })))
    expect(placeOf({ stage: 'Won', ward: 'A' } as unknown as RecordData, stage, places)).toBe(places[1])
    expect(placeOf({ stage: 'Lead' } as unknown as RecordData, stage, places)).toBe(places[2])
    expect(placeOf({ stage: 'Gone', ward: 'A' } as unknown as RecordData, stage, places)).toBeUndefined()
  })
})
