/** What a calendar shows at a time: the days of a span around a day, and the way to the next. */
import { dayAfter, daysFrom, formatDay, formatDays, weekdayOf } from './zone.ts'

export const spans = ['day', 'workweek', 'week', 'month', 'agenda'] as const
export type Span = (typeof spans)[number]

/** Days that an agenda lists. */
const agendaDays = 14
const weeksOfMonth = 6

/** Mondays begin the week where the browser does not know better. 0 is Monday. */
export function firstWeekday(locale: string): number {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } }
  return (info.getWeekInfo?.().firstDay ?? 1) - 1
}

/** The days shown, in order. A month brings the days of its neighbours along that fill its weeks. */
export function daysOf(span: Span, day: string, firstOfWeek: number): string[] {
  if (span === 'day') return [day]
  if (span === 'agenda') return daysFrom(day, agendaDays)
  if (span === 'month') return daysFrom(weekOf(firstOfMonth(day), firstOfWeek), weeksOfMonth * 7)
  if (span === 'week') return daysFrom(weekOf(day, firstOfWeek), 7)
  return daysFrom(weekOf(day, 0), 5)
}

/** A day of the span before or after. */
export function stepped(span: Span, day: string, direction: 1 | -1): string {
  if (span === 'day') return dayAfter(day, direction)
  if (span === 'agenda') return dayAfter(day, direction * agendaDays)
  if (span === 'month') return firstOfMonth(dayAfter(firstOfMonth(day), direction === 1 ? 31 : -1))
  return dayAfter(day, direction * 7)
}

export function titleOf(span: Span, day: string, days: string[], locale: string): string {
  if (span === 'day') return formatDay(day, locale, { dateStyle: 'full' })
  if (span === 'month') return formatDay(day, locale, { month: 'long', year: 'numeric' })
  return formatDays(days[0]!, days.at(-1)!, locale)
}

const firstOfMonth = (day: string): string => `${day.slice(0, 8)}01`

const weekOf = (day: string, firstOfWeek: number): string => dayAfter(day, -((weekdayOf(day) - firstOfWeek + 7) % 7))
