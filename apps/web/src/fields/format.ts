/**
 * Field values as people of this workspace write them: their language's digits and dates, the workspace's time zone,
 * the tenant's own labels. Everything that shows a value as text (cells, record page, history, titles) goes through here.
 */
import type { Address, FieldMeta, FieldType, FileValue, Money, RecordLink } from '@oneforge/client'
import { itemsOf } from './checklist/checklistItems.ts'
import { formatDuration } from './duration.ts'

/** What formatting needs to know about the reader. `members` names users by id. */
export interface FormatContext {
  /** BCP 47, with the region where it is known: `en-AU`. */
  locale: string
  timeZone: string
  /** ISO 4217: used for amounts that come without one. */
  currency: string
  members: ReadonlyMap<string, string>
  words: { yes: string; no: string }
  /** Writes a telephone number as these readers do: see `usePhoneFormat`. */
  phone: (number: string) => string
}

/** The page's language with the region the browser names for it: English in Australia writes the day first. */
export function regionalLocale(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language
}

/** True for what a person would call empty: nothing, a blank text, a list without items. */
export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

const numberTypes: FieldType[] = ['number', 'integer', 'money', 'percent', 'duration', 'rating']

/** Whether a column of this field is set to the right, with digits of equal width. */
export function isNumeric(field: FieldMeta): boolean {
  return numberTypes.includes(shownType(field))
}

/** Computed fields look like the type they result in. */
export function shownType(field: FieldMeta): FieldType {
  return field.resultType ?? field.type
}

/** The value as one line of plain text; '' when there is none. */
export function formatValue(field: FieldMeta, value: unknown, context: FormatContext): string {
  if (isEmptyValue(value)) return ''
  const format = formatters[shownType(field)]
  return format ? format(value, field, context) : formatUnknown(value)
}

type Formatter = (value: unknown, field: FieldMeta, context: FormatContext) => string

const formatters: Partial<Record<FieldType, Formatter>> = {
  number: (value, { rules }, { locale }) => formatNumber(value, locale, rules?.decimals, rules?.ungrouped),
  integer: (value, { rules }, { locale }) => formatNumber(value, locale, 0, rules?.ungrouped),
  percent: (value, _field, { locale }) => formatPercent(value, locale),
  money: (value, field, context) => formatMoney(value as Money | string | number, field.currency, context),
  boolean: (value, _field, { words }) => (value === true || value === 'true' ? words.yes : words.no),
  date: (value, _field, { locale }) => formatDate(String(value), locale),
  datetime: (value, _field, context) => formatDateTime(String(value), context),
  time: (value, _field, { locale }) => formatTime(String(value), locale),
  duration: (value) => formatDuration(Number(value)),
  select: (value, field) => optionLabel(field, String(value)),
  multiselect: (value, field) =>
    asList(value)
      .map((item) => optionLabel(field, String(item)))
      .join(', '),
  tags: (value, field) =>
    asList(value)
      .map((item) => optionLabel(field, String(item)))
      .join(', '),
  user: (value, _field, { members }) =>
    asList(value)
      .map((id) => members.get(String(id)) ?? String(id))
      .join(', '),
  relation: (value) => asList(value).map(referenceTitle).join(', '),
  phone: (value, _field, { phone }) => phone(String(value)),
  address: (value) => formatAddress(value as Address),
  file: (value) =>
    asList(value)
      .map((file) => (file as FileValue).name ?? '…')
      .join(', '),
  rating: (value) => `${Number(value)}/5`,
  checklist: (value) =>
    itemsOf(value)
      .map(({ text, done }) => `[${done ? 'x' : ' '}] ${text}`)
      .join('\n') || String(value),
  longtext: (value, _field, { members }) => withNames(String(value), members),
  richtext: (value, _field, { members }) => withNames(plainText(String(value)), members),
  json: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
}

/** People who are mentioned, by the names that they have now. */
export const withNames = (text: string, members: FormatContext['members']): string =>
  text.replace(/<@([0-9a-f-]{36})>/g, (whole, id) => (members.has(id) ? `@${members.get(id)}` : whole))

/** A list as it is, one value as a list of one, nothing as the empty list. */
export function asList(value: unknown): unknown[] {
  if (isEmptyValue(value)) return []
  return Array.isArray(value) ? value : [value]
}

/** The tenant's label of an option, the raw value when the option is gone. */
export function optionLabel(field: FieldMeta, value: string): string {
  return field.options.find((option) => option.value === value)?.label ?? value
}

/** Making one takes a hundred times as long as using it, and a table uses one in every cell. */
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = locale + JSON.stringify(options)
  const known = numberFormats.get(name) ?? new Intl.NumberFormat(locale, options)
  numberFormats.set(name, known)
  return known
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale + JSON.stringify(options)
  const known = dateFormats.get(name) ?? new Intl.DateTimeFormat(locale, options)
  dateFormats.set(name, known)
  return known
}

/** @param isUngrouped digits stand together, as those of a year do. */
export function formatNumber(value: unknown, locale: string, decimals?: number, isUngrouped = false): string {
  const number = Number(value)
  if (!Number.isFinite(number)) return String(value)
  return numberFormat(locale, { maximumFractionDigits: decimals ?? 6, useGrouping: !isUngrouped }).format(number)
}

/** 12.5 is shown as 12.5 %, with the sign where the language puts it. */
export function formatPercent(value: unknown, locale: string): string {
  const number = Number(value)
  if (!Number.isFinite(number)) return String(value)
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(number / 100)
}

/** Amounts stay decimal strings up to the formatter, so that no digit is lost on the way. */
export function formatMoney(
  value: Money | string | number,
  fieldCurrency: string | null | undefined,
  { locale, currency }: Pick<FormatContext, 'locale' | 'currency'>,
): string {
  const amount = typeof value === 'object' ? value.amount : String(value)
  const code = (typeof value === 'object' ? value.currency : undefined) ?? fieldCurrency ?? currency
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return amount
  try {
    const format = numberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' })
    return format.format(amount as Intl.StringNumericLiteral)
  } catch {
    return `${amount} ${code}`
  }
}

/** A calendar day has no zone: it is read and shown as UTC so that it never moves. */
export function formatDate(value: string, locale: string): string {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime())) return value
  return dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(day)
}

export function formatDateTime(
  value: string,
  { locale, timeZone }: Pick<FormatContext, 'locale' | 'timeZone'>,
): string {
  const moment = new Date(value)
  if (Number.isNaN(moment.getTime())) return value
  return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(moment)
}

export function formatTime(value: string, locale: string): string {
  const moment = new Date(`1970-01-01T${value.length === 5 ? `${value}:00` : value}Z`)
  if (Number.isNaN(moment.getTime())) return value
  return dateFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(moment)
}

export function formatAddress(address: Address): string {
  const town = [address.postalCode, address.city].filter(Boolean).join(' ')
  return [address.street, address.street2, town, address.region, address.country].filter(Boolean).join(', ')
}

/** The words of a rich text, for cells and history; tags become spaces between words. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** «5 minutes ago», «yesterday»: the distance of a moment from `now` in the largest unit that fits. */
export function formatRelative(value: string, locale: string, now = new Date()): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
  }
  return format.format(0, 'second')
}

function referenceTitle(value: unknown): string {
  return typeof value === 'object' && value !== null ? (value as RecordLink).title : String(value)
}

function formatUnknown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
