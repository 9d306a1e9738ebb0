/**
 * Rules of RFC 5545 as people choose them: every two weeks on Monday, the last Friday of each month. A rule that says more
 * than can be chosen here is left as it is written.
 */
export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof frequencies)[number]

export interface Recurrence {
  frequency: Frequency
  /** Every so many days, weeks, months or years. */
  interval: number
  /** `08:30`. */
  at: string
  /** Of a weekly one: 1 is Monday, 7 Sunday. */
  weekdays: number[]
  /** Of a monthly or yearly one: by the number of the day, or by a weekday. */
  by: 'day' | 'weekday'
  /** 1 to 31; -1 is the last one. */
  day: number
  /** Which of that weekday in the month: 1 to 4; -1 is the last one. */
  nth: number
  weekday: number
  /** Of a yearly one: 1 is January. */
  month: number
  /** The last moment, as it is written: `20261231T225959Z`. */
  until?: string
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
  at: '00:00',
  weekdays: [1],
  by: 'day',
  day: 1,
  nth: 1,
  weekday: 1,
  month: 1,
}

/** Where somebody begins to choose. */
export const everySecondMonday = (at: string): string => writeRecurrence({ ...usual, interval: 2, at })

/** Nothing where it cannot be chosen here: what is read must be written the same. */
export function readRecurrence(rule: string): Recurrence | undefined {
  const parts = partsOf(rule)
  const number = (name: string) => Number(parts.get(name) ?? 0)
  const frequency = frequencies.find((one) => one === parts.get('FREQ'))
  if (!frequency) return undefined
  const [, nth, code] = /^(-?\d)([A-Z]{2})$/.exec(parts.get('BYDAY') ?? '') ?? []
  const until = parts.get('UNTIL')
  const found: Recurrence = {
    ...usual,
    frequency,
    interval: number('INTERVAL') || 1,
    at: [number('BYHOUR'), number('BYMINUTE')].map((part) => String(part).padStart(2, '0')).join(':'),
    weekdays: (parts.get('BYDAY') ?? '').split(',').map(weekdayOf),
    by: nth ? 'weekday' : 'day',
    day: number('BYMONTHDAY'),
    nth: Number(nth ?? usual.nth),
    weekday: code ? weekdayOf(code) : usual.weekday,
    month: number('BYMONTH') || usual.month,
    ...(until !== undefined && { until }),
  }
  const isOffered = nths.includes(found.nth) && found.day >= lastDay && found.day <= 31
  return isOffered && isSameRule(parts, partsOf(writeRecurrence(found))) ? found : undefined
}

export function writeRecurrence(recurrence: Recurrence): string {
  const { frequency, interval, at, until } = recurrence
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  const parts = [
    `FREQ=${frequency}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...daysIn(recurrence),
    `BYHOUR=${hour}`,
    `BYMINUTE=${minute}`,
    ...(until ? [`UNTIL=${until}`] : []),
  ]
  return parts.join(';')
}

function daysIn({ frequency, weekdays, by, day, nth, weekday, month }: Recurrence): string[] {
  if (frequency === 'DAILY') return []
  if (frequency === 'WEEKLY') return [`BYDAY=${weekdays.toSorted((a, b) => a - b).map(codeOf)}`]
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
