/**
 * Values inside of formulas. A record's JSON becomes one of a few kinds; an absent value is `null`, and what cannot be
 * worked out (a division by zero, two currencies added) is a `FormulaFailure`, which makes the result absent.
 */
import type { FieldType } from '../metadata/index.ts'
import {
  currencyDigits,
  dayOf,
  isDate,
  type Money,
  minorUnits,
  moneyOfMinor,
  type StoredValue,
  textOfHtml,
} from '../metadata/values/index.ts'

/** `nothing` is the kind of the word null. A money value may be a plain number: an amount in whichever currency. */
export type Kind = 'number' | 'money' | 'text' | 'boolean' | 'date' | 'datetime' | 'list' | 'nothing'

/** Counted in minor units, so that sums are exact. */
export interface Amount {
  minor: bigint
  currency: string
}

export type FormulaValue = number | string | boolean | Amount | FormulaValue[] | null

/** Why a record has no result. */
export class FormulaFailure extends Error {}

const kindByType: Partial<Record<FieldType, Kind>> = {
  text: 'text',
  longtext: 'text',
  richtext: 'text',
  number: 'number',
  integer: 'number',
  money: 'money',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'text',
  duration: 'number',
  select: 'text',
  multiselect: 'list',
  tags: 'list',
  email: 'text',
  phone: 'text',
  url: 'text',
  rating: 'number',
  autonumber: 'text',
}

/** The kind that values of a field have in formulas; undefined where formulas cannot use them. */
export const kindOfType = (type: FieldType): Kind | undefined => kindByType[type]

const shapes: Record<Kind, (value: StoredValue) => boolean> = {
  number: (value) => typeof value === 'number',
  money: (value) => typeof value === 'object' && typeof (value as Money).amount === 'string',
  text: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && isDate(value),
  datetime: (value) => typeof value === 'string',
  list: Array.isArray,
  nothing: () => false,
}

/** A stored value as formulas see it; absent where it does not have the shape that its type promises. */
export function fromStored(type: FieldType, value: StoredValue | null | undefined): FormulaValue {
  const kind = kindByType[type]
  if (value == null || !kind || !shapes[kind](value)) return null
  if (kind === 'money') return { minor: minorUnits(value as Money), currency: (value as Money).currency }
  if (type === 'richtext') return textOfHtml(value as string)
  return value as FormulaValue
}

/** Decimal digits of a number and how many of them stand after the point: 12.5 is 125 and 1. */
function decimalOf(value: number): { digits: bigint; scale: number } {
  if (!Number.isFinite(value)) throw new FormulaFailure('the number is too large')
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** A quotient rounded to the nearest integer, halves away from zero as people round money. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new FormulaFailure('something is divided by zero')
  const negative = dividend < 0n !== divisor < 0n
  const [top, bottom] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor]
  const rounded = (2n * top + bottom) / (2n * bottom)
  return negative ? -rounded : rounded
}

const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent)

/** So much of a currency, rounded to its smallest unit. */
export function amountOf(value: number, currency: string): Amount {
  const { digits, scale } = decimalOf(value)
  const minor = roundedQuotient(digits * powerOfTen(currencyDigits(currency)), powerOfTen(scale))
  return { minor, currency }
}

export const isAmount = (value: FormulaValue): value is Amount =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Two money values in one currency: a plain number takes that of the other. Undefined where both are plain. */
export function inOneCurrency(left: FormulaValue, right: FormulaValue): [Amount, Amount] | undefined {
  const currency = isAmount(left) ? left.currency : isAmount(right) ? right.currency : undefined
  if (currency === undefined) return undefined
  const amounts = [left, right].map((value) => (isAmount(value) ? value : amountOf(value as number, currency)))
  const [first, second] = amounts as [Amount, Amount]
  if (first.currency !== second.currency) {
    throw new FormulaFailure(`${first.currency} and ${second.currency} do not add up`)
  }
  return [first, second]
}

export function scaled(amount: Amount, factor: number): Amount {
  const { digits, scale } = decimalOf(factor)
  return { ...amount, minor: roundedQuotient(amount.minor * digits, powerOfTen(scale)) }
}

export function divided(amount: Amount, divisor: number): Amount {
  const { digits, scale } = decimalOf(divisor)
  return { ...amount, minor: roundedQuotient(amount.minor * powerOfTen(scale), digits) }
}

export const numberOfAmount = ({ minor, currency }: Amount): number => Number(moneyOfMinor(minor, currency).amount)

/** Fifteen digits are what a double keeps: 0.1 + 0.2 is 0.3 to whoever reads it. */
export const tidied = (value: number): number => Number(value.toPrecision(15))

/** Halves away from zero; digits may be negative, for tens and hundreds. */
export function rounded(value: number, digits = 0): number {
  const { digits: all, scale } = decimalOf(tidied(value))
  const places = Math.max(-15, Math.min(15, Math.trunc(digits)))
  if (places >= scale) return value
  const result = roundedQuotient(all, powerOfTen(scale - places))
  return places >= 0 ? Number(`${result}e-${places}`) : Number(result * powerOfTen(-places))
}

/** A value as text, for joining: the way it is written, not the way a language shows it. */
export function textOf(value: FormulaValue): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'number') return String(tidied(value))
  if (!isAmount(value)) return String(value)
  const { amount, currency } = moneyOfMinor(value.minor, value.currency)
  return `${amount} ${currency}`
}

/** What a formula knows beside the record. */
export interface FormulaMoment {
  /** YYYY-MM-DD in the tenant's zone. */
  today: string
  timeZone: string
  /** For amounts that name none. */
  currency: string
}

/** The day of a date or moment. */
export const toDay = (value: string, { timeZone }: FormulaMoment): string =>
  isDate(value) ? value : dayOf(value, timeZone)

const msPerDay = 86_400_000
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) / msPerDay

/** The day of that number; it must be one that a record can hold. */
export function dayOfNumber(number: number): string {
  const moment = new Date(number * msPerDay)
  const day = Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 10)
  if (!isDate(day)) throw new FormulaFailure('the date lies outside the calendar')
  return day
}

const partsOf = (day: string): [year: number, month: number, day: number] =>
  day.split('-').map(Number) as [number, number, number]

/** The same day of another month, or its last where that is shorter. */
export function monthsLater(day: string, months: number): string {
  const [year, month, date] = partsOf(day)
  const first = new Date(Date.UTC(2000, 0, 1))
  first.setUTCFullYear(year, month - 1 + Math.trunc(months), 1)
  const last = new Date(first)
  last.setUTCMonth(last.getUTCMonth() + 1, 0)
  return dayOfNumber(first.getTime() / msPerDay + Math.min(date, last.getUTCDate()) - 1)
}

/** Whole months from one day to another; negative where the second is earlier. */
export function monthsBetween(from: string, to: string): number {
  if (from > to) return -monthsBetween(to, from)
  const [[fromYear, fromMonth, fromDay], [toYear, toMonth, toDay]] = [partsOf(from), partsOf(to)]
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth
  return toDay < fromDay ? months - 1 : months
}

export const partOfDay = (day: string, part: 'year' | 'month' | 'day'): number =>
  partsOf(day)[part === 'year' ? 0 : part === 'month' ? 1 : 2]
