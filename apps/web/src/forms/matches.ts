/**
 * The filter language over a record that is being filled in, as the server evaluates it: conditions and rules are asked
 * while one types, and the server has the last word. Negative operators are the opposite of the positive ones: they hold
 * where there is no value.
 */
import type { FieldMeta, FieldType, Filter, FilterCondition, Money } from '@oneforge/client'
import { asList, isEmptyValue } from '../fields/format.ts'
import { compareTexts, foldLetters, textKey } from './letters.ts'
import { type Days, dayIn, daysOf, momentsOf } from './periods.ts'

/** A record as a filter sees it: its values, and what kind each of them is. */
export interface Facts {
  values: Record<string, unknown>
  field: (key: string) => Pick<FieldMeta, 'type' | 'resultType' | 'currency'> | undefined
  /** What a relation field leads to. Those that are not known yet are left out. */
  follow: (key: string) => Facts[]
}

/** Who asks, and when. */
export interface Asker {
  /** Id of the user. */
  me: string
  now: Date
  timeZone: string
  /** ISO 4217, of amounts that name none. */
  currency: string
}

const attributeTypes: Record<string, FieldType> = {
  id: 'relation',
  recordNumber: 'text',
  ownerId: 'user',
  locationId: 'relation',
  createdAt: 'datetime',
  createdBy: 'user',
  updatedAt: 'datetime',
  updatedBy: 'user',
  version: 'integer',
}

/** Whether the record passes the filter. */
export function matches(filter: Filter, facts: Facts, asker: Asker): boolean {
  if ('and' in filter) return filter.and.every((part) => matches(part, facts, asker))
  if ('or' in filter) return filter.or.some((part) => matches(part, facts, asker))
  if ('not' in filter) return !matches(filter.not, facts, asker)
  return matchesCondition(filter, facts, asker)
}

const opposites: Record<string, string> = { empty: 'notEmpty', ne: 'eq', nin: 'in' }

function matchesCondition(condition: FilterCondition, facts: Facts, asker: Asker): boolean {
  const { op, value } = meant(condition)
  const positive = opposites[op]
  if (positive) return !matchesCondition({ ...condition, op: positive, value }, facts, asker)
  const [name = '', ...rest] = condition.field.split('.')
  if (rest.length > 0) {
    const beyond = { field: rest.join('.'), op, value }
    return facts.follow(name).some((other) => matchesCondition(beyond, other, asker))
  }
  const field = facts.field(name)
  const type = attributeTypes[name] ?? field?.resultType ?? 'text'
  return passes(facts.values[name], { type, currency: field?.currency ?? asker.currency }, op, value, asker)
}

/** Equal to nothing is empty; `empty` with false is its opposite. */
function meant({ op, value }: FilterCondition): { op: string; value: unknown } {
  const isNothing = isBlank(value)
  if (op === 'empty' || op === 'notEmpty') {
    const turned = value === false || value === 'false'
    return { op: turned === (op === 'empty') ? 'notEmpty' : 'empty', value: undefined }
  }
  if (op === 'eq' && isNothing) return { op: 'empty', value: undefined }
  return op === 'ne' && isNothing ? { op: 'notEmpty', value: undefined } : { op, value }
}

/** Nothing, white space, or an address without any part. */
function isBlank(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isBlank)
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

interface Kind {
  type: FieldType
  currency: string
}

function passes(held: unknown, kind: Kind, op: string, asked: unknown, asker: Asker): boolean {
  if (isEmptyValue(held)) return false
  const isChoices = kind.type === 'multiselect' || kind.type === 'tags'
  if (op === 'notEmpty') return true
  if (op === 'in' || op === 'eq' || (op === 'contains' && isChoices)) {
    const wanted = op === 'in' ? asList(asked) : [asked]
    return wanted.some((one) => isEqual(held, one, kind, asker))
  }
  if (op === 'contains') return searched(held, kind).includes(foldLetters(String(asked)))
  if (op === 'startsWith') return searched(held, kind).startsWith(foldLetters(String(asked)))
  return isWithin(held, kind, op, asked, asker)
}

