/** number, integer, percent, rating and duration: JSON numbers, or the same written as text. */
import { type Said, says } from '../../errors/index.ts'
import { numberKey } from './order.ts'
import { accept, type Parsed, refuse, type StoredValue, type ValueField, type ValueType } from './value-type.ts'

const decimalText = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i
const longestNumber = 400

/** A finite number out of a JSON number or a text such as "12.5"; undefined for anything else. */
function numberOf(input: unknown): number | undefined {
  const text = typeof input === 'string' ? input.trim() : ''
  const value =
    typeof input === 'number'
      ? input
      : decimalText.test(text) && text.length <= longestNumber
        ? Number(text)
        : Number.NaN
  if (!Number.isFinite(value)) return undefined
  return value === 0 ? 0 : value
}

const blank = (input: unknown): boolean => typeof input === 'string' && input.trim() === ''

const parseNumber =
  (example: string) =>
  (input: unknown): Parsed<number> => {
    if (blank(input)) return accept<number>(null)
    const value = numberOf(input)
    return value === undefined ? refuse(says('number', { example })) : accept(value)
  }

const parseInteger =
  (example: string) =>
  (input: unknown): Parsed<number> => {
    if (blank(input)) return accept<number>(null)
    const value = numberOf(input)
    if (value === undefined || !Number.isInteger(value)) return refuse(says('wholeNumber', { example }))
    if (!Number.isSafeInteger(value)) return refuse('must be between -9007199254740991 and 9007199254740991')
    return accept(value)
  }

const isoDuration = /^P(?=.)(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,9})M)?)?$/i

function parseDuration(input: unknown): Parsed<number> {
  if (blank(input)) return accept<number>(null)
  const iso = typeof input === 'string' ? isoDuration.exec(input.trim()) : null
  if (iso) return accept(Number(iso[1] ?? 0) * 1440 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0))
  const parsed = parseInteger('90')(input)
  return parsed.ok ? parsed : refuse('must be whole minutes such as 90, or a duration such as PT1H30M')
}

/** Digits after the point of the shortest decimal that is this number. */
function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e')
  const fraction = digits.split('.')[1]?.length ?? 0
  return Math.max(0, fraction - Number(exponent))
}

/** `limits` hold where the field's rules say nothing. */
const checkNumber =
  (limits: { min?: number; max?: number } = {}) =>
  (value: StoredValue, field: ValueField): string | Said | undefined => {
    const { min, max, decimals } = { ...limits, ...field.rules }
    if (min !== undefined && (value as number) < min) return says('atLeast', { least: min })
    if (max !== undefined && (value as number) > max) return says('atMost', { most: max })
    if (decimals !== undefined && decimalsOf(value as number) > decimals) {
      return decimals === 0 ? 'must be a whole number' : `must have at most ${decimals} digits after the point`
    }
    return undefined
  }

const formatted = (value: StoredValue, { rules }: ValueField, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 20, useGrouping: !rules?.ungrouped }).format(value as number)

export const number: ValueType = {
  parse: parseNumber('12.5'),
  check: checkNumber(),
  sortKey: (value) => numberKey(value as number),
  search: String,
  display: formatted,
  rules: ['min', 'max', 'decimals', 'ungrouped'],
}

export const integer: ValueType = { ...number, parse: parseInteger('12'), rules: ['min', 'max', 'ungrouped'] }

export const percent: ValueType = {
  ...number,
  parse: (input) => parseNumber('12.5')(typeof input === 'string' ? input.trim().replace(/%$/, '') : input),
  display: (value, field, locale) => `${formatted(value, field, locale)} %`,
}

export const rating: ValueType = {
  ...number,
  parse: parseInteger('4'),
  check: checkNumber({ min: 0, max: 5 }),
  rules: ['max'],
}

export const duration: ValueType = {
  ...number,
  parse: parseDuration,
  check: checkNumber({ min: 0 }),
  display: (value) => {
    const [hours, minutes] = [Math.floor((value as number) / 60), (value as number) % 60]
    return [hours ? `${hours} h` : '', minutes || !hours ? `${minutes} min` : ''].filter(Boolean).join(' ')
  },
  rules: ['min', 'max'],
}
