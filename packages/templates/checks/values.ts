import type { FieldDefinition, FieldRules, FieldType } from '@oneforge/kernel/metadata'
import { isValidPhoneNumber } from 'libphonenumber-js'
import { RE2JS } from 're2js'
import { quoted } from './problem.ts'
import { suggestion } from './suggestion.ts'

/** Says what is wrong with a value, or nothing. */
type ValueCheck = (value: unknown) => string | undefined

const addressParts = ['street', 'street2', 'city', 'state', 'postal_code', 'country']

/** Types whose values the system makes, or that only a running workspace can hold. */
export const unwritableTypes: readonly FieldType[] = ['autonumber', 'formula', 'lookup', 'rollup', 'file', 'user']

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const matches = (test: (value: string) => boolean, expected: string): ValueCheck => {
  return (value) => (typeof value === 'string' && test(value) ? undefined : `${quoted(value)} is not ${expected}`)
}

const text = matches(() => true, 'a text')
const number: ValueCheck = (value) => (Number.isFinite(value) ? undefined : `${quoted(value)} is not a number`)
const integer: ValueCheck = (value) => (Number.isInteger(value) ? undefined : `${quoted(value)} is not a whole number`)

const money: ValueCheck = (value) => {
  const fits =
    isRecord(value) && /^-?\d+(\.\d+)?$/.test(String(value.amount)) && /^[A-Z]{3}$/.test(String(value.currency))
  return fits && typeof value.amount === 'string'
    ? undefined
    : `${quoted(value)} is not money; write {"amount": "120.50", "currency": "EUR"}`
}

const address: ValueCheck = (value) => {
  if (!isRecord(value)) return `${quoted(value)} is not an address; write an object of ${addressParts.join(', ')}`
  const stranger = Object.keys(value).find((part) => !addressParts.includes(part))
  return stranger === undefined
    ? undefined
    : `"${stranger}" is not a part of an address${suggestion(stranger, addressParts)}`
}

const texts: ValueCheck = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? undefined
    : `${quoted(value)} is not a list of texts`

const plainTypes: Partial<Record<FieldType, ValueCheck>> = {
  text,
  longtext: text,
  richtext: text,
  number,
  integer,
  percent: number,
  duration: integer,
  rating: integer,
  money,
  boolean: (value) => (typeof value === 'boolean' ? undefined : `${quoted(value)} is not true or false`),
  date: matches((value) => /^\d{4}-\d{2}-\d{2}$/.test(value), 'a date such as 2026-01-31'),
  datetime: matches((value) => !Number.isNaN(Date.parse(value)), 'a moment such as 2026-01-31T09:30:00Z'),
  time: matches((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), 'a time such as 09:30'),
  tags: texts,
  email: matches((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), 'an e-mail address'),
  phone: matches(
    (value) => value.startsWith('+') && isValidPhoneNumber(value),
    'a valid phone number in E.164, such as +442079460958',
  ),
  url: matches(URL.canParse, 'a web address with https://'),
  address,
}

/**
 * What is wrong with a plain value of a field, options and rules included; nothing if it is right. Relations are not
 * plain (they hold references), and dates of sample records have a notation of their own.
 */
export function valueProblem(field: FieldDefinition, value: unknown): string | undefined {
  if (field.type === 'select') return optionProblem(field, value)
  if (field.type === 'multiselect') return optionsProblem(field, value)
  return plainTypes[field.type]?.(value) ?? ruleProblem(field.rules ?? {}, value)
}

function optionProblem(field: FieldDefinition, value: unknown): string | undefined {
  const options = field.options?.map((option) => option.value) ?? []
  if (typeof value === 'string' && options.includes(value)) return undefined
  return `${quoted(value)} is not an option of "${field.key}"${suggestion(String(value), options)}`
}

function optionsProblem(field: FieldDefinition, value: unknown): string | undefined {
  if (!Array.isArray(value)) return `${quoted(value)} is not a list of options`
  return value.map((item) => optionProblem(field, item)).find((problem) => problem !== undefined)
}

function ruleProblem(rules: FieldRules, value: unknown): string | undefined {
  if (typeof value === 'number') return numberRuleProblem(rules, value)
  if (typeof value === 'string') return textRuleProblem(rules, value)
  if (isRecord(value) && 'amount' in value) return numberRuleProblem(rules, Number(value.amount))
  return undefined
}

function numberRuleProblem(rules: FieldRules, value: number): string | undefined {
  if (rules.min !== undefined && value < rules.min) return `${value} is less than the field's minimum of ${rules.min}`
  if (rules.max !== undefined && value > rules.max) return `${value} is more than the field's maximum of ${rules.max}`
  return undefined
}

function textRuleProblem(rules: FieldRules, value: string): string | undefined {
  const length = [...value].length
  if (rules.minLength !== undefined && length < rules.minLength)
    return `${quoted(value)} is shorter than ${rules.minLength}`
  if (rules.maxLength !== undefined && length > rules.maxLength)
    return `${quoted(value)} is longer than ${rules.maxLength}`
  if (rules.pattern !== undefined && !RE2JS.matches(rules.pattern, value))
    return `${quoted(value)} does not match ${rules.pattern}`
  return undefined
}