function isEqual(held: unknown, asked: unknown, kind: Kind, asker: Asker): boolean {
  const days = periodOf(asked, kind, asker)
  if (days) {
    const at = keyOf(held, kind)
    return compare(at, keyOf(days.first, kind)) >= 0 && compare(at, keyOf(days.last, kind)) <= 0
  }
  const wanted = isMe(asked) ? asker.me : asked
  if (wanted === '') return false
  return asList(held).some((one) => identity(one, kind) === identity(wanted, kind))
}

/** Two values are equal when these are: what is exact of them, in one spelling. */
function identity(value: unknown, { type, currency }: Kind): string {
  if (type === 'money') {
    const money = moneyOf(value, currency)
    return `${Number(money.amount)} ${money.currency}`
  }
  if (type === 'datetime') return new Date(String(value)).toISOString()
  if (numeric.has(type)) return String(Number(value))
  if (typeof value === 'object' && value !== null && 'id' in value) return String(value.id)
  // What is typed is tidied when it is saved.
  return typeof value === 'object' ? JSON.stringify(value) : String(value).normalize('NFC').trim()
}

function isWithin(held: unknown, kind: Kind, op: string, asked: unknown, asker: Asker): boolean {
  const at = keyOf(held, kind)
  const [from, to] = op === 'between' ? asList(asked) : [asked, asked]
  const low = periodOf(from, kind, asker) ?? { first: from, last: from }
  const high = periodOf(to, kind, asker) ?? { first: to, last: to }
  const against = (bound: unknown) => compare(at, keyOf(bound, kind))
  if (op === 'gt') return against(low.last) > 0
  if (op === 'gte') return against(low.first) >= 0
  if (op === 'lt') return against(low.first) < 0
  if (op === 'lte') return against(low.last) <= 0
  return op === 'between' && against(low.first) >= 0 && against(high.last) <= 0
}

const numeric = new Set<FieldType>(['number', 'integer', 'percent', 'duration', 'rating'])
const verbatim = new Set<FieldType>(['date', 'time', 'phone'])

type Key = number | bigint | string

/** What values are put in order by. */
function keyOf(value: unknown, { type, currency }: Kind): Key {
  if (numeric.has(type)) return Number(value)
  if (type === 'money') return minorUnits(moneyOf(value, currency))
  if (type === 'datetime') return Date.parse(String(value))
  return verbatim.has(type) ? String(value) : textKey(String(value))
}

function compare(left: Key, right: Key): number {
  if (typeof left === 'string' || typeof right === 'string') return compareTexts(String(left), String(right))
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** Amounts are put in order by the smallest coins of their currency. */
function minorUnits({ amount, currency }: Money): bigint {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits))
}

function moneyOf(value: unknown, currency: string): Money {
  return typeof value === 'object' && value !== null ? (value as Money) : { amount: String(value), currency }
}

function isMe(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'me' in value
}

/** A day, or days relative to today, from first to last; moments where the field holds moments. */
function periodOf(value: unknown, { type }: Kind, { now, timeZone }: Asker): Days | undefined {
  const isRelative = typeof value === 'object' && value !== null && 'relative' in value
  const { relative, n = 1 } = isRelative ? (value as { relative: string; n?: number }) : {}
  const days = relative ? daysOf(relative, n, dayIn(now, timeZone)) : dayAlone(value, type)
  return days && type === 'datetime' ? momentsOf(days, timeZone) : days
}

function dayAlone(value: unknown, type: FieldType): Days | undefined {
  const isDay = type === 'datetime' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  return isDay ? { first: value, last: value } : undefined
}

const addressParts = ['street', 'street2', 'city', 'region', 'postalCode', 'country']

/** The words that are looked in, folded. */
function searched(value: unknown, { type }: Kind): string {
  if (type === 'richtext') return foldLetters(String(value).replace(/<[^>]*>/g, ' '))
  if (type !== 'address') return foldLetters(String(value))
  const address = value as Record<string, string | null | undefined>
  return foldLetters(addressParts.flatMap((part) => address[part] ?? []).join(' '))
}
