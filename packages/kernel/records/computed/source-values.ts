/** Reads what computed fields are made of at other records: one statement per field, whatever the number of records. */
import { type RawBuilder, sql } from '../../database/index.ts'
import {
  type ActivityPart,
  type ActivityPlan,
  type ComputedField,
  type FarName,
  filterToSql,
  type Step,
  storedResult,
} from '../../expressions/index.ts'
import { type CompiledField, type CompiledRelation, storedKey } from '../../metadata/index.ts'
import { moneyOfMinor, type StoredValue } from '../../metadata/values/index.ts'
import { type RecordContext, valueContext } from '../context.ts'
import type { RecordData } from '../project.ts'
import { type FarValues, formulaValue } from './own.ts'
import { isTime, mostRanked, type Rollup, type Tally, type Total } from './totals.ts'

/** Values that a lookup over a relation to many shows. */
const mostLookedUp = 100

/** Rows of `id` and `value`; undefined where the field needs nothing of other records. */
export function sourceStatement(
  context: RecordContext,
  computed: ComputedField,
  ids: string[],
): RawBuilder<unknown> | undefined {
  const value = sourceExpression(context, computed)
  return value && sql`select t.id, ${value} as value from unnest(${ids}::uuid[]) as t(id)`
}

function sourceExpression(context: RecordContext, { plan }: ComputedField): RawBuilder<unknown> | undefined {
  const { tenantId } = context.model
  if (plan.kind === 'lookup') return lookedUp(tenantId, plan.relation, plan.source)
  if (plan.kind === 'rollup') return rolledUp(context, plan)
  if (plan.kind === 'activities') return dateOfActivities(tenantId, plan)
  if (plan.kind !== 'formula' || plan.far.length === 0) return undefined
  const pairs = plan.far.map((far) => sql`${far.name}::text, ${farValue(tenantId, far)}`)
  return sql`jsonb_build_object(${sql.join(pairs)})`
}

const ends = (direction: Step['direction']): [near: string, far: string] =>
  direction === 'out' ? ['from_id', 'to_id'] : ['to_id', 'from_id']

/**
 * What stands at the end of a way over single relations; nothing where one of the records on it is in the trash.
 *
 * Here and below, `offset 0` keeps each step a look into an index of its own: merged into one join, PostgreSQL compares
 * all links with all records as long as its statistics do not know the tenant.
 */
function farValue(tenantId: string, { steps, storedAs }: FarName): RawBuilder<unknown> {
  const records = steps.map((_, index) => sql.id(`c${index}`))
  const hops = steps.map((step, index) => {
    const before = index === 0 ? sql`t.id` : sql`${records[index - 1]!}.id`
    return sql`lateral (select c.id, c.data, l.position, l.created_at ${related(tenantId, step, before)}
      order by l.position, l.created_at, c.id limit 1) as ${records[index]!}`
  })
  return sql`(select ${records.at(-1)!}.data -> ${storedAs}::text from ${sql.join(hops, sql`, `)})`
}

/** `from … where …`: the living records `c` at the other side of the relation, each with its link `l`. */
function related(
  tenantId: string,
  { relationId, direction }: Step,
  of: RawBuilder<unknown> = sql`t.id`,
  among: RawBuilder<unknown> = sql``,
  columns: RawBuilder<unknown> = sql`c.data, c.amount_minor, c.currency`,
): RawBuilder<unknown> {
  const [near, far] = ends(direction)
  return sql`from (select links.position, links.created_at, links.${sql.ref(far)} as far_id from links
      where links.tenant_id = ${tenantId} and links.relation_id = ${relationId} and links.${sql.ref(near)} = ${of} offset 0) as l,
    lateral (select c.id, ${columns} from records c
      where c.tenant_id = ${tenantId} and c.id = l.far_id and c.deleted_at is null ${among} offset 0) as c
    where true`
}

function lookedUp(tenantId: string, relation: CompiledRelation, source: CompiledField): RawBuilder<unknown> {
  const key = storedKey(source)
  const found = sql`select c.data -> ${key}::text as value, l.position, l.created_at, c.id ${related(tenantId, relation)}
    and c.data ? ${key} order by l.position, l.created_at, c.id limit ${relation.many ? mostLookedUp : 1}`
  if (!relation.many) return sql`(select one.value from (${found}) as one)`
  return sql`(select jsonb_agg(one.value order by one.position, one.created_at, one.id) from (${found}) as one)`
}

/** The first or the last date among the activities, as the values of fields are written. */
function dateOfActivities(tenantId: string, { pick, parts }: ActivityPlan): RawBuilder<unknown> {
  const aggregate = sql.raw(pick)
  const dates = parts.map(({ relation, column, without }: ActivityPart) => {
    const among = sql`and c.${sql.ref(column)} is not null and coalesce(c.stage, '') <> all(${without}::text[])`
    return sql`(select ${aggregate}(c.at) ${related(tenantId, relation, sql`t.id`, among, sql`c.${sql.ref(column)} as at`)})`
  })
  if (dates.length === 0) return sql`null::jsonb`
  const one = sql`${sql.raw(pick === 'min' ? 'least' : 'greatest')}(${sql.join(dates)})`
  return sql`to_jsonb(to_char(${one} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`
}

function rolledUp(context: RecordContext, plan: Rollup): RawBuilder<unknown> {
  const { tenantId } = context.model
  return totalOver(plan, related(tenantId, plan.relation, sql`t.id`, among(context, plan)))
}

/**
 * What children bring to the rollups of their parents as they stand: a statement of `field_id`, `child`, `parent` and
 * `total`. Children that are in the trash, or that a filter leaves out, bring the total of none.
 */
