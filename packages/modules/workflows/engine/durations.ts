/** Durations (ISO 8601) from a moment on: days are days of the zone's calendar, also where the clocks change. */
import { validationError } from '@oneforge/kernel/errors'
import { Temporal } from 'temporal-polyfill'

/** Years; whatever is to be done later is a mistake. */
export const longestYears = 100

/** @throws VALIDATION_ERROR for what is no duration, or longer than a hundred years */
export function momentAfter(from: Date, duration: string, timeZone: string): string {
  let length: Temporal.Duration
  try {
    length = Temporal.Duration.from(duration)
  } catch {
    throw validationError([], `“${duration}” is no duration. Write it as ISO 8601 does: PT30M, P3D, P1W.`)
  }
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone)
  const latest = start.add({ years: longestYears }).epochMilliseconds
  const end = endOf(start, length)
  if (end === undefined || end > latest) {
    throw validationError([], `“${duration}” is too long. Wait for ${longestYears} years at the most.`)
  }
  return new Date(end).toISOString()
}

/** In milliseconds; undefined where the calendar does not reach. */
function endOf(start: Temporal.ZonedDateTime, length: Temporal.Duration): number | undefined {
  try {
    const end = start.add(length)
    return end.year > 0 ? end.epochMilliseconds : undefined
  } catch {
    return undefined
  }
}

/**
 * A day or a moment as RFC 3339; a day begins at midnight in the zone.
 *
 * @throws VALIDATION_ERROR for what is none, or lies outside of the years 1 to 9999
 */
export function momentOf(value: unknown, timeZone: string): string {
  const at = typeof value === 'string' ? millisecondsOf(value, timeZone) : Number.NaN
  if (!(at >= firstMoment && at <= lastMoment))
    throw validationError([], `There is no moment to wait for: “${value ?? ''}”. Choose a date field that has a value.`)
  return new Date(at).toISOString()
}

const firstMoment = Date.parse('0001-01-02T00:00:00Z')
const lastMoment = Date.parse('9999-12-30T00:00:00Z')

function millisecondsOf(text: string, timeZone: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(text)
  try {
    return Temporal.PlainDate.from(text).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    // A day that the calendar does not have.
    return Number.NaN
  }
}
