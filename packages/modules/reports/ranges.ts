/** Ranges of days: what they are today, what they are compared with, and the stretches they are shown in. */
import {
  dayShifted,
  firstDayOf,
  type PeriodUnit,
  type RelativePeriod,
  relativeDays,
} from '@oneforge/kernel/expressions'
import type { Interval } from '@oneforge/kernel/records'
import type { WidgetRange } from '@oneforge/templates'

/** Whole units of the calendar, and where they lie from today. */
const units = {
  today: 'day',
  yesterday: 'day',
  tomorrow: 'day',
  thisWeek: 'week',
  lastWeek: 'week',
  nextWeek: 'week',
  thisMonth: 'month',
  lastMonth: 'month',
  nextMonth: 'month',
  thisQuarter: 'quarter',
  lastQuarter: 'quarter',
  nextQuarter: 'quarter',
  thisYear: 'year',
  lastYear: 'year',
  nextYear: 'year',
} as const satisfies Partial<Record<RelativePeriod, PeriodUnit>>

export const presets = Object.keys(units) as (keyof typeof units)[]
export const countedPresets = ['lastNDays', 'nextNDays'] as const

/** Days, both ends included. */
export interface DaySpan {
  from: string
  to: string
}

/** How the workspace tells its days. */
export interface Clock {
  now: Date
  timeZone: string
  /** From 1 (Monday) to 7. */
  weekStart: number
}

/** The days that a range means now. */
export function daysOf(range: WidgetRange, { now, timeZone, weekStart }: Clock): DaySpan {
  if ('from' in range) return { from: range.from, to: range.to }
  const { first, last } = relativeDays(range.preset as RelativePeriod, range.n ?? 1, now, timeZone, weekStart)
  return { from: first, to: last }
}

/** What comes right before: the unit of the calendar before this one, else as many days. */
export function previousOf(range: WidgetRange, days: DaySpan): DaySpan {
  const unit = 'preset' in range ? (units as Record<string, PeriodUnit | undefined>)[range.preset] : wholeMonths(days)
  if (unit) {
    const from = dayShifted(unit, days.from, -countOf(unit, days))
    return { from, to: dayShifted('day', days.from, -1) }
  }
  const to = dayShifted('day', days.from, -1)
  return { from: dayShifted('day', to, 1 - lengthOf(days)), to }
}

const wholeMonths = ({ from, to }: DaySpan): PeriodUnit | undefined =>
  from.endsWith('-01') && dayShifted('day', to, 1).endsWith('-01') ? 'month' : undefined

/** Of chosen days several months may be meant at once. */
const countOf = (unit: PeriodUnit, { from, to }: DaySpan): number =>
  unit === 'month' ? monthNumber(to) - monthNumber(from) + 1 : 1

const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

/** The same days a year earlier; a month that ends, ends then too. */
export function yearBefore({ from, to }: DaySpan): DaySpan {
  const after = dayShifted('day', to, 1)
  const endsMonth = after.endsWith('-01')
  const earlier = endsMonth ? dayShifted('day', dayShifted('year', after, -1), -1) : dayShifted('year', to, -1)
  return { from: dayShifted('year', from, -1), to: earlier }
}

/** How many days. */
export const lengthOf = ({ from, to }: DaySpan): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1

/** How much of the days is over by the end of the day before, from 0 to 1. */
export function shareOver(days: DaySpan, today: string): number {
  if (today < days.from) return 0
  if (today > days.to) return 1
  return lengthOf({ from: days.from, to: today }) / lengthOf(days)
}

const isUnit = (interval: Interval): interval is PeriodUnit => interval !== 'weekday' && interval !== 'hour'

/** The first days of the stretches that the days lie in, at most so many: the latest of them. */
export function stretchesOf(interval: PeriodUnit, { from, to }: DaySpan, weekStart: number, most: number): string[] {
  const first = firstDayOf(interval, from, weekStart)
  const starts: string[] = []
  for (let at = firstDayOf(interval, to, weekStart); at >= first; at = dayShifted(interval, at, -1)) {
    starts.push(at)
    if (starts.length === most) break
  }
  return starts.reverse()
}

/** All values of what comes again, as weeks begin: weekdays from 1 (Monday) to 7, hours from 0. */
export const recurrencesOf = (interval: 'weekday' | 'hour', weekStart: number): number[] =>
  interval === 'hour'
    ? Array.from({ length: 24 }, (_, hour) => hour)
    : Array.from({ length: 7 }, (_, index) => ((weekStart - 1 + index) % 7) + 1)

/** The last day of the stretch that begins with the day. */
export const lastDayOf = (interval: PeriodUnit, first: string): string =>
  dayShifted('day', dayShifted(interval, first, 1), -1)

export { isUnit }
