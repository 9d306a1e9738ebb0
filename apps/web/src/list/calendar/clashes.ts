/** Who or what is booked twice: records that take the same hours as another and name the same in an exclusive field. */
import type { FieldMeta, Filter, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { asList } from '../../fields/format.ts'
import { type DiaryFields, diaryFields } from './diaryFields.ts'
import { daysOfEntry, type Entry, entryOf, rangeFilter } from './entries.ts'

/** A booking as it stands in a form or in the database. */
export type Booking = Record<string, unknown>

export interface Clash {
  /** What is booked twice: the doctor, the room. */
  field: FieldMeta
  /** The other booking. */
  entry: Entry
}

/** Whoever has so many bookings around one time has seen enough of them. */
const most = 100

/** The hours a booking takes; undefined where it takes none, or has been called off. */
function hoursOf(
  object: ObjectMeta,
  booking: Booking,
  zone: string,
): { fields: DiaryFields; entry: Entry } | undefined {
  const fields = diaryFields(object)
  if (fields?.start.type !== 'datetime' || isCalledOff(object, booking)) return undefined
  const entry = entryOf(booking as RecordData, fields, zone)
  return entry && { fields, entry }
}

function isCalledOff({ stages, roles }: ObjectMeta, booking: Booking): boolean {
  const stage = roles.stage && booking[roles.stage]
  return stages.find(({ value }) => value === stage)?.kind === 'lost'
}

const namedIn = (booking: Booking, { key }: FieldMeta): string[] =>
  asList(booking[key]).map((value) => String((value as { id?: string }).id ?? value))

const exclusiveFields = (object: ObjectMeta, booking: Booking): FieldMeta[] =>
  object.fields.filter((field) => field.rules?.exclusive && namedIn(booking, field).length > 0)

/** What to ask for to see whether a booking clashes; undefined where nothing can. */
export function clashQuery(object: ObjectMeta, booking: Booking, zone: string): ListQuery | undefined {
  const own = hoursOf(object, booking, zone)
  const exclusive = exclusiveFields(object, booking)
  if (!own || exclusive.length === 0) return undefined
  const { first, after } = daysOfEntry(own.entry)
  const same: Filter[] = exclusive.map((field) => ({ field: field.key, op: 'in', value: namedIn(booking, field) }))
  const { start, end } = own.fields
  const fields = [start, ...(end ? [end] : []), ...exclusive].map(({ key }) => key)
  const stage = object.roles.stage
  return {
    filter: { and: [rangeFilter(own.fields, first, after, zone), { or: same }] },
    fields: ['title', 'recordNumber', ...fields, ...(stage ? [stage] : [])],
    limit: most,
  }
}

/** Which of the records clash with the booking, the earliest first; a record does not with itself. */
export function clashesAmong(object: ObjectMeta, booking: Booking, others: RecordData[], zone: string): Clash[] {
  const own = hoursOf(object, booking, zone)
  if (!own) return []
  return others
    .flatMap((record) => (record.id === booking.id ? [] : (hoursOf(object, record, zone)?.entry ?? [])))
    .filter((entry) => entry.start < own.entry.end && own.entry.start < entry.end)
    .toSorted((a, b) => a.start - b.start)
    .flatMap((entry) =>
      exclusiveFields(object, booking)
        .filter((field) => namedIn(entry.record, field).some((id) => namedIn(booking, field).includes(id)))
        .map((field) => ({ field, entry })),
    )
}
