/** From the value of a formula to the value of a field: in the stored form of the type that the field has. */
import type { FieldType } from '../metadata/index.ts'
import { cut, isDate, moneyOfMinor, parseValue, type StoredValue, type ValueField } from '../metadata/values/index.ts'
import {
  amountOf,
  type FormulaMoment,
  type FormulaValue,
  isAmount,
  type Kind,
  numberOfAmount,
  rounded,
  textOf,
  tidied,
  toDay,
} from './formula-values.ts'

const typesOfKind: Record<Kind, FieldType[]> = {
  number: ['number', 'integer', 'percent', 'duration', 'rating', 'money', 'text'],
  money: ['money', 'number', 'integer', 'text'],
  text: ['text', 'longtext', 'url', 'email', 'phone'],
  boolean: ['boolean', 'text'],
  date: ['date', 'datetime', 'text'],
  datetime: ['datetime', 'date', 'text'],
  list: ['tags', 'text'],
  nothing: [],
}

/** The types that the results of such a formula can have; the first is what it has unless said. */
export const resultTypes = (kind: Kind): FieldType[] => typesOfKind[kind]

const whole = new Set<FieldType>(['integer', 'duration', 'rating'])
/** Longer results are cut: a formula must never fail a write. */
const longest: Partial<Record<FieldType, number>> = { text: 500, longtext: 20_000 }

/** The value as it is stored; null where there is none or the type cannot hold it. */
export function storedResult(value: FormulaValue, field: ValueField, moment: FormulaMoment): StoredValue | null {
  if (value === null) return null
  const context = { currency: field.currency ?? moment.currency, today: moment.today, timeZone: moment.timeZone }
  const parsed = parseValue(field, inputOf(value, field.type, context), context)
  return parsed.ok ? parsed.value : null
}

function inputOf(value: FormulaValue, type: FieldType, moment: FormulaMoment): unknown {
  if (type === 'money') return moneyInput(value, moment.currency)
  if (isAmount(value) && type !== 'text') return numberInput(numberOfAmount(value), type)
  if (typeof value === 'number' && type !== 'text') return numberInput(value, type)
  if (type === 'date') return toDay(value as string, moment)
  // A day begins at midnight.
  if (type === 'datetime') return isDate(value as string) ? `${value}T00:00` : value
  if (typeof value === 'boolean' && type !== 'text') return value
  if (type === 'tags') return value
  const limit = longest[type]
  return limit === undefined ? textOf(value) : cut(textOf(value), limit)
}

const numberInput = (value: number, type: FieldType): number => (whole.has(type) ? rounded(value) : tidied(value))

function moneyInput(value: FormulaValue, currency: string): unknown {
  const amount = typeof value === 'number' ? amountOf(value, currency) : value
  return isAmount(amount) ? moneyOfMinor(amount.minor, amount.currency) : null
}