export function broughtStatement(
  context: RecordContext,
  asked: { field: CompiledField; plan: Rollup; ids: string[] }[],
): RawBuilder<unknown> {
  const { tenantId } = context.model
  const parts = asked.map(({ field, plan, ids }) => {
    const [near, far] = ends(plan.relation.direction)
    const child = sql`from (select c.* from records c where c.tenant_id = ${tenantId} and c.id = t.id and c.deleted_at is null
        ${among(context, plan)} offset 0) as c where true`
    return sql`select ${field.id}::uuid as field_id, t.id as child, l.parent, ${totalOver(plan, child)} as total
      from unnest(${ids}::uuid[]) as t(id), lateral (select links.${sql.ref(near)} as parent from links
        where links.tenant_id = ${tenantId} and links.relation_id = ${plan.relation.relationId}
          and links.${sql.ref(far)} = t.id offset 0) as l`
  })
  return sql.join(parts, sql` union all `)
}

function among({ model, now }: RecordContext, { filter }: Rollup): RawBuilder<unknown> {
  return filter ? sql`and ${filterToSql(filter, { alias: 'c', me: '', now, timeZone: model.timeZone })}` : sql``
}

/** The total of the records `c` of `from … where …`: numbers add up as decimals, amounts in their smallest unit. */
function totalOver({ op, source }: Rollup, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  if (op === 'count') {
    const counted = source ? sql`count(c.data -> ${storedKey(source)}::text)` : sql`count(*)`
    return sql`(select to_jsonb(${counted}) ${rows})`
  }
  const key = storedKey(source!)
  const value = sql`c.data -> ${key}::text`
  if (isTime(source!)) return sql`(select ${tally(op, sql`c.data ->> ${key}::text collate "C"`)} ${rows})`
  if (source!.type !== 'money') {
    const number = sql`case when jsonb_typeof(${value}) = 'number' then (${value})::numeric end`
    return sql`(select ${tally(op, number)} ${rows})`
  }
  const typed = source!.storage.kind === 'role' && source!.storage.column === 'amount_minor'
  const minor = typed ? sql`c.amount_minor` : sql`replace(${value} ->> 'amount', '.', '')::numeric`
  const currency = typed ? sql`c.currency` : sql`${value} ->> 'currency'`
  return sql`(select coalesce(jsonb_object_agg(one.currency, one.tally), '{}'::jsonb)
    from (select ${currency} as currency, ${tally(op, minor)} as tally ${rows} and ${minor} is not null group by 1) as one)`
}

function tally(op: Rollup['op'], value: RawBuilder<unknown>): RawBuilder<unknown> {
  if (op !== 'min' && op !== 'max') return sql`jsonb_build_array(coalesce(sum(${value}), 0)::text, count(${value}))`
  const order = op === 'min' ? sql`asc` : sql`desc`
  const best = sql`(array_agg((${value})::text order by ${value} ${order}) filter (where ${value} is not null))[1:${sql.lit(mostRanked)}]`
  return sql`jsonb_build_array(coalesce(to_jsonb(${best}), '[]'::jsonb), count(${value}))`
}

/** The field's value, from what `sourceStatement` gave for the record. */
export function valueOfSource(
  context: RecordContext,
  computed: ComputedField,
  given: unknown,
  data: RecordData,
): StoredValue | null {
  const { plan, field } = computed
  if (plan.kind === 'formula') return formulaValue(context, computed, data, (given ?? {}) as FarValues)
  if (plan.kind === 'rollup') return rollupValue(context, plan, field, given as Total)
  if (plan.kind === 'activities') return (given ?? null) as string | null
  if (plan.kind !== 'lookup' || given == null) return null
  return field.type === 'tags' || field.type === 'multiselect'
    ? [...new Set((given as string[]).map(String))]
    : (given as StoredValue)
}

function rollupValue(context: RecordContext, plan: Rollup, field: CompiledField, total: Total): StoredValue | null {
  if (plan.op === 'count') return total as number
  if (plan.source!.type === 'money') return moneyRollup(context, plan, field, total as Record<string, Tally>)
  const [value, count] = total as Tally
  if (plan.op === 'sum') return storedResult(Number(value), field, valueContext(context))
  if (count === 0) return null
  if (plan.op === 'avg') return storedResult(Number(value) / count, field, valueContext(context))
  const [best] = value as string[]
  return isTime(plan.source!) ? best! : storedResult(Number(best), field, valueContext(context))
}

/** The most that an amount may have, in its smallest unit: it has to fit into 64 bits. */
const mostMinor = 10n ** 18n

/** Amounts of different currencies do not add up: there is no value then. Of none at all the sum is nothing. */
function moneyRollup(
  { model }: RecordContext,
  { op }: Rollup,
  field: CompiledField,
  currencies: Record<string, Tally>,
): StoredValue | null {
  const [first, ...others] = Object.entries(currencies)
  if (!first) return op === 'sum' ? moneyOfMinor(0n, field.currency ?? model.currency) : null
  const [currency, [value, count]] = first
  if (others.length > 0) return null
  const minor = typeof value === 'string' ? BigInt(value) : BigInt(value[0]!)
  const total = op === 'avg' ? dividedRounding(minor, BigInt(count)) : minor
  const fits = total < mostMinor && total > -mostMinor
  return fits ? moneyOfMinor(total, currency) : null
}

/** Halves go away from zero, as PostgreSQL rounds. */
function dividedRounding(sum: bigint, count: bigint): bigint {
  const half = sum < 0n ? -count : count
  return (2n * sum + half) / (2n * count)
}
