/**
 * What every field type answers for. A value travels in one canonical form: parsed once where it comes in, stored as
 * JSON, and read by everyone (sorting, search, filters, exports) without looking at it twice.
 */
import type { Said } from '../../errors/index.ts'
import type { FieldRules } from '../definition.ts'
import type { CompiledField } from '../model.ts'

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** A canonical value; absence is `null` beside it, never inside it. */
export type StoredValue = Exclude<JsonValue, null>

/** A decimal string with exactly the digits of its currency: `{amount: '120.50', currency: 'AUD'}`. */
export type Money = { amount: string; currency: string }

export type Address = {
  street?: string
  street2?: string
  city?: string
  region?: string
  postalCode?: string
  country?: string
}

export interface ValueContext {
  /** For money without a currency where the field names none (ISO 4217). */
  currency: string
  /** For phone numbers without a country code (ISO 3166, two letters). */
  country?: string
  /** YYYY-MM-DD in the tenant's zone. */
  today: string
  /** For times without an offset (IANA). */
  timeZone: string
}

export type Parsed<Value extends StoredValue = StoredValue> = { ok: true; value: Value | null } | ({ ok: false } & Said)

/** The part of a field that its values depend on; system attributes are described by it too. */
export type ValueField = Pick<CompiledField, 'type' | 'optionByValue'> &
  Partial<Pick<CompiledField, 'rules' | 'currency' | 'relation' | 'storedAs'>>

/** One family member: how values of a type come in, are checked, ordered, found and shown. */
export interface ValueType {
  /** Input (never null or '') to the canonical form: checks the type, not the field's rules. */
  parse(input: unknown, field: ValueField, context: ValueContext): Parsed
  /** What the field's rules or the type's default limits say against a canonical value. */
  check?(value: StoredValue, field: ValueField, context: ValueContext): string | Said | undefined
  /** Order-preserving text, see `sortKey`; absent where values have no order. */
  sortKey?(value: StoredValue): string
  /** Plain words that a search should find the value by. */
  search(value: StoredValue, field: ValueField): string
  display(value: StoredValue, field: ValueField, locale: string, timeZone: string): string
  /** Rules that make sense for the type. */
  rules: readonly (keyof FieldRules)[]
}

export const accept = <Value extends StoredValue>(value: Value | null): Parsed<Value> => ({ ok: true, value })
export const refuse = (problem: string | Said): { ok: false } & Said =>
  typeof problem === 'string' ? { ok: false, message: problem } : { ok: false, ...problem }

export const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)
