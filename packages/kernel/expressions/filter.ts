/**
 * The one filter language: `{and: […]} | {or: […]} | {not: …} | {field, op, value}`. Views, the API, workflow
 * conditions, access filters, audiences and reports all speak it. Parsed once against a tenant's model, it is a tree
 * whose leaves know their field, and two evaluators read it: SQL (to-sql.ts) and memory (match.ts).
 */

import type { RawBuilder, SqlBool } from 'kysely'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { StoredValue, ValueField } from '../metadata/values/index.ts'
import type { RelativePeriod } from './periods.ts'

export const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'nin',
  'contains',
  'startsWith',
  'empty',
  'notEmpty',
  'between',
] as const
export type Operator = (typeof operators)[number]

/** One step over a relation, to `object` at its other side. */
export interface Hop {
  /** Said to PostgreSQL at each step, so that it plans for the one partition that holds the tenant. */
  tenantId: string
  relation: CompiledRelation
  object: CompiledObject
  /** The relation also leads to records of other objects, which are not meant. */
  narrowed?: boolean
}

/**
 * Where SQL finds a value to compare, beside `data`:
 * `key` a column of sort keys (a slot, or the title's), `column` the value itself, `moment` a timestamptz,
 * `minor` money counted in minor units, `data` nothing but the JSON.
 */
export type Source =
  | { form: 'key'; column: string }
  | { form: 'column'; column: string; type: 'text' | 'uuid' | 'bigint' }
  | { form: 'moment'; column: string; stay?: StayPlace }
  | { form: 'minor'; column: string }
  | { form: 'data' }

/** Where a record says since when it is in the stage of a further pipeline. */
export interface StayPlace {
  /** Of the field that shows the stage. */
  fieldId: string
  /** The key of its value in `data`. */
  key: string
}

/** What a condition looks at: a value of the record, or one of its relations. */
export type Target =
  /** `of` names the field that an attribute of the system tells of: where that is hidden, so is the attribute. */
  | { kind: 'value'; key: string; field: ValueField; source: Source; system: boolean; of?: string }
  | { kind: 'relation'; hop: Hop }

/** A value to compare with. All but the first are worked out anew at each evaluation. */
export type Operand =
  | { value: StoredValue }
  /** A day on a field of moments: from its first to its last instant in the zone of whoever asks. */
  | { day: string }
  | { relative: RelativePeriod; n: number }
  /** The moment so many days before now. */
  | { daysAgo: number }
  | { me: true }

export interface Condition {
  /** Hops from the record to where the target is; none for the record's own. */
  path: Hop[]
  target: Target
  op: Operator
  operands: Operand[]
}

export type Filter = { and: Filter[] } | { or: Filter[] } | { not: Filter } | Condition

/** What the words `me`, `today` and their kind stand for. */
export interface FilterContext {
  /** User id of whoever asks; '' when it is no person, and then nothing is theirs. */
  me: string
  now: Date
  timeZone: string
}

/** What the caller of a filter may see; a policy compiles to it. Without one everything is visible. */
export interface FilterAccess {
  /** Whether the field (or relation field) may be read. What may not is refused as if there were no such field. */
  field(object: CompiledObject, key: string): boolean
  /**
   * Whether the relations may be followed step by step (`company`, `about.patients`): tells what is seen at the end, or
   * undefined where the way is closed. Without it every way is open that leads over visible fields.
   */
  way?(from: CompiledObject, relations: string[]): ((key: string) => boolean) | undefined
  /** Limits the records that a hop arrives at; undefined for no limit, 'none' where the object may not be read. */
  rows(object: CompiledObject, alias: string): RawBuilder<SqlBool> | undefined | 'none'
}

/** Where a way over relations leads to what is sought from. */
export interface FirstStop {
  /** The records at the end of its first relation. */
  ids: string[]
  /** How many links lead to these; counted up to `mostCounted`. */
  links: number
}

/** For each condition over a way, the records at its first stop from which the way leads to what is sought. */
export type FirstStops = Map<Condition, FirstStop>
