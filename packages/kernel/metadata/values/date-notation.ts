/** Dates and times as people and programs write them, turned into ISO 8601. */
import { isDate } from './dates.ts'
import { foldText } from './fold.ts'
import { serialDate } from './serial-date.ts'

export type DateOrder = 'DMY' | 'MDY' | 'YMD'

/** How to read what a text alone does not tell. */
export interface DateReading {
  order: DateOrder
  /** The last year that two digits may mean; later ones lie a century back: with 2026, `26` is 2026 and `27` is 1927. */
  lastShortYear: number
}

/** `1980-12-31` for a date in any notation, with or without a time behind it; undefined for what is none. */
export function readDate(text: string, reading: DateReading): string | undefined {
  return splitMoment(text, reading)?.date
}

/** `1980-12-31T09:30:00`, with the zone if the text has one; midnight if it has no time. */
export function readDateTime(text: string, reading: DateReading): string | undefined {
  const moment = splitMoment(text, reading)
  return moment && `${moment.date}T${moment.time ?? '00:00:00'}${moment.zone}`
}

/** `09:30:00` for `9:30`, `9.30 pm`, `9 a. m.`; undefined for what is no time. */
export function readTime(text: string): string | undefined {
  const parts = wholeTime.exec(text.trim())
  return parts ? clock(parts[1]!, parts[2], parts[3], parts[4]) : undefined
}

/** Which order a date must be in because one of its numbers is no month; undefined where both would do. */
export function orderOf(text: string): 'DMY' | 'MDY' | undefined {
  const numeric = dayMonth.exec(text.trim())
  if (!numeric) return undefined
  const [first, second] = [Number(numeric[1]), Number(numeric[2])]
  if (first > 12 && second <= 12) return 'DMY'
  return second > 12 && first <= 12 ? 'MDY' : undefined
}

const separator = '\\s?[/.\\-\\s]\\s?'
const yearFirst = new RegExp(`^(\\d{4})${separator}(\\d{1,2})${separator}(\\d{1,2})(?!\\d)`)
const dayMonth = new RegExp(`^(\\d{1,2})${separator}(\\d{1,2})${separator}(\\d{4}|\\d{2})(?!\\d)`)
const compact = /^(\d{4})(\d{2})(\d{2})(?=$|T)/
const serial = /^\d{5}(?:\.\d+)?$/
const weekday = /^\p{L}+\.?,\s*/u
/** `3 Feb 1980`, `3rd of February, 80`, `3 de febrero de 1980`, `3-Feb-80` */
const dayName =
  /^(\d{1,2})(?:st|nd|rd|th|º|\.)?[\s-]+(?:de\s+|of\s+)?(\p{L}+)\.?,?[\s-]+(?:de[l]?\s+)?(\d{4}|\d{2})(?!\d)/iu
/** `February 3, 1980`, `Feb 3rd 80` */
const nameDay = /^(\p{L}+)\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d{2})(?!\d)/iu
const afterDate =
  /^(?:(?:T|,?\s+(?:at\s+)?)(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?)?\s*([ap]\.?\s?m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i
const wholeTime = /^(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?)?\s*([ap]\.?\s?m\.?)?$/i

interface Moment {
  date: string
  time: string | undefined
  /** `Z`, `+02:00` or ''. */
  zone: string
}

function splitMoment(raw: string, reading: DateReading): Moment | undefined {
  const text = raw.trim()
  if (text.length > 60) return undefined
  if (serial.test(text)) return fromSerial(text)
  const found = numericDate(text, reading) ?? namedDate(text.replace(weekday, ''), reading)
  const time = found && afterDate.exec(found.rest)
  if (!found || !time || !isDate(found.date)) return undefined
  const [, hour, minute, second, half, zone = ''] = time
  if (hour === undefined) return { date: found.date, time: undefined, zone: '' }
  const clockTime = clock(hour, minute, second, half)
  return clockTime === undefined ? undefined : { date: found.date, time: clockTime, zone: zone.toUpperCase() }
}

/** Days since 1900, as a spreadsheet leaves them when a date's format was lost. */
function fromSerial(text: string): Moment | undefined {
  const [date, time] = serialDate(Number(text))?.split('T') ?? []
  return date === undefined ? undefined : { date, time, zone: '' }
}

interface FoundDate {
  date: string
  rest: string
}

function numericDate(text: string, { order, lastShortYear }: DateReading): FoundDate | undefined {
  const first = yearFirst.exec(text) ?? compact.exec(text)
  if (first) return found(text, first, first[1]!, first[2]!, first[3]!)
  const other = dayMonth.exec(text)
  if (!other) return undefined
  // A number that is no month decides for itself, whatever the rest of the column does.
  const monthFirst = (orderOf(text) ?? order) === 'MDY'
  const [month, day] = monthFirst ? [other[1]!, other[2]!] : [other[2]!, other[1]!]
  return found(text, other, fullYear(other[3]!, lastShortYear), month, day)
}

function namedDate(text: string, { lastShortYear }: DateReading): FoundDate | undefined {
  const dayFirst = dayName.exec(text)
  const match = dayFirst ?? nameDay.exec(text)
  if (!match) return undefined
  const [day, name] = dayFirst ? [match[1]!, match[2]!] : [match[2]!, match[1]!]
  const month = monthByName.get(foldText(name))
  return month === undefined ? undefined : found(text, match, fullYear(match[3]!, lastShortYear), String(month), day)
}

const found = (text: string, match: RegExpExecArray, year: string, month: string, day: string): FoundDate => ({
  date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  rest: text.slice(match[0].length),
})

function fullYear(year: string, lastShortYear: number): string {
  if (year.length === 4) return year
  const century = lastShortYear - (lastShortYear % 100)
  const candidate = century + Number(year)
  return String(candidate <= lastShortYear ? candidate : candidate - 100)
}

function clock(
  hourText: string,
  minute: string | undefined,
  second: string | undefined,
  half: string | undefined,
): string | undefined {
  if (minute === undefined && half === undefined) return undefined
  let hour = Number(hourText)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
  }
  if (hour > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${minute ?? '00'}:${second ?? '00'}`
}

/** Month names, full and short, of the languages whose files are likely; they do not contradict one another. */
const monthByName = new Map<string, number>()
for (const locale of ['en', 'es', 'fr', 'de', 'it', 'pt']) {
  for (const month of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' })
    for (let index = 0; index < 12; index++) {
      monthByName.set(foldText(format.format(Date.UTC(2000, index, 1))).replaceAll('.', ''), index + 1)
    }
  }
}
for (const [name, month] of [
  ['sept', 9],
  ['set', 9],
] as const)
  monthByName.set(name, month)
