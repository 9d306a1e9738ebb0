/**
 * Dates as they are typed. The order of day, month and year follows the reader's locale; ISO is always understood.
 * A datetime is a moment in UTC for the server and a wall-clock time in the workspace's zone for the person.
 */
import { type DateOrder, dateOrderOf } from './datePatterns.ts'
import { dayNamed, isoDate } from './dayNames.ts'

/** Who types, and when: orders, words and «tomorrow» follow from it. */
export interface DateReader {
  locale: string
  timeZone: string
}

/** `YYYY-MM-DD` or null, of digits in the locale's order or of words. */
export function parseDate(text: string, { locale, timeZone }: DateReader, now = new Date()): string | null {
  return dateInDigits(text, dateOrderOf(locale), now) ?? dayNamed(text, locale, todayIn(timeZone, now))
}

/** Two-digit years up to twenty years ahead belong to this century. */
function dateInDigits(text: string, order: DateOrder, today: Date): string | null {
  const numbers = text.trim().match(/^(\d{1,4})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{1,4}))?$/)
  const compact = text.trim().match(/^(\d{2})(\d{2})(\d{4})$/)
  const found = numbers ?? compact
  if (!found) return null
  const first = found[1] ?? ''
  const second = found[2] ?? ''
  const third = found[3] ?? String(today.getFullYear())
  const [year, month, day] = arrange(first, second, third, order)
  return isoDate(fullYear(year, today), Number(month), Number(day))
}

function arrange(first: string, second: string, third: string, order: DateOrder): [string, string, string] {
  if (first.length === 4 || order === 'YMD') return [first, second, third]
  return order === 'DMY' ? [third, second, first] : [third, first, second]
}

function fullYear(text: string, today: Date): number {
  if (text.length > 2) return Number(text)
  const year = Math.floor(today.getFullYear() / 100) * 100 + Number(text)
  return year > today.getFullYear() + 20 ? year - 100 : year
}

/** `HH:mm` or null; understands «9», «930», «9:30», «2pm», «14.15», «9 Uhr». */
export function parseTime(text: string): string | null {
  const found = /^(\d{1,2})[:.h]?(\d{2})?\s*(?:([ap])\.?m\.?|([ap])|uhr|h)?$/i.exec(text.trim())
  if (!found) return null
  const half = (found[3] ?? found[4])?.toLowerCase()
  const hour = Number(found[1])
  const minute = Number(found[2] ?? 0)
  const hour24 = half === 'p' && hour < 12 ? hour + 12 : half === 'a' && hour === 12 ? 0 : hour
  if (hour24 > 23 || minute > 59) return null
  return `${String(hour24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

const timeAtEnd =
  /^(.+?)(?:(?<=\d)T|[\s,]+(?:at\s|um\s|a las?\s)?\s*)(\d{1,2}(?:[:.h]?\d{2})?\s*(?:[ap]\.?m?\.?|uhr|h)?)$/i
/** Told from a day by its colon, or by the half of the day. */
const timeAlone = /^\d{1,2}(?::\d{2}|(?::\d{2})?\s*[ap]\.?m\.?)$/i

/** «31/12/2026 14:30» as `YYYY-MM-DD HH:mm`; midnight where no time is given, today where no day is. */
export function parseDateAndTime(text: string, reader: DateReader, now = new Date()): string | null {
  const trimmed = text.trim()
  if (timeAlone.test(trimmed)) return joined(todayIn(reader.timeZone, now), parseTime(trimmed))
  const [, day = '', time = ''] = timeAtEnd.exec(trimmed) ?? []
  const endsWithYear = /\s\d{4}$/.test(trimmed)
  const whole = () => joined(parseDate(trimmed, reader, now), '00:00')
  const split = () => joined(parseDate(day, reader, now), parseTime(time))
  return endsWithYear ? (whole() ?? split()) : (split() ?? whole())
}

const joined = (day: string | null, time: string | null): string | null => (day && time ? `${day} ${time}` : null)

/** The day that it is in the zone, `YYYY-MM-DD`. */
function todayIn(timeZone: string, now: Date): string {
  return clockOf(timeZone).format(now).slice(0, 10)
}

/** A UTC moment as wall-clock time of the zone, `YYYY-MM-DD HH:mm:ss`. */
export function toWallClock(moment: string, timeZone: string): string | null {
  const time = Date.parse(moment)
  return Number.isNaN(time) ? null : clockOf(timeZone).format(time).padStart(wallClockLength, '0')
}

const wallClockLength = 'YYYY-MM-DD HH:mm:ss'.length
/** Before railways every place kept the time of its sun: each zone is as far ahead as in this year. */
const beforeZones = Date.UTC(1800, 0, 1)
/** The last time with four digits for its year anywhere. */
const lastWritten = Date.UTC(9999, 11, 30)

/** Wall-clock time of the zone as a UTC moment, RFC 3339. A time that a clock put forward leaves out counts on. */
export function fromWallClock(wallClock: string, timeZone: string): string {
  const asUtc = readUtc(wallClock)
  const aheadAt = (time: number) => {
    const at = Math.min(Math.max(time, beforeZones), lastWritten)
    return readUtc(clockOf(timeZone).format(at)) - at
  }
  // The zone is as far ahead as it is at that moment, which is not known before: so it takes two steps.
  const nearby = asUtc - aheadAt(asUtc)
  return new Date(asUtc - aheadAt(nearby)).toISOString()
}

const readUtc = (wallClock: string): number => Date.parse(`${wallClock.replace(' ', 'T')}Z`)

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Making one takes longer than using it a thousand times. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  // Swedish writes dates as ISO does.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  clocks.set(timeZone, clock)
  return clock
}
