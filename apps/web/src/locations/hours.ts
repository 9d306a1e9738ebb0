/** When a location is open: changing its week, and telling from it whether it is open now. */
import type { Holiday, Location, OpenInterval, OpeningHours, Weekday } from '@oneforge/client'
import { clockAfter, minutesOf } from './clock.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies Weekday[]
export const workdays: Weekday[] = weekdays.slice(0, 5)

const usual: OpenInterval = { from: '09:00', to: '17:00' }
const dayEnd = 24 * 60
/** Minutes that a break has until somebody says otherwise, and that hours after it last. */
const usualBreak = 60
const usualRest = 4 * 60

/** «Monday», in the reader's language. 1 January 2024 was one. */
export function weekdayName(day: Weekday, locale: string): string {
  const date = new Date(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)))
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(date)
}

/** The usual hours on a day without any; else further ones after a break, as far as the day has room for them. */
export function withMore(intervals: OpenInterval[]): OpenInterval[] {
  const end = minutesOf(intervals.at(-1)?.to ?? '')
  if (Number.isNaN(end)) return [...intervals, usual]
  const from = Math.min(end + usualBreak, dayEnd - 1)
  return [...intervals, { from: clockAfter(from), to: clockAfter(Math.min(from + usualRest, dayEnd)) }]
}

export function copiedTo(hours: OpeningHours, from: Weekday, days: Weekday[]): OpeningHours {
  return { ...hours, ...Object.fromEntries(days.map((day) => [day, hours[from] ?? []])) }
}

export function usualWeek(): OpeningHours {
  return Object.fromEntries(workdays.map((day) => [day, [usual]]))
}

/** In the order of the clock, as the server wants them; days without hours are left out. */
export function tidyHours(hours: OpeningHours): OpeningHours {
  const open = weekdays.filter((day) => hours[day]?.length)
  return Object.fromEntries(open.map((day) => [day, tidyIntervals(hours[day]!)]))
}

export function tidyIntervals(intervals: OpenInterval[]): OpenInterval[] {
  return intervals.toSorted((a, b) => a.from.localeCompare(b.from))
}

/** By date; a day that has no special hours says nothing of hours. */
export function tidyHolidays(holidays: Holiday[]): Holiday[] {
  return holidays
    .toSorted((a, b) => a.date.localeCompare(b.date))
    .map(({ date, name, hours }) => ({ date, name, ...(hours?.length ? { hours: tidyIntervals(hours) } : {}) }))
}

export type OpenState = { open: true; until: string } | { open: false; next: string | null; holiday: string | null }

/** Open until when, or closed and, if it opens later today, from when; by the clock at the location. */
export function openState(location: Pick<Location, 'hours' | 'holidays' | 'timeZone'>, now: Date): OpenState {
  const { date, day, time } = clockAt(location.timeZone, now)
  const holiday = location.holidays.find((candidate) => candidate.date === date)
  const intervals = (holiday ? holiday.hours : location.hours[day]) ?? []
  const current = intervals.find(({ from, to }) => from <= time && time < to)
  if (current) return { open: true, until: current.to }
  const next = intervals.find(({ from }) => from > time)?.from ?? null
  return { open: false, next, holiday: holiday?.name ?? null }
}

function clockAt(timeZone: string, now: Date): { date: string; day: Weekday; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    day: part.weekday!.toLowerCase() as Weekday,
    time: `${part.hour}:${part.minute}`,
  }
}
