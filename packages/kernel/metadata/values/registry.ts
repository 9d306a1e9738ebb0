/** The one place that knows all field types; it only asks the right one. */
import type { FieldType } from '../definition.ts'
import { checklist } from './checklist.ts'
import { boolean, multiselect, select, tags } from './choices.ts'
import { autonumber, computed } from './computed.ts'
import { address, email, phone, url } from './contact.ts'
import { date, datetime, time } from './dates.ts'
import { foldText } from './fold.ts'
import { json } from './json.ts'
import { money } from './money.ts'
import { duration, integer, number, percent, rating } from './numbers.ts'
import { file, relation, user } from './references.ts'
import { longtext, richtext, text } from './text.ts'
import {
  accept,
  type Parsed,
  refuse,
  type StoredValue,
  type ValueContext,
  type ValueField,
  type ValueType,
} from './value-type.ts'

const valueTypes: Record<FieldType, ValueType> = {
  text,
  longtext,
  richtext,
  number,
  integer,
  money,
  percent,
  boolean,
  date,
  datetime,
  time,
  duration,
  select,
  multiselect,
  tags,
  email,
  phone,
  url,
  address,
  user,
  relation,
  file,
  rating,
  checklist,
  autonumber,
  formula: computed,
  lookup: computed,
  rollup: computed,
  json,
}

/** What a type can do; for the check of definitions. */
export const valueTypeOf = (type: FieldType): ValueType => valueTypes[type]

/** Whether values of the type have an order, and so a sort key. */
export const isOrdered = (type: FieldType): boolean => valueTypes[type].sortKey !== undefined

/**
 * Reads a value by its type alone, as a filter does: a limit on what may be stored is none on what may be asked for.
 * `undefined`, `null` and '' are the absent value.
 */
export function parseOfType(field: ValueField, input: unknown, context: ValueContext): Parsed {
  if (input === undefined || input === null || input === '') return accept(null)
  return valueTypes[field.type].parse(input, field, context)
}

/**
 * Reads what a caller gave for a field: the type, then the field's options and rules. Gives the canonical value, `null`
 * for an absent one, or a predicate that says what is expected ("must be a date such as 2026-04-30"); the caller puts
 * the field's name before it. Whether a value is required is the record's business, not the value's.
 */
export function parseValue(field: ValueField, input: unknown, context: ValueContext): Parsed {
  const parsed = parseOfType(field, input, context)
  if (!parsed.ok || parsed.value === null) return parsed
  const problem = valueTypes[field.type].check?.(parsed.value, field, context)
  return problem === undefined ? parsed : refuse(problem)
}

/**
 * Text of at most 256 code points whose byte order (COLLATE "C", `compareKeys`) is the order of the values; `null`
 * where the type has none. Long texts that begin alike share a key, so equality of keys is not equality of values.
 */
export const sortKey = (field: Pick<ValueField, 'type'>, value: StoredValue): string | null =>
  valueTypes[field.type].sortKey?.(value) ?? null

/** What the search box finds of a value, already folded. */
export const searchText = (field: ValueField, value: StoredValue): string =>
  foldText(valueTypes[field.type].search(value, field))

/** A value for people: titles, exports, merge fields. Moments are shown in `timeZone`. */
export const displayText = (field: ValueField, value: StoredValue, locale: string, timeZone = 'UTC'): string =>
  valueTypes[field.type].display(value, field, locale, timeZone)
