/** Records as entries of a diary, and what is written to a record when its entry is moved or stretched. */
import type { FieldMeta, Filter, RecordData } from '@oneforge/client'
import { type DiaryFields, isLength, usualMinutes } from './diaryFields.ts'
import { dayAfter, momentOf, type Wall, wallOf } from './zone.ts'

export interface Entry {
  record: RecordData
  /** Moments. */
  start: number
  end: number
  /** The same on the wall of the diary's zone; `to` is where it is over. */
  from: Wall
  to: Wall
  /** Drawn over days and not among hours: it has none, or takes a day or more. */
  isBar: boolean
  color: string | null
}

const minute = 60_000
const wholeDay = 24 * 60 * minute

/** Undefined for a record without a date: it stands nowhere. */
export function entryOf(record: RecordData, fields: DiaryFields, zone: string): Entry | undefined {
  const value = record[fields.start.key]
  if (typeof value !== 'string' || value === '') return undefined
  const start = fields.start.type === 'date' ? momentOf(value, 0, zone) : Date.parse(value)
  const end = Math.max(endOf(record, start, fields, zone), start)
  return {
    record,
    start,
    end,
    from: wallOf(start, zone),
    to: wallOf(end, zone),
    isBar: fields.start.type === 'date' || end - start >= wholeDay,
    color: colorOf(record, fields.color),
  }
}

/** Those of these days, in the order in which they begin. */
export function entriesOf(records: RecordData[], fields: DiaryFields, zone: string, days: string[]): Entry[] {
  const first = days[0]!
  const after = dayAfter(days.at(-1)!)
  return records
    .flatMap((record) => entryOf(record, fields, zone) ?? [])
    .filter((entry) => entry.from.day < after && daysOfEntry(entry).after > first)
    .toSorted((a, b) => a.start - b.start || a.end - b.end || a.record.id.localeCompare(b.record.id))
}

/** An end as a day is the last day that counts. */
function endOf(record: RecordData, start: number, { start: from, end }: DiaryFields, zone: string): number {
  const value = end && record[end.key]
  if (from.type === 'date') {
    const last = typeof value === 'string' && value > wallOf(start, zone).day ? value : wallOf(start, zone).day
    return momentOf(dayAfter(last), 0, zone)
  }
  if (end && isLength(end) && typeof value === 'number' && value > 0) return start + value * minute
  return typeof value === 'string' && Date.parse(value) > start ? Date.parse(value) : start + usualMinutes * minute
}

function colorOf(record: RecordData, field: FieldMeta | undefined): string | null {
  return field?.options.find(({ value }) => value === record[field.key])?.color ?? null
}

/** The first day an entry stands on, and the day after its last. */
export function daysOfEntry({ from, to }: Pick<Entry, 'from' | 'to'>): { first: string; after: string } {
  const after = to.minute > 0 || to.day === from.day ? dayAfter(to.day) : to.day
  return { first: from.day, after }
}

/** The values that put an entry there. */
export function valuesAt(
  fields: DiaryFields,
  start: number,
  end: number,
  zone: string,
): Record<string, string | number> {
  const values = { [fields.start.key]: stored(fields.start, start, zone) }
  if (!fields.end) return values
  const length = Math.round((end - start) / minute)
  const until = fields.end.type === 'date' ? wallOf(end - 1, zone).day : new Date(end).toISOString()
  return { ...values, [fields.end.key]: isLength(fields.end) ? length : until }
}

const stored = (field: FieldMeta, moment: number, zone: string): string =>
  field.type === 'date' ? wallOf(moment, zone).day : new Date(moment).toISOString()

/** The start of an entry on another day, at the same time of the clock; its length stays. */
export function shifted(entry: Entry, days: number, zone: string): { start: number; end: number } {
  const start = momentOf(dayAfter(entry.from.day, days), entry.from.minute, zone)
  if (!entry.isBar) return { start, end: start + entry.end - entry.start }
  return { start, end: momentOf(dayAfter(entry.to.day, days), entry.to.minute, zone) }
}

/** Only what really changes is written: a move leaves a length alone, and an end that was empty stays so. */
export function changedValues(
  entry: Entry,
  values: Record<string, unknown>,
  fields: DiaryFields,
  isStretched: boolean,
): Record<string, unknown> {
  const { record } = entry
  const isEndSaid =
    isStretched || (fields.end && record[fields.end.key] !== null && record[fields.end.key] !== undefined)
  const isSame = (key: string) =>
    key === fields.start.key && fields.start.type === 'datetime'
      ? Date.parse(String(record[key])) === Date.parse(String(values[key]))
      : JSON.stringify(record[key]) === JSON.stringify(values[key])
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => (key !== fields.end?.key || isEndSaid) && !isSame(key)),
  )
}

/** What touches these days: from the first up to the day `after`. */
export function rangeFilter({ start, end }: DiaryFields, first: string, after: string, zone: string): Filter {
  const bound = (field: FieldMeta, day: string) =>
    field.type === 'date' ? day : new Date(momentOf(day, 0, zone)).toISOString()
  const from = (field: FieldMeta, day: string): Filter => ({ field: field.key, op: 'gte', value: bound(field, day) })
  const begins: Filter = { field: start.key, op: 'lt', value: bound(start, after) }
  if (!end) return { and: [begins, from(start, first)] }
  // Of lengths the database knows no end: what began the evening before may last into the first day.
  if (isLength(end)) return { and: [begins, from(start, dayAfter(first, -1))] }
  return { and: [begins, { or: [from(start, first), from(end, first)] }] }
}
