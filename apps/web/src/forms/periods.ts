/** Periods relative to today, in days: «this month» is its first and its last. Weeks begin on Monday. */
import { fromWallClock, toWallClock } from '../fields/dates.ts'

/** YYYY-MM-DD, both included. */
export interface Days {
  first: string
  last: string
}

const units = { Week: 7, Month: 1, Quarter: 3, Year: 12 } as const

/** The day that it is in the zone. */
export function dayIn(moment: Date, timeZone: string): string {
  return toWallClock(moment.toISOString(), timeZone)?.slice(0, 10) ?? ''
}

function dayOf(text: string): Date {
  return new Date(`${text}T00:00:00Z`)
}

/** Also of years with more digits than four: the day after the last of 9999. */
function textOf(day: Date): string {
  return day.toISOString().split('T')[0]!
}

function plusDays(day: string, count: number): string {
  const next = dayOf(day)
  next.setUTCDate(next.getUTCDate() + count)
  return textOf(next)
}

/** First and last day of a period, seen from `today`; undefined for a period there is not. */
export function daysOf(period: string, n: number, today: string): Days | undefined {
  if (period === 'lastNDays') return { first: plusDays(today, 1 - n), last: today }
  if (period === 'nextNDays') return { first: today, last: plusDays(today, n - 1) }
  const near = { yesterday: -1, today: 0, tomorrow: 1 }[period]
  if (near !== undefined) return { first: plusDays(today, near), last: plusDays(today, near) }
  const [, which, unit] = /^(this|last|next)(Week|Month|Quarter|Year)$/.exec(period) ?? []
  if (!which || !unit) return undefined
  const offset = { last: -1, this: 0, next: 1 }[which as 'this']
  if (unit === 'Week') {
    const monday = plusDays(today, -((dayOf(today).getUTCDay() + 6) % 7) + offset * units.Week)
    return { first: monday, last: plusDays(monday, 6) }
  }
  const months = units[unit as 'Month']
  const day = dayOf(today)
  const month = Math.floor(day.getUTCMonth() / months) * months + offset * months
  const first = new Date(Date.UTC(day.getUTCFullYear(), month, 1))
  const next = new Date(Date.UTC(day.getUTCFullYear(), month + months, 1))
  return { first: textOf(first), last: plusDays(textOf(next), -1) }
}

/** First and last moment of days, as ISO texts. */
export function momentsOf({ first, last }: Days, timeZone: string): Days {
  const from = fromWallClock(`${first}T00:00:00`, timeZone)
  const next = Date.parse(fromWallClock(`${plusDays(last, 1)}T00:00:00`, timeZone))
  return { first: new Date(from).toISOString(), last: new Date(next - 1).toISOString() }
}
