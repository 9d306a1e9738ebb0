/** Durations (ISO 8601) from a moment on: days are days of the zone's calendar, also where the clocks change. */
import { validationError } from '@oneforge/kernel/errors'
import { Temporal } from 'temporal-polyfill'

/** @throws VALIDATION_ERROR for what is no duration */
export function momentAfter(from: Date, duration: string, timeZone: string): string {
  let length: Temporal.Duration
  try {
    length = Temporal.Duration.from(duration)
  } catch {
    throw validationError([], `“${duration}” is no duration. Write it as ISO 8601 does: PT30M, P3D, P1W.`)
  }
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(start.add(length).epochMilliseconds).toISOString()
}

/** A day or a moment as RFC 3339; a day begins at midnight in the zone. */
export function momentOf(value: unknown, timeZone: string): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return new Date(Temporal.PlainDate.from(value).toZonedDateTime(timeZone).epochMilliseconds).toISOString()
  }
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at))
    throw validationError([], `There is no moment to wait for: “${value ?? ''}”. Choose a date field that has a value.`)
  return new Date(at).toISOString()
}
