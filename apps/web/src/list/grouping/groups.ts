/** The groups of a list: by which fields, what each is called, and which records are in one. */
import type { AggregateInput, FieldMeta, Filter, GroupInterval, ViewSettings } from '@oneforge/client'
import { type FormatContext, formatValue, isEmptyValue, shownType } from '../../fields/format.ts'
import type { Sums } from '../totals/totals.ts'

const plainTypes = [
  'text',
  'select',
  'boolean',
  'user',
  'integer',
  'rating',
  'email',
  'url',
  'phone',
  'percent',
  'number',
]
const dateTypes = ['date', 'datetime']

/** The rest cannot be grouped: a record may hold several, or each holds its own. */
export function isGroupable(field: FieldMeta): boolean {
  const isPlain = plainTypes.includes(field.type) && field.key !== 'recordNumber'
  return !field.key.includes('.') && (isPlain || dateTypes.includes(field.type))
}

const isDate = (field: FieldMeta): boolean => dateTypes.includes(field.type)

export function groupingOf(
  fields: FieldMeta[],
  { interval = 'month' }: ViewSettings,
): NonNullable<AggregateInput['groupBy']> {
  return fields.map((field) => (isDate(field) ? { field: field.key, interval } : field.key))
}

/** A group as a filter over the records of the list. */
export function filterOfGroup(field: FieldMeta, value: unknown, { interval = 'month' }: ViewSettings): Filter {
  const { key } = field
  if (isEmptyValue(value)) return { field: key, op: 'empty' }
  if (!isDate(field)) return { field: key, op: 'eq', value }
  const from = String(value).slice(0, 10)
  return {
    and: [
      { field: key, op: 'gte', value: from },
      { field: key, op: 'lt', value: endOf(from, interval) },
    ],
  }
}

const months: Partial<Record<GroupInterval, number>> = { month: 1, quarter: 3, year: 12 }

/** The first day after the period that begins on the day. */
export function endOf(from: string, interval: GroupInterval): string {
  const day = new Date(`${from}T00:00:00Z`)
  const more = months[interval]
  if (more) day.setUTCMonth(day.getUTCMonth() + more)
  else day.setUTCDate(day.getUTCDate() + (interval === 'week' ? 7 : 1))
  return day.toISOString().slice(0, 10)
}

/** What a group of dates is called: «May 2026», «Q2 2026»; days and weeks by their first day. */
export function periodText(from: string, interval: GroupInterval, locale: string): string {
  const day = new Date(`${from.slice(0, 10)}T00:00:00Z`)
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(day)
  if (interval === 'year') return write({ year: 'numeric' })
  if (interval === 'quarter') return `Q${Math.floor(day.getUTCMonth() / 3) + 1} ${write({ year: 'numeric' })}`
  if (interval === 'month') return write({ month: 'long', year: 'numeric' })
  return write({ dateStyle: 'medium' })
}

/** '' for the records that have no value. */
export function groupText(
  field: FieldMeta,
  value: unknown,
  { interval = 'month' }: ViewSettings,
  format: FormatContext,
): string {
  if (isEmptyValue(value)) return ''
  return isDate(field) ? periodText(String(value), interval, format.locale) : formatValue(field, value, format)
}

/** Choices stand in their own order, the rest as the server sorted them; records without a value come last. */
export function inOrder(rows: Sums[], field: FieldMeta): Sums[] {
  const place = (row: Sums): number => {
    const value = row[field.key]
    if (isEmptyValue(value)) return Number.POSITIVE_INFINITY
    return shownType(field) === 'select' ? field.options.findIndex((option) => option.value === value) : 0
  }
  return rows
    .map((row) => ({ row, at: place(row) }))
    .sort((one, other) => (one.at === other.at ? 0 : one.at - other.at))
    .map(({ row }) => row)
}
