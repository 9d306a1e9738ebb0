import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { type Booking, clashesAmong, clashQuery } from './clashes.ts'

const field = (key: string, type: FieldMeta['type'], isExclusive = false) =>
  ({ key, type, options: [], rules: isExclusive ? { exclusive: true } : null }) as unknown as FieldMeta

const visits = {
  slug: 'visits',
  roles: { title: 'reason', stage: 'status', startsAt: 'at' },
  fields: [
    field('at', 'datetime'),
    field('minutes', 'duration'),
    field('doctor', 'relation', true),
    field('room', 'text', true),
    field('department', 'relation'),
    field('status', 'select'),
  ],
  stages: [
    { value: 'Planned', kind: 'open' },
    { value: 'Cancelled', kind: 'lost' },
  ],
} as unknown as ObjectMeta

const nowak = { id: 'nowak', object: 'doctors', title: 'Dr Nowak' }
const kim = { id: 'kim', object: 'doctors', title: 'Dr Kim' }
const visit = (id: string, time: string, more: Booking = {}): RecordData =>
  ({
    id,
    at: `2026-05-04T${time}:00.000Z`,
    minutes: 30,
    doctor: nowak,
    status: 'Planned',
    ...more,
  }) as unknown as RecordData
const clashing = (booking: Booking, others: RecordData[]) =>
  clashesAmong(visits, booking, others, 'UTC').map(({ field: { key }, entry }) => `${key} ${entry.record.id}`)

describe('a booking clashes', () => {
  const others = [
    visit('before', '09:00'),
    visit('within', '09:45'),
    visit('room', '10:15', { doctor: kim, room: 'A1' }),
    visit('after', '10:30'),
    visit('cancelled', '10:00', { status: 'Cancelled' }),
    visit('elsewhere', '10:00', { doctor: kim, department: nowak }),
  ]

  it('with what takes the same doctor or room at the same time, but not with what only touches it', () => {
    expect(clashing(visit('own', '10:00', { room: 'A1' }), others)).toEqual(['doctor within', 'room room'])
  })

  it('not with itself, and not once it is called off', () => {
    expect(clashing(visit('within', '09:45'), others.slice(0, 2))).toEqual([])
    expect(clashing(visit('own', '10:00', { status: 'Cancelled' }), others)).toEqual([])
  })

  it('asks for those of its day that name the same', () => {
    const { filter } = clashQuery(visits, visit('own', '10:00'), 'UTC')!
    expect(filter).toMatchObject({ and: [{}, { or: [{ field: 'doctor', op: 'in', value: ['nowak'] }] }] })
    expect(clashQuery(visits, { at: '2026-05-04T10:00:00.000Z' }, 'UTC')).toBeUndefined()
    expect(clashQuery(visits, { doctor: nowak }, 'UTC')).toBeUndefined()
  })
})
