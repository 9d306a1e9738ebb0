/**
 * Days and the clock on the wall of a time zone. A diary asks for them thousands of times, so formats are kept.
 * Days are `YYYY-MM-DD`, moments are milliseconds since 1970 in UTC, minutes count from midnight.
 */

/** What the clock on the wall shows. */
export interface Wall {
  day: string
  minute: number
}

const minute = 60_000
const oneDay = 24 * 60 * minute
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`
  const kept = formats.get(name)
  if (kept) return kept
  const made = new Intl.DateTimeFormat(locale, options)
  formats.set(name, made)
  return made
}

const clock = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

/** The wall's clock at a moment. */
export function wallOf(moment: number, zone: string): Wall {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatOf('en-GB', { ...clock, timeZone: zone }).formatToParts(moment))
    parts[type] = value
  return {
    day: `${parts.year!.padStart(4, '0')}-${parts.month}-${parts.day}`,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  }
}

/**
 * The moment at which the wall's clock shows this; `minute` may be 1440 or more, or negative. Of an hour that comes
 * twice the first is meant; one that is left out is taken as if the clocks had not been put forward yet.
 */
export function momentOf(day: string, minuteOfDay: number, zone: string): number {
  const asIfUtc = startOf(day) + minuteOfDay * minute
  const offsetAt = (moment: number) => {
    const wall = wallOf(moment, zone)
    return startOf(wall.day) + wall.minute * minute - Math.floor(moment / minute) * minute
  }
  const before = offsetAt(asIfUtc - oneDay)
  const after = offsetAt(asIfUtc + oneDay)
  const shows = (offset: number) => offsetAt(asIfUtc - offset) === offset
  return asIfUtc - (shows(after) && !shows(before) ? after : before)
}

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export function dayAfter(day: string, days = 1): string {
  return new Date(startOf(day) + days * oneDay).toISOString().slice(0, 10)
}

/** Whole days from one to the other. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / oneDay)
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(startOf(day)).getUTCDay() + 6) % 7
}

export function daysFrom(day: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayAfter(day, index))
}

/** A day in the reader's language; days have no zone. */
export function formatDay(day: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return formatOf(locale, { ...options, timeZone: 'UTC' }).format(startOf(day))
}

export function formatDays(from: string, to: string, locale: string): string {
  return formatOf(locale, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(startOf(from), startOf(to))
}

/** `08:30` or `8:30 am`, as the reader writes it. 24:00 is midnight. */
export function formatMinute(minuteOfDay: number, locale: string): string {
  return formatOf(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(minuteOfDay * minute)
}
