/**
 * Rules of RFC 5545 as people choose them: every two weeks on Monday, the last Friday of each month. A rule that says more
 * than can be chosen here is left as it is written.
 */

import { fromWallClock, toWallClock } from '../fields/dates.ts'

/** A `clock` says its days and its time itself; one of what is `due` counts from then, and keeps to that time. */
export type RecurrenceKind = 'clock' | 'due'

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof frequencies)[number]

export interface Recurrence {
  frequency: Frequency
  /** Every so many days, weeks, months or years. */
  interval: number
  /** `08:30` of a clock. */
  at?: string
  /** Of a weekly one: 1 is Monday, 7 Sunday; none is the one on which it is due. */
  weekdays: number[]
  /** Of a monthly or yearly one: by the number of the day, by a weekday, or by the day on which it is due. */
  by: 'day' | 'weekday' | 'due'
  /** 1 to 31; -1 is the last one. */
  day: number
  /** Which of that weekday in the month: 1 to 4; -1 is the last one. */
  nth: number
  weekday: number
  /** Of a yearly one: 1 is January. */
  month: number
  /** The last moment, as it is written: `20261231T225959Z`. */
  until?: string
  /** How many times it is due, with the first. */
  times?: number
}

/** Which of a weekday in a month can be chosen. */
export const nths = [1, 2, 3, 4, -1]
export const lastDay = -1

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const codeOf = (weekday: number): string => codes[weekday - 1] ?? 'MO'
const weekdayOf = (code: string): number => codes.indexOf(code) + 1

const usual: Recurrence = {
  frequency: 'WEEKLY',
  interval: 1,
  weekdays: [1],
  by: 'day',
  day: 1,
  nth: 1,
  weekday: 1,
  month: 1,
}

/** Where somebody begins to choose. */
export const everySecondMonday = (at: string): string => writeRecurrence({ ...usual, interval: 2, at })
export const everyWeek = 'FREQ=WEEKLY'

/** Nothing where it cannot be chosen here: what is read must be written the same. */
export function readRecurrence(rule: string, kind: RecurrenceKind): Recurrence | undefined {
  const parts = partsOf(rule)
  const number = (name: string) => Number(parts.get(name) ?? 0)
  const frequency = frequencies.find((one) => one === parts.get('FREQ'))
  if (!frequency) return undefined
  const [, nth, code] = /^(-?\d)([A-Z]{2})$/.exec(parts.get('BYDAY') ?? '') ?? []
  const until = parts.get('UNTIL')
  const clock = [number('BYHOUR'), number('BYMINUTE')].map((part) => String(part).padStart(2, '0')).join(':')
  const found: Recurrence = {
    ...usual,
    frequency,
    interval: number('INTERVAL') || 1,
    weekdays: (parts.get('BYDAY') ?? '').split(',').map(weekdayOf).filter(Boolean),
    by: nth ? 'weekday' : kind === 'due' && !parts.has('BYMONTHDAY') ? 'due' : 'day',
    day: number('BYMONTHDAY'),
    nth: Number(nth ?? usual.nth),
    weekday: code ? weekdayOf(code) : usual.weekday,
    month: number('BYMONTH') || usual.month,
    ...(kind === 'clock' && { at: clock }),
    ...(until !== undefined && { until }),
    ...(kind === 'due' && parts.has('COUNT') && { times: number('COUNT') }),
  }
  return isOffered(found, kind) && isSameRule(parts, partsOf(writeRecurrence(found))) ? found : undefined
}

function isOffered({ frequency, weekdays, day, nth }: Recurrence, kind: RecurrenceKind): boolean {
  const hasDay = kind === 'due' || frequency !== 'WEEKLY' || weekdays.length > 0
  return hasDay && nths.includes(nth) && day >= lastDay && day <= 31
}

export function writeRecurrence(recurrence: Recurrence): string {
  const { frequency, interval, at, until, times } = recurrence
  const parts = [
    `FREQ=${frequency}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...daysIn(recurrence),
    ...(at ? timeIn(at) : []),
    ...(until ? [`UNTIL=${until}`] : []),
    ...(times ? [`COUNT=${times}`] : []),
  ]
  return parts.join(';')
}

function timeIn(at: string): string[] {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  return [`BYHOUR=${hour}`, `BYMINUTE=${minute}`]
}

function daysIn({ frequency, weekdays, by, day, nth, weekday, month }: Recurrence): string[] {
  if (frequency === 'DAILY') return []
  if (frequency === 'WEEKLY') {
    return weekdays.length > 0 ? [`BYDAY=${weekdays.toSorted((a, b) => a - b).map(codeOf)}`] : []
  }
  if (by === 'due') return []
  const inMonth = by === 'day' ? `BYMONTHDAY=${day}` : `BYDAY=${nth}${codeOf(weekday)}`
  return frequency === 'YEARLY' ? [`BYMONTH=${month}`, inMonth] : [inMonth]
}

/** What means the same whether it is written or not. */
const defaults = ['INTERVAL=1', 'BYHOUR=0', 'BYMINUTE=0', 'BYSECOND=0', 'WKST=MO']

function partsOf(rule: string): Map<string, string> {
  const written = rule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')
  const said = written.filter((part) => part !== '' && !defaults.includes(part))
  return new Map(said.map((part) => [part.replace(/=.*/s, ''), part.replace(/^[^=]*=?/, '')]))
}

const isSameRule = (one: Map<string, string>, other: Map<string, string>): boolean =>
  one.size === other.size && [...one].every(([name, value]) => sameDays(other.get(name)) === sameDays(value))

const sameDays = (value: string | undefined): string | undefined => value?.split(',').toSorted().join()

/** `20261231T225959Z` of the end of a day in the zone. */
export const endOf = (day: string, timeZone: string): string =>
  fromWallClock(`${day} 23:59:59`, timeZone).replace(/\.\d+|[-:]/g, '')

/** The day in the zone at which a rule ends, which one without a time names itself; empty where that cannot be read. */
export function lastDayOf(until: string, timeZone: string): string {
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(?:T(\d{6})Z)?$/.exec(until) ?? []
  if (!year) return ''
  const written = `${year}-${month}-${day}`
  if (!time) return written
  const clock = time.replace(/(\d\d)(?=\d)/g, '$1:')
  return toWallClock(`${written}T${clock}Z`, timeZone)?.slice(0, 10) ?? ''
}
