/** Periods relative to today: whole days in a zone. Weeks begin on Monday (ISO 8601) unless said. */
import { Temporal } from 'temporal-polyfill'
import { momentOf } from '../metadata/values/index.ts'

const calendarPeriods = {
  today: ['day', 0],
  yesterday: ['day', -1],
  tomorrow: ['day', 1],
  thisWeek: ['week', 0],
  lastWeek: ['week', -1],
  nextWeek: ['week', 1],
  thisMonth: ['month', 0],
  lastMonth: ['month', -1],
  nextMonth: ['month', 1],
  thisQuarter: ['quarter', 0],
  lastQuarter: ['quarter', -1],
  nextQuarter: ['quarter', 1],
  thisYear: ['year', 0],
  lastYear: ['year', -1],
  nextYear: ['year', 1],
} as const satisfies Record<string, [unit: string, offset: number]>

export type Unit = (typeof calendarPeriods)[keyof typeof calendarPeriods][0]

/** These take an `n`. */
export const countedPeriods = ['lastNDays', 'nextNDays'] as const

export type RelativePeriod = keyof typeof calendarPeriods | (typeof countedPeriods)[number]
export const relativePeriods = [...Object.keys(calendarPeriods), ...countedPeriods] as RelativePeriod[]

export interface Period {
  first: string
  last: string
}

type Day = Temporal.PlainDate

function startOf(unit: Unit, day: Day, weekStart: number): Day {
  if (unit === 'day') return day
  if (unit === 'week') return day.subtract({ days: (day.dayOfWeek - weekStart + 7) % 7 })
  if (unit === 'month') return day.with({ day: 1 })
  if (unit === 'quarter') return day.with({ day: 1, month: Math.floor((day.month - 1) / 3) * 3 + 1 })
  return day.with({ day: 1, month: 1 })
}

function shift(unit: Unit, day: Day, count: number): Day {
  if (unit === 'day') return day.add({ days: count })
  if (unit === 'week') return day.add({ weeks: count })
  if (unit === 'year') return day.add({ years: count })
  return day.add({ months: unit === 'quarter' ? 3 * count : count })
}

function daysOf(period: RelativePeriod, n: number, today: Day, weekStart: number): [first: Day, last: Day] {
  if (period === 'lastNDays') return [today.subtract({ days: n - 1 }), today]
  if (period === 'nextNDays') return [today, today.add({ days: n - 1 })]
  const [unit, offset] = calendarPeriods[period]
  const first = shift(unit, startOf(unit, today, weekStart), offset)
  return [first, shift(unit, first, 1).subtract({ days: 1 })]
}

/**
 * First and last day of a period. `lastNDays` and `nextNDays` are n days of which today is one.
 *
 * @param weekStart on which day weeks begin, from 1 (Monday) to 7.
 */
export function relativeDays(
  period: RelativePeriod,
  n: number,
  now: Date,
  timeZone: string,
  weekStart: number = 1,
): Period {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  const [first, last] = daysOf(period, n, today, weekStart)
  return { first: first.toString(), last: last.toString() }
}

/** First day of the unit that the day lies in. */
export function firstDayOf(unit: Unit, day: string, weekStart: number): string {
  return startOf(unit, Temporal.PlainDate.from(day), weekStart).toString()
}

/** The day so many units later, or earlier; the last one of shorter months. */
export function dayShifted(unit: Unit, day: string, count: number): string {
  return shift(unit, Temporal.PlainDate.from(day), count).toString()
}

const firstMoment = '0001-01-01T00:00:00.000Z'
const lastMoment = '9999-12-31T23:59:59.999Z'

/** First and last moment of a run of days. A day has 23 or 25 hours where the clocks change. */
export function momentsOfDays(days: Period, timeZone: string): Period {
  const first = Temporal.PlainDate.from(days.first).toZonedDateTime(timeZone).epochMilliseconds
  const next = Temporal.PlainDate.from(days.last).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
  return { first: momentOf(first) ?? firstMoment, last: momentOf(next - 1) ?? lastMoment }
}
