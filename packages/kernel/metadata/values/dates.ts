/** date, datetime and time: ISO 8601 texts, whose order as text is their order in time. */

import { Temporal } from 'temporal-polyfill'
import { type Said, says } from '../../errors/index.ts'
import {
  accept,
  type Parsed,
  refuse,
  type StoredValue,
  type ValueContext,
  type ValueField,
  type ValueType,
} from './value-type.ts'

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const dateTimePattern =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?\s?([Zz]|[+-]\d{2}:?\d{2})?$/
const timePattern = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** Whether the text is a day of the calendar between the years 0001 and 9999, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const [, year, month, day] = datePattern.exec(text)?.map(Number) ?? []
  if (!year || !month || !day) return false
  return month <= 12 && day <= daysIn(year, month)
}

function parseDate(input: unknown): Parsed<string> {
  if (typeof input !== 'string') return refuse(says('date'))
  const text = input.trim()
  if (text === '') return accept<string>(null)
  if (isDate(text)) return accept(text)
  return refuse(datePattern.test(text) ? `is not a day of the calendar: ${text}` : says('date'))
}

const firstMoment = Date.parse('0001-01-01T00:00:00.000Z')
const lastMoment = Date.parse('9999-12-31T23:59:59.999Z')

/** The canonical form of a moment in milliseconds since 1970; undefined outside the years 0001 to 9999. */
export const momentOf = (epochMilliseconds: number): string | undefined =>
  epochMilliseconds >= firstMoment && epochMilliseconds <= lastMoment
    ? new Date(epochMilliseconds).toISOString()
    : undefined

function offsetMinutes(offset: string): number | undefined {
  if (offset.toUpperCase() === 'Z') return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))]
  if (hours > 18 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

const momentExpected = 'must be a date and time such as 2026-04-30T09:30:00Z'

/** Without an offset the wall clock of the tenant's zone is meant; in a spring gap the clock has already gone ahead. */
function parseDateTime(input: unknown, _field: ValueField, context: ValueContext): Parsed<string> {
  if (typeof input === 'string' && input.trim() === '') return accept<string>(null)
  const parts = typeof input === 'string' ? dateTimePattern.exec(input.trim()) : null
  const [, date = '', time = '', fraction = '', offset] = parts ?? []
  if (!isDate(date) || !timePattern.test(time)) return refuse(momentExpected)
  const local = `${date}T${time.padEnd(8, ':00')}.${fraction.slice(0, 3).padEnd(3, '0')}`
  const minutes = offset === undefined ? undefined : offsetMinutes(offset)
  if (offset !== undefined && minutes === undefined) return refuse(momentExpected)
  const epoch =
    minutes === undefined
      ? Temporal.PlainDateTime.from(local).toZonedDateTime(context.timeZone).epochMilliseconds
      : Date.parse(`${local}Z`) - minutes * 60_000
  const moment = momentOf(epoch)
  return moment === undefined ? refuse('must lie between the years 0001 and 9999') : accept(moment)
}

function parseTime(input: unknown): Parsed<string> {
  const text = typeof input === 'string' ? input.trim() : undefined
  if (text === '') return accept<string>(null)
  if (text === undefined || !timePattern.test(text)) return refuse('must be a time such as 09:30')
  return accept(text.endsWith(':00') && text.length === 8 ? text.slice(0, 5) : text)
}

/** The day that a moment falls on in a zone. */
export const dayOf = (moment: string, timeZone: string): string =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString()

function checkDay(day: string, field: ValueField, context: ValueContext): Said | undefined {
  const limit = (rule: string): string => (rule === 'today' ? context.today : rule)
  const { notBefore, notAfter } = field.rules ?? {}
  if (notBefore !== undefined && day < limit(notBefore)) return says('notBefore', { day: limit(notBefore) })
  if (notAfter !== undefined && day > limit(notAfter)) return says('notAfter', { day: limit(notAfter) })
  return undefined
}

const asIs = (value: StoredValue): string => value as string

export const date: ValueType = {
  parse: parseDate,
  check: (value, field, context) => checkDay(value as string, field, context),
  sortKey: asIs,
  search: asIs,
  display: (value, _field, locale) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${value}T00:00:00Z`)),
  rules: ['notBefore', 'notAfter'],
}

export const datetime: ValueType = {
  parse: parseDateTime,
  check: (value, field, context) =>
    field.rules?.notBefore || field.rules?.notAfter
      ? checkDay(dayOf(value as string, context.timeZone), field, context)
      : undefined,
  sortKey: asIs,
  search: (value) => (value as string).slice(0, 10),
  display: (value, _field, locale, timeZone) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
      Date.parse(value as string),
    ),
  rules: ['notBefore', 'notAfter'],
}

export const time: ValueType = { parse: parseTime, sortKey: asIs, search: asIs, display: asIs, rules: [] }
