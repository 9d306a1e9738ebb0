/** In which order, and with which marks, a locale writes a day. */

export type DateOrder = 'DMY' | 'MDY' | 'YMD'

/** The order in which this locale writes a date. */
export function dateOrderOf(locale: string): DateOrder {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(0)).map((part) => part.type)
  if (parts.indexOf('year') < parts.indexOf('month')) return 'YMD'
  return parts.indexOf('day') < parts.indexOf('month') ? 'DMY' : 'MDY'
}

/** A dayjs pattern for inputs, in the locale's order with its own marks: digits only, so that it can be typed again. */
export function datePattern(locale: string): string {
  if (dateOrderOf(locale) === 'YMD') return 'YYYY-MM-DD'
  const letters: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = { day: 'DD', month: 'MM', year: 'YYYY' }
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(0))
  return parts.map(({ type, value }) => letters[type] ?? value).join('')
}
