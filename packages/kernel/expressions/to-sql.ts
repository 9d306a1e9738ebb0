/**
 * The filter language in SQL, over `records` and `links`. Conditions on columns and slots are written so that their
 * indexes serve them under row-level security; the rest reads `data`.
 *
 * A condition on an absent value is null, which WHERE takes for false; `is not true` turns it around, so that the
 * opposite of null is true, as it is in memory.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { storedKey } from '../metadata/index.ts'
import {
  accentPattern,
  addressParts,
  cut,
  foldLetters,
  foldText,
  type Money,
  minorUnits,
  momentOf,
  type StoredValue,
  sortKey,
} from '../metadata/values/index.ts'
import type {
  Condition,
  Filter,
  FilterAccess,
  FilterContext,
  FirstStops,
  Hop,
  Source,
  StayPlace,
  Target,
} from './filter.ts'
import { meaningOf, type Span, type Test } from './meaning.ts'
import { stayBegan } from './stage-age.ts'
import { stageSince } from './targets.ts'

export interface SqlContext extends FilterContext {
  /** Name under which the query knows `records`. */
  alias: string
  access?: FilterAccess
  /** Rows on which a field of the records themselves is seen; undefined: all. On the others it counts as absent. */
  seen?(key: string): RawBuilder<SqlBool> | undefined
  /** Where ways were gone from their far ends before; such a statement is best planned for its values. */
  stops?: FirstStops
  /** Each record is asked for itself whether it leads to a first stop; those that do are not gathered before. */
  oneByOne?: boolean
}

type Sql = RawBuilder<SqlBool>
type ValueTarget = Extract<Target, { kind: 'value' }>

/** A condition for WHERE; it may be null where it is not true. */
export function filterToSql(filter: Filter, context: SqlContext): Sql {
  if ('and' in filter) return joined(filter.and, sql` and `, sql`true`, context)
  if ('or' in filter) return joined(filter.or, sql` or `, sql`false`, context)
  if ('not' in filter) return opposite(filterToSql(filter.not, context))
  return conditionToSql(filter, context)
}

/** One value is compared by itself: only then does an index that goes on behind the column give its order. */
function columnIsOneOf(column: RawBuilder<unknown>, values: unknown[], type: 'text' | 'uuid' | 'bigint'): Sql {
  const of = sql.raw(type)
  return values.length === 1 ? sql`${column} = ${values[0]}::${of}` : sql`${column} = any(${values}::${of}[])`
}

function joined(filters: Filter[], word: RawBuilder<unknown>, ofNone: Sql, context: SqlContext): Sql {
  if (filters.length === 0) return ofNone
  return sql`(${sql.join(
    filters.map((part) => filterToSql(part, context)),
    word,
  )})`
}

