/** money: an exact decimal in the digits of its currency. */
import { type Said, says } from '../../errors/index.ts'
import { integerKey } from './order.ts'
import {
  accept,
  isObject,
  type Money,
  type Parsed,
  refuse,
  type StoredValue,
  type ValueField,
  type ValueType,
} from './value-type.ts'

/**
 * Digits after the point by ISO 4217 where they are not two. Written down rather than asked of Intl: its table follows
 * usage and changes between releases, and stored amounts must not change their meaning with it.
 */
const digitsByCurrency = new Map<string, number>([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
])
const currencies = new Set(Intl.supportedValuesOf('currency'))

export const isCurrency = (code: string): boolean => currencies.has(code)
export const currencyDigits = (currency: string): number => digitsByCurrency.get(currency) ?? 2

/** Amounts stay far inside 64 bits when counted in minor units: 15 digits before the point, 18 in all. */
const maxIntegerDigits = 15
const maxDigits = 18

/** The amount in the smallest unit of its currency: 120.50 AUD is 12050. */
export const minorUnits = (money: Money): bigint => BigInt(money.amount.replace('.', ''))

/** The other way round, for sums that the database made. */
export function moneyOfMinor(minor: bigint, currency: string): Money {
  const digits = currencyDigits(currency)
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  const amount = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return { amount: minor < 0n ? `-${amount}` : amount, currency }
}

const decimal = /^([+-]?)0*(\d+)(?:\.(\d*?)0*)?$/
const expected = 'must be an amount such as 120.50, or {"amount": "120.50", "currency": "AUD"}'

function parseAmount(input: unknown, currency: string): Parsed<Money> {
  const text = typeof input === 'number' ? String(input) : typeof input === 'string' ? input.trim() : ''
  if (typeof input === 'number' && Math.abs(input) >= 10 ** maxIntegerDigits) {
    return refuse(`must have at most ${maxIntegerDigits} digits before the point`)
  }
  const [, sign, whole = '', fraction = ''] = (text.length <= 60 && decimal.exec(text)) || []
  if (whole === '') return refuse(expected)
  const digits = currencyDigits(currency)
  if (fraction.length > digits) {
    return refuse(
      digits === 0 ? `must be whole ${currency}` : `must have at most ${digits} digits after the point (${currency})`,
    )
  }
  if (whole.length > maxIntegerDigits || whole.length + digits > maxDigits) {
    return refuse(`must have at most ${Math.min(maxIntegerDigits, maxDigits - digits)} digits before the point`)
  }
  const minor = BigInt(whole + fraction.padEnd(digits, '0'))
  return accept(moneyOfMinor(sign === '-' ? -minor : minor, currency))
}

function parseMoney(input: unknown, field: ValueField, context: { currency: string }): Parsed<Money> {
  const fallback = field.currency ?? context.currency
  if (!isObject(input)) {
    if (typeof input === 'string' && input.trim() === '') return accept<Money>(null)
    return parseAmount(input, fallback)
  }
  const { amount, currency = fallback, ...others } = input
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) return refuse(`has the unknown part "${unknown}"; ${expected}`)
  if (amount === undefined || amount === null || amount === '') return refuse(expected)
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : ''
  if (!isCurrency(code)) return refuse('must have a currency of three letters such as AUD (ISO 4217)')
  return parseAmount(amount, code)
}

function checkMoney(value: StoredValue, field: ValueField): string | Said | undefined {
  const { min, max } = field.rules ?? {}
  const amount = Number((value as Money).amount)
  if (min !== undefined && amount < min) return says('atLeast', { least: min })
  if (max !== undefined && amount > max) return says('atMost', { most: max })
  return undefined
}

export const money: ValueType = {
  parse: parseMoney,
  check: checkMoney,
  sortKey: (value) => integerKey(minorUnits(value as Money)),
  search: (value) => (value as Money).amount,
  display: (value, _field, locale) => {
    const { amount, currency } = value as Money
    const digits = currencyDigits(currency)
    const format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    return format.format(amount as Intl.StringNumericLiteral)
  },
  rules: ['min', 'max'],
}
