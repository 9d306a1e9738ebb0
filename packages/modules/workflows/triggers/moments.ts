/**
 * When a workflow that counts from a date of its record is due, on the clock of the record's location. Days are days of the
 * calendar and hours are hours: `-P1D` before nine is nine the day before, also in the night in which the clocks change;
 * `-PT24H` is so many hours.
 */
import { Temporal } from 'temporal-polyfill'

/** A day without a time: what counts in days from it is due at nine in the morning. */
const hourOfDay = 9

/**
 * @param value a day (YYYY-MM-DD) or a moment (RFC 3339).
 * @param offset ISO 8601, negative for before.
 */
export function momentFrom(value: string, offset: string, timeZone: string): Date {
  const duration = Temporal.Duration.from(offset)
  const start = isDay(value)
    ? dayStart(value, duration, timeZone)
    : Temporal.Instant.from(value).toZonedDateTimeISO(timeZone)
  return new Date(start.add(duration).epochMilliseconds)
}

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value)

/** Who counts in hours counts from midnight. */
function dayStart(
  day: string,
  { hours, minutes, seconds }: Temporal.Duration,
  timeZone: string,
): Temporal.ZonedDateTime {
  const countsHours = hours !== 0 || minutes !== 0 || seconds !== 0
  const plainTime = new Temporal.PlainTime(countsHours ? 0 : hourOfDay)
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime })
}
