/** What may stand behind the bar of a merge field, and how values look without any. */
import { isDate } from '@oneforge/kernel/metadata/values'
import { filters as standard } from 'liquidjs'

export interface Reader {
  locale: string
  timeZone: string
}

/** Filters of liquidjs that only change texts, numbers and short lists; what is not among them does not exist. */
export const allowedFilters: ReadonlySet<string> = new Set(
  (
    'abs append at_least at_most capitalize ceil compact default divided_by downcase first floor join last lstrip ' +
    'minus modulo plus prepend remove replace reverse round rstrip size slice split strip strip_newlines times ' +
    'truncate truncatewords uniq upcase url_encode'
  ).split(' '),
)

/** Days, amounts and numbers as the reader writes them. */
export const filtersFor = (reader: Reader): Record<string, (value: unknown, ...options: unknown[]) => unknown> => ({
  date(value, format = 'medium') {
    const text = String(value ?? '')
    return Number.isNaN(Date.parse(text)) ? text : new Written(dateText(text, String(format), reader, this))
  },
  money: (value, currency) =>
    isMoney(value) || currency === undefined
      ? asText(value, reader)
      : asText({ amount: String(value), currency: String(currency) }, reader),
  number: (value, digits) =>
    value === null || value === undefined || Number.isNaN(Number(value)) ? value : numberText(value, digits, reader),
})

/** A text that a filter has made: it looks as it was asked for, even where it could be read as a day. */
class Written {
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** As `%d.%m.%Y` has it. */
const byPattern = standard.date as (this: unknown, moment: string, pattern: string, timeZone: string) => unknown

const styles = new Set(['short', 'medium', 'long', 'full'])
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

/** A day belongs to no zone: it is told as it is written. */
const zoneOf = (text: string, { timeZone }: Reader): string => (isDate(text) ? 'UTC' : timeZone)

function dateText(text: string, format: string, reader: Reader, filter: unknown): string {
  const timeZone = zoneOf(text, reader)
  if (format === 'time')
    return new Intl.DateTimeFormat(reader.locale, { timeZone, timeStyle: 'short' }).format(new Date(text))
  if (!styles.has(format)) return String(byPattern.call(filter, text, format, timeZone))
  const dateStyle = format as 'short'
  const style = isDate(text) ? { dateStyle } : { dateStyle, timeStyle: 'short' as const }
  return new Intl.DateTimeFormat(reader.locale, { timeZone, ...style }).format(new Date(text))
}

const numberText = (value: unknown, digits: unknown, { locale }: Reader): string => {
  const fixed = digits === undefined ? {} : fractions(Number(digits))
  return new Intl.NumberFormat(locale, fixed).format(Number(value))
}

function fractions(digits: number) {
  const bounded = Math.min(Math.max(Math.trunc(digits) || 0, 0), 10)
  return { minimumFractionDigits: bounded, maximumFractionDigits: bounded }
}

const isMoney = (value: unknown): value is { amount: string; currency: string } =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value

/** Any value as people read it: an amount with its currency, a related record by its title, a list with commas. */
export function asText(value: unknown, reader: Reader): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Written) return value.toString()
  if (Array.isArray(value)) return value.map((one) => asText(one, reader)).join(', ')
  if (isMoney(value)) return moneyText(value, reader)
  if (typeof value === 'object') return asText((value as { title?: unknown }).title, reader)
  const text = String(value)
  return isDate(text) || moment.test(text) ? dateText(text, 'medium', reader, undefined) : text
}

function moneyText({ amount, currency }: { amount: string; currency: string }, { locale }: Reader): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(amount))
  } catch {
    // A currency of no known code.
    return `${amount} ${currency}`
  }
}

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
