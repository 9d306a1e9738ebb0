/**
 * When somebody is reminded, on their own clock: a day before nine o'clock is nine o'clock, also when the clocks change in
 * between, and an hour before is sixty minutes.
 */
import { Temporal } from 'temporal-polyfill'

/** What can be chosen, as the field of the pack has it, and how long before that is. */
const leads: Record<string, Temporal.DurationLike> = {
  'At the time': { hours: 0 },
  '10 minutes before': { minutes: 10 },
  '1 hour before': { hours: 1 },
  '1 day before': { days: 1 },
}

/** What is due on a day without a time counts from here. */
const morning = Temporal.PlainTime.from('09:00')

/** The times that forms give to a day: its beginning, and the end of today. */
const timesOfDays = new Set(['00:00', '23:59'])

export interface Reminded {
  /** RFC 3339 in UTC, or a day. */
  due: string
  /** The choice; undefined where it is none that is known. */
  choice: string
  /** Whether midnight means that there is no time. */
  midnightIsDay: boolean
  /** Whether the time does not count at all. */
  allDay: boolean
}

/** @returns undefined where the choice is none. */
export function remindAt({ due, choice, midnightIsDay, allDay }: Reminded, timeZone: string): Date | undefined {
  const lead = leads[choice]
  if (!lead) return undefined
  const moment = momentOf(due, timeZone)
  const isDay = allDay || due.length === dayLength || (midnightIsDay && timesOfDays.has(timeOf(moment)))
  const from = isDay ? moment.withPlainTime(morning) : moment
  return new Date(from.subtract(lead).epochMilliseconds)
}

const dayLength = 'YYYY-MM-DD'.length

const momentOf = (due: string, timeZone: string): Temporal.ZonedDateTime =>
  due.length === dayLength
    ? Temporal.PlainDate.from(due).toZonedDateTime(timeZone)
    : Temporal.Instant.from(due).toZonedDateTimeISO(timeZone)

const timeOf = (moment: Temporal.ZonedDateTime): string => moment.toPlainTime().toString({ smallestUnit: 'minute' })
