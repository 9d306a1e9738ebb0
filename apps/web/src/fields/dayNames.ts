/**
 * Days as people say them: «tomorrow», «Monday», «5 March». The words are those that Intl has for the reader's language,
 * so every language of the page knows them; English is understood by everybody's side.
 */
import { foldLetters } from '../forms/letters.ts'

/** How far ahead «in 3 days» is understood. */
const mostDays = 31

/** `YYYY-MM-DD` or null. @param today as `YYYY-MM-DD`; a weekday is the next of its name after it. */
export function dayNamed(text: string, locale: string, today: string): string | null {
  const words = bare(text)
  if (!/\p{L}/u.test(words)) return null
  for (const language of [locale, 'en']) {
    const found =
      relativeDay(words, language, today) ?? weekday(words, language, today) ?? monthDay(words, language, today)
    if (found) return found
  }
  return null
}

/** The day if there is one of these numbers, else null. */
export function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exact = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exact ? date.toISOString().slice(0, 10) : null
}

const bare = (text: string): string => foldLetters(text).replace(/[.,]/g, ' ').replace(/\s+/g, ' ').trim()

function relativeDay(words: string, language: string, today: string): string | null {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  for (let days = -2; days <= mostDays; days++) {
    if (bare(format.format(days, 'day')) === words) return plusDays(today, days)
  }
  return null
}

function weekday(words: string, language: string, today: string): string | null {
  const ahead = [1, 2, 3, 4, 5, 6, 7].map((days) => plusDays(today, days))
  return ahead.find((day) => isNamed(words, new Date(day), language, 'weekday')) ?? null
}

function monthDay(words: string, language: string, today: string): string | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)? (?:de |of )?(\p{L}+)(?: (?:de )?(\d{4}))?$/u.exec(words)
  const monthFirst = /^(\p{L}+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/u.exec(words)
  const [day, name, year] = dayFirst ? dayFirst.slice(1) : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]]
  if (!day || !name) return null
  const month = months.find((one) => isNamed(name, new Date(Date.UTC(2026, one - 1)), language, 'month'))
  return month ? isoDate(Number(year ?? today.slice(0, 4)), month, Number(day)) : null
}

const months = Array.from({ length: 12 }, (_, index) => index + 1)
/** Fewer letters begin too many names. */
const fewestLetters = 3

/** By its short name, or by the beginning of the long one. */
function isNamed(words: string, day: Date, language: string, part: 'weekday' | 'month'): boolean {
  const name = (style: 'short' | 'long') =>
    bare(new Intl.DateTimeFormat(language, { [part]: style, timeZone: 'UTC' }).format(day))
  return words === name('short') || (words.length >= fewestLetters && name('long').startsWith(words))
}

function plusDays(day: string, count: number): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + count)
  return next.toISOString().slice(0, 10)
}
