/** A value as a spreadsheet takes it: digits without grouping, days that every program reads, choices by their labels. */
import type { FieldMeta, Money } from '@oneforge/client'
import { toWallClock } from '../../../fields/dates.ts'
import {
  asList,
  type FormatContext,
  formatValue,
  isEmptyValue,
  optionLabel,
  shownType,
} from '../../../fields/format.ts'
import { decimalMark } from '../../../fields/numbers.ts'

/** '' where there is nothing. */
export function cellText(field: FieldMeta, value: unknown, context: FormatContext): string {
  if (isEmptyValue(value)) return ''
  switch (shownType(field)) {
    case 'number':
    case 'integer':
    case 'rating':
      return withMark(String(value), context.locale)
    case 'percent':
      return `${withMark(String(value), context.locale)}%`
    case 'money':
      return moneyText(field, value as Money, context)
    case 'date':
      return String(value).slice(0, 10)
    case 'datetime':
      return toWallClock(String(value), context.timeZone)?.slice(0, 16) ?? String(value)
    case 'time':
      return String(value).slice(0, 5)
    case 'phone':
      return String(value)
    case 'multiselect':
    case 'tags':
      return asList(value)
        .map((item) => optionLabel(field, String(item)))
        .join('; ')
    case 'relation':
      return asList(value)
        .map((item) => formatValue(field, item, context))
        .join('; ')
    default:
      return harmless(formatValue(field, value, context))
  }
}

const withMark = (digits: string, locale: string): string => digits.replace('.', decimalMark(locale))

/** Another currency than everywhere else in the column is named. */
function moneyText(field: FieldMeta, { amount, currency }: Money, context: FormatContext): string {
  const text = withMark(String(amount), context.locale)
  return currency === (field.currency ?? context.currency) ? text : `${text} ${currency}`
}

/** What a spreadsheet would run as a formula gets an apostrophe, as exports have it. Telephone numbers are none. */
function harmless(text: string): string {
  return /^[=@＝＠]|^[+\-＋－](?![\d\s().-]*$)/.test(text) ? `'${text}` : text
}