const opposite = (condition: Sql): Sql => sql`((${condition}) is not true)`
const anyOf = (conditions: Sql[]): Sql =>
  conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`
const allOf = (conditions: Sql[]): Sql => sql`(${sql.join(conditions, sql` and `)})`

function conditionToSql(condition: Condition, context: SqlContext): Sql {
  const { negated, test } = meaningOf(condition, context)
  const stops = context.stops?.get(condition)
  const isLinkedWithOne = context.oneByOne ? leadsToStop : isLinkedWithStop
  const held = stops
    ? isLinkedWithOne(condition.path[0]!, stops.ids, context.alias)
    : alongPath(condition.path, condition.target, test, context.alias, context.access)
  const seen = condition.path.length === 0 && seenValue(condition.target, context)
  const positive = seen ? allOf([seen, held]) : held
  return negated ? opposite(positive) : positive
}

const seenValue = (target: Target, context: SqlContext): Sql | undefined =>
  target.kind === 'value' && (!target.system || target.of) ? context.seen?.(target.of ?? target.key) : undefined

function alongPath(path: Hop[], target: Target, test: Test, alias: string, access: FilterAccess | undefined): Sql {
  const [hop, ...rest] = path
  if (hop) return isLinked(hop, alias, access, (other) => alongPath(rest, target, test, other, access))
  if (target.kind === 'value') return valueToSql(target, test, alias)
  if (test.kind !== 'oneOf') return isLinked(target.hop, alias, access, () => sql`true`)
  return isLinkedWith(target.hop, test.values, alias, access)
}

export const column = (table: string, name: string): RawBuilder<unknown> => sql.ref(`${table}.${name}`)

/** Ends of a link: this side's, and the other's. */
export const endsOf = ({ relation }: Hop): [here: string, there: string] =>
  relation.direction === 'out' ? ['from_id', 'to_id'] : ['to_id', 'from_id']

/**
 * Whether some linked record that lives, and that the caller may read, satisfies a condition.
 *
 * `offset 0` keeps PostgreSQL from merging the subqueries into one join. For a tenant that its statistics do not know
 * yet it expects one row everywhere and then joins by comparing all with all: measured, a second hop over 60 records
 * took more than 5 s. Kept apart, each step is one look into an index. That the other record is of the right object
 * follows from the relation, and saying it would offer the planner a worse index.
 */
function isLinked(hop: Hop, alias: string, access: FilterAccess | undefined, satisfies: (other: string) => Sql): Sql {
  const [here, there] = endsOf(hop)
  const link = `${alias}_link`
  return sql`exists (
    select 1 from links as ${sql.id(link)}
    where ${column(link, 'tenant_id')} = ${hop.tenantId}::uuid
      and ${column(link, 'tenant_id')} = ${column(alias, 'tenant_id')}
      and ${column(link, 'relation_id')} = ${hop.relation.relationId}::uuid
      and ${column(link, here)} = ${column(alias, 'id')}
      and ${arrives(hop, link, there, alias, access, satisfies)}
    offset 0)`
}

/**
 * Whether a record is linked with one of those named. Records of one patient are asked for more than anything else,
 * so this starts from the few links of that patient, where `isLinked` would start from all records.
 */
function isLinkedWith(hop: Hop, ids: StoredValue[], alias: string, access: FilterAccess | undefined): Sql {
  const [here, there] = endsOf(hop)
  const link = `${alias}_link`
  return sql`(${column(alias, 'tenant_id')}, ${column(alias, 'id')}) in (
    select ${column(link, 'tenant_id')}, ${column(link, here)} from links as ${sql.id(link)}
    where ${column(link, 'tenant_id')} = ${hop.tenantId}::uuid
      and ${column(link, 'relation_id')} = ${hop.relation.relationId}::uuid
      and ${column(link, there)} = any(${ids}::uuid[])
      and ${arrives(hop, link, there, alias, access, () => sql`true`)}
    offset 0)`
}

/** Whether a record is linked with one of those that are known to satisfy the condition. */
function isLinkedWithStop(hop: Hop, ids: string[], alias: string): Sql {
  const [here, there] = endsOf(hop)
  const link = `${alias}_link`
  return sql`(${column(alias, 'tenant_id')}, ${column(alias, 'id')}) in (
    select ${column(link, 'tenant_id')}, ${column(link, here)} from links as ${sql.id(link)}
    where ${column(link, 'tenant_id')} = ${hop.tenantId}::uuid
      and ${column(link, 'relation_id')} = ${hop.relation.relationId}::uuid
      and ${column(link, there)} = any(${ids}::uuid[]))`
}

/** The same, asked of one record after the other; see `isLinked` for `offset 0`. */
function leadsToStop(hop: Hop, ids: string[], alias: string): Sql {
  const [here, there] = endsOf(hop)
  const link = `${alias}_link`
  return sql`exists (
    select 1 from links as ${sql.id(link)}
    where ${column(link, 'tenant_id')} = ${hop.tenantId}::uuid
      and ${column(link, 'relation_id')} = ${hop.relation.relationId}::uuid
      and ${column(link, here)} = ${column(alias, 'id')}
      and ${column(link, there)} = any(${ids}::uuid[])
    offset 0)`
}

/** Whether a link leads to a record that lives, that the caller may read, and that satisfies a condition. */
function arrives(
  hop: Hop,
  link: string,
  there: string,
  alias: string,
  access: FilterAccess | undefined,
  satisfies: (other: string) => Sql,
): Sql {
  // Longer than every name around it, so that no inner query takes an outer one's.
  const other = `${alias}_1`
  return sql`exists (
    select 1 from records as ${sql.id(other)}
    where ${column(other, 'id')} = ${column(link, there)} and ${isVisible(hop, other, access)} and ${satisfies(other)}
    offset 0)`
}

/** Whether the record lives, is of the object that is meant, and may be read by the caller. */
export function isVisible(hop: Hop, other: string, access: FilterAccess | undefined): Sql {
  const visible = access?.rows(hop.object, other)
  if (visible === 'none') return sql`false`
  return sql`${column(other, 'tenant_id')} = ${hop.tenantId}::uuid
    and ${column(other, 'deleted_at')} is null
    and ${isMeant(hop, other)}
    and ${visible ?? sql`true`}`
}

/**
 * Whether the record is of the object that is meant. It is found by its id: said with `=`, the object would offer the
 * planner an index over all of its records.
 */
const isMeant = ({ narrowed, object }: Hop, other: string): Sql =>
  narrowed ? sql`${column(other, 'object_id')} is not distinct from ${object.id}::uuid` : sql`true`

export function valueToSql(target: ValueTarget, test: Test, alias: string): Sql {
  if (test.kind === 'present') return isPresent(target, alias)
  if (test.kind === 'oneOf') return isOneOf(target, test.values, alias)
  if (test.kind === 'within') return isWithin(target, test.spans, alias)
  return holds(target, test.text, test.where, alias)
}

const dataOf = (alias: string): RawBuilder<unknown> => sql.ref(`${alias}.data`)
const storedAt = ({ key, field }: ValueTarget): string => storedKey({ key, storedAs: field.storedAs })
const jsonOf = (target: ValueTarget, alias: string): RawBuilder<unknown> =>
  sql`${dataOf(alias)} -> ${sql.lit(storedAt(target))}`
const textOf = (target: ValueTarget, alias: string): RawBuilder<unknown> =>
  sql`(${dataOf(alias)} ->> ${sql.lit(storedAt(target))})`

/** The column that holds the value. Of a record that never moved the moment it was made says since when it is in its stage. */
function columnAt(source: { column: string; stay?: StayPlace }, alias: string): RawBuilder<unknown> {
  const { column, stay } = source
  const at = (name: string) => sql.ref(`${alias}.${name}`)
  if (stay) return stayBegan(stay, alias)
  if (column !== stageSince) return at(column)
  return sql`(case when ${at('stage')} is not null then coalesce(${at(column)}, ${at('created_at')}) end)`
}

function isPresent(target: ValueTarget, alias: string): Sql {
  const { source } = target
  if (source.form === 'data') return sql`coalesce(${jsonOf(target, alias)}, 'null') not in ('null', '""', '[]')`
  const stored = columnAt(source, alias)
  return source.column === titleKey ? sql`${stored} <> ''` : sql`${stored} is not null`
}

/** The only column of keys that is never null: an absent title has the empty one, which would stand before all. */
const titleKey = 'title_key'

/** Types whose values are equal when their sort keys are. */
const exactKeys = new Set('number integer percent rating duration date datetime time boolean user phone'.split(' '))
const listTypes = new Set(['multiselect', 'tags'])

function isOneOf(target: ValueTarget, values: StoredValue[], alias: string): Sql {
  const { source, field } = target
  if (source.form === 'data') return hasInData(target, values, alias)
  const column = sql.ref(`${alias}.${source.column}`)
  if (source.form === 'column') return columnIsOneOf(column, values.map(String), source.type)
  if (source.form === 'moment')
    return isWithin(
      target,
      values.map((value) => ({ from: value, upTo: value })),
      alias,
    )
  if (source.form === 'minor') {
    const minor = values.map((value) => String(minorUnits(value as Money)))
    return allOf([columnIsOneOf(column, minor, 'bigint'), hasInData(target, values, alias)])
  }
  const keys = columnIsOneOf(
    column,
    values.map((value) => sortKey(field, value)),
    'text',
  )
  return exactKeys.has(field.type) ? keys : allOf([keys, hasInData(target, values, alias)])
}

/** Containment, which the index on `data` serves. */
function hasInData(target: ValueTarget, values: StoredValue[], alias: string): Sql {
  const contained = (value: StoredValue) =>
    JSON.stringify({ [storedAt(target)]: listTypes.has(target.field.type) ? [value] : value })
  return anyOf(values.map((value) => sql`${dataOf(alias)} @> ${contained(value)}::jsonb`))
}

/** One side of a comparison: what stands in the row, and a bound in the same form. */
interface Scale {
  at: RawBuilder<unknown>
  bound(value: StoredValue): RawBuilder<unknown>
}

const minorText = (value: StoredValue): string => String(minorUnits(value as Money))

function scaleOf(target: ValueTarget, alias: string): Scale {
  const { source, field } = target
  if (source.form === 'data') return scaleOfData(target, alias)
  const at = sql.ref(`${alias}.${source.column}`)
  if (source.form === 'key') return { at, bound: (value) => sql`${sortKey(field, value)}` }
  if (source.form === 'minor') return { at, bound: (value) => sql`${minorText(value)}::bigint` }
  return { at, bound: (value) => sql`${String(value)}::bigint` }
}

/** Amounts have all digits of their currency, so without the point they are minor units. */
function scaleOfData(target: ValueTarget, alias: string): Scale {
  const type = target.field.type
  if (type === 'money') {
    const amount = sql`(${jsonOf(target, alias)} ->> 'amount')`
    return {
      at: sql`(case when ${amount} ~ '^-?[0-9]+([.][0-9]+)?$' then replace(${amount}, '.', '')::numeric end)`,
      bound: (value) => sql`${minorText(value)}::numeric`,
    }
  }
  if (type === 'date' || type === 'datetime' || type === 'time') {
    return { at: sql`(${textOf(target, alias)} collate "C")`, bound: (value) => sql`${value}` }
  }
  const isNumber = sql`jsonb_typeof(${jsonOf(target, alias)}) = 'number'`
  return {
    at: sql`(case when ${isNumber} then ${textOf(target, alias)}::numeric end)`,
    bound: (value) => sql`${String(value)}::numeric`,
  }
}

function isWithin(target: ValueTarget, spans: Span[], alias: string): Sql {
  const { source } = target
  if (source.form === 'moment') return anyOf(spans.map((span) => isInTime(source, span, alias)))
  const { at, bound } = scaleOf(target, alias)
  const spanToSql = ({ over, from, upTo, below }: Span): Sql =>
    allOf([
      ...(over === undefined ? [] : [sql<SqlBool>`${at} > ${bound(over)}`]),
      ...(from === undefined ? [] : [sql<SqlBool>`${at} >= ${bound(from)}`]),
      ...(upTo === undefined ? [] : [sql<SqlBool>`${at} <= ${bound(upTo)}`]),
      ...(below === undefined ? [] : [sql<SqlBool>`${at} < ${bound(below)}`]),
    ])
  const within = anyOf(spans.map(spanToSql))
  return source.form === 'key' && source.column === titleKey ? allOf([isPresent(target, alias), within]) : within
}

/** Columns of time count microseconds and our moments milliseconds: a moment lasts until the next one begins. */
function isInTime(source: Extract<Source, { form: 'moment' }>, { over, from, upTo, below }: Span, alias: string): Sql {
  const at = columnAt(source, alias)
  const bound = (moment: string) => sql`${moment}::timestamptz`
  return allOf([
    ...(over === undefined ? [] : [sql<SqlBool>`${at} >= ${bound(momentAfter(over))}`]),
    ...(from === undefined ? [] : [sql<SqlBool>`${at} >= ${bound(momentAt(from))}`]),
    ...(upTo === undefined ? [] : [sql<SqlBool>`${at} < ${bound(momentAfter(upTo))}`]),
    ...(below === undefined ? [] : [sql<SqlBool>`${at} < ${bound(momentAt(below))}`]),
  ])
}

/** A day stands in a column of time as its midnight in UTC. */
const momentAt = (value: StoredValue): string => new Date(value as string).toISOString()
const momentAfter = (value: StoredValue): string => momentOf(Date.parse(value as string) + 1) ?? 'infinity'

/** The same words that memory looks in, see `searchedText` there. */
function searchedText(target: ValueTarget, alias: string): RawBuilder<unknown> {
  if (target.source.form === 'column') return sql.ref(`${alias}.${target.source.column}`)
  if (target.field.type === 'richtext') return sql`regexp_replace(${textOf(target, alias)}, '<[^>]*>', ' ', 'g')`
  if (target.field.type !== 'address') return textOf(target, alias)
  const parts = addressParts.map((part) => sql`${jsonOf(target, alias)} ->> ${sql.lit(part)}`)
  return sql`concat_ws(' ', ${sql.join(parts)})`
}

/** `foldLetters` in PostgreSQL. */
export const foldedSql = (text: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`replace(lower(regexp_replace(normalize(${text}, NFKD), ${sql.lit(accentPattern)}, '', 'g')), 'ς', 'σ')`

const lastCharacter = '\u{10FFFF}'
const keyLength = 200

function holds(target: ValueTarget, text: string, where: 'anywhere' | 'start', alias: string): Sql {
  const sought = foldLetters(text)
  const words = foldedSql(searchedText(target, alias))
  if (where === 'anywhere') return sql`strpos(${words}, ${sought}) > 0`
  const starts = sql`starts_with(${words}, ${sought})` as Sql
  if (target.source.form !== 'key') return starts
  // What begins so has a key that begins so: the index narrows before texts are folded.
  const key = sql.ref(`${alias}.${target.source.column}`)
  const prefix = cut(foldText(text), keyLength)
  return allOf([sql`${key} >= ${prefix}`, sql`${key} < ${prefix + lastCharacter}`, starts])
}
