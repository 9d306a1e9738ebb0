/** Days and times of activities as the reader's clock has them. */

import { fromWallClock } from '../fields/dates.ts'
import type { FormatContext } from '../fields/format.ts'

type Zone = Pick<FormatContext, 'locale' | 'timeZone'>

export const isPast = (moment: string, now = new Date()): boolean => new Date(moment) < now

/** `YYYY-MM-DD` in the reader's zone. */
export const dayOf = (moment: string | Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(moment),
  )

/** «14:30», with the day before it where that is not plain. */
export function momentText(moment: string, { locale, timeZone }: Zone, withDate: boolean): string {
  const date: Intl.DateTimeFormatOptions = withDate ? { weekday: 'short', day: 'numeric', month: 'short' } : {}
  return new Intl.DateTimeFormat(locale, { ...date, hour: 'numeric', minute: '2-digit', timeZone }).format(
    new Date(moment),
  )
}

/** The first moment of the day that lies so many days ahead of today. */
export function startOfDay(daysAhead: number, timeZone: string, now = new Date()): string {
  const today = new Date(`${dayOf(now, timeZone)}T00:00:00Z`)
  today.setUTCDate(today.getUTCDate() + daysAhead)
  return fromWallClock(`${today.toISOString().slice(0, 10)} 00:00:00`, timeZone)
}

/** The next full hour, moved on by so many minutes. */
export function nextHour(minutes = 0, now = new Date()): string {
  const hour = 3_600_000
  return new Date(Math.ceil(now.getTime() / hour) * hour + minutes * 60_000).toISOString()
}
