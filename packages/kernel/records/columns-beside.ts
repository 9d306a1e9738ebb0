/**
 * Columns over relations that lead to one record at the most, read beside the records themselves: a list that shows the
 * names of three others is one statement, which reads those names and nothing else of the three.
 *
 * Ways over several records, to one of several objects, or to records of which the caller does not see the same
 * everywhere are left to `include.ts`, which goes them step by step.
 */
import { followWay, recordsDiffer, rowCondition, scopeOf } from '../access/index.ts'
import { type RawBuilder, sql } from '../database/index.ts'
import { type CompiledObject, type CompiledRelation, storedKey } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { linkEnds } from './link-order.ts'
import { leaveTrail } from './reading.ts'

/** One relation that is followed beside the record, and what is read at its end. */
interface Step {
  relation: CompiledRelation
  object: CompiledObject
  /** The names of the columns that end here, and what they show of the record `alias`. */
  columns: { name: string; value(alias: string): RawBuilder<unknown> }[]
  onwards: Step[]
}

/** The steps from the records that are listed, and the names of the columns at their ends. */
export interface ColumnsBeside {
  names: string[]
  steps: Step[]
}

/** What of these columns, which the caller may see, can be read beside the records. */
export function planBeside(context: RecordContext, object: CompiledObject, names: string[]): ColumnsBeside {
  const beside: ColumnsBeside = { names: [], steps: [] }
  for (const name of names) {
    const keys = name.split('.')
    const way = wayTo(context, object, keys.slice(0, -1))
    const value = way && readingOf(context, object, keys, way.at(-1)!.object)
    if (!value) continue
    beside.names.push(name)
    stepAlong(beside.steps, way).columns.push({ name, value })
  }
  return beside
}

type Way = Pick<Step, 'relation' | 'object'>[]

function wayTo({ model, policy }: RecordContext, from: CompiledObject, keys: string[]): Way | undefined {
  const way: Way = []
  let at = from
  for (const key of keys) {
    const relation = at.relation.get(key)
    if (!relation || relation.many || relation.objects.length > 1 || recordsDiffer(policy, at)) return undefined
    at = model.objectById.get(relation.objectId)!
    way.push({ relation, object: at })
  }
  return way.length === 0 || recordsDiffer(policy, at) ? undefined : way
}

/** How the last of the names is read from the record that the others lead to. */
function readingOf(
  { model, policy }: RecordContext,
  from: CompiledObject,
  keys: string[],
  at: CompiledObject,
): ((alias: string) => RawBuilder<unknown>) | undefined {
  const last = keys.at(-1)!
  const field = at.field.get(last)
  if (field) {
    return field.storage.kind === 'links'
      ? undefined
      : (alias) => sql`${sql.ref(`${alias}.data`)} -> ${sql.lit(storedKey(field))}`
  }
  if (last === 'recordNumber') return (alias) => sql.ref(`${alias}.record_number`)
  if (last !== 'title') return undefined
  const seen = followWay(policy, model, from, keys.slice(0, -1))?.sees(at.roles.title)
  return (alias) => (seen ? sql.ref(`${alias}.title`) : sql`null::text`)
}

/** The step at the end of the way; those on it are shared by all columns that go over them. */
function stepAlong(steps: Step[], [first, ...rest]: Way): Step {
  const { relation, object } = first!
  const known = steps.find((step) => step.relation === relation)
  const step = known ?? { relation, object, columns: [], onwards: [] }
  if (!known) steps.push(step)
  return rest.length === 0 ? step : stepAlong(step.onwards, rest)
}

/** For the select list of records under the alias `r`: one value for each of the steps, which `valuesBeside` reads. */
export function besideColumn(context: RecordContext, { steps }: ColumnsBeside): RawBuilder<unknown> {
  return sql`jsonb_build_array(${sql.join(steps.map((step) => reached(context, step, 'r')))})`
}

/** The id of the record that the step leads to, the values asked for, and what the steps from there lead to. */
function reached(
  context: RecordContext,
  { relation, object, columns, onwards }: Step,
  from: string,
): RawBuilder<unknown> {
  const { model, policy } = context
  const { near, far } = linkEnds(relation)
  const [other, link] = [`${from}_1`, `${from}_link`]
  const of = (table: string, column: string) => sql.ref(`${table}.${column}`)
  const limit = rowCondition(policy, scopeOf(policy, object, 'read')!, other)
  const parts = [
    of(other, 'id'),
    ...columns.map(({ value }) => value(other)),
    ...onwards.map((step) => reached(context, step, other)),
  ]
  return sql`(select jsonb_build_array(${sql.join(parts)})
    from links as ${sql.id(link)} join records as ${sql.id(other)}
      on ${of(other, 'tenant_id')} = ${model.tenantId} and ${of(other, 'id')} = ${of(link, far)}
    where ${of(link, 'tenant_id')} = ${model.tenantId} and ${of(link, 'relation_id')} = ${relation.relationId}
      and ${of(link, near)} = ${of(from, 'id')} and ${of(other, 'deleted_at')} is null
      ${limit ? sql`and ${limit}` : sql``} limit 1)`
}

/** What `besideColumn` gave for one record: for each step null, or its id, its values and its own steps. */
export type Beside = (unknown[] | null)[]

/** The values by the names of their columns, for each record; the trail is told of the records they are of. */
export function valuesBeside(
  context: RecordContext,
  { names, steps }: ColumnsBeside,
  rows: Beside[],
): Record<string, unknown>[] {
  const ids = new Map<CompiledObject, string[]>()
  const read = (step: Step, found: unknown[] | null | undefined, into: Record<string, unknown>) => {
    if (!found) return
    const [id, ...values] = found
    ids.set(step.object, [...(ids.get(step.object) ?? []), id as string])
    for (const [index, { name }] of step.columns.entries()) into[name] = values[index]
    for (const [index, next] of step.onwards.entries())
      read(next, values[step.columns.length + index] as unknown[] | null, into)
  }
  const absent = Object.fromEntries(names.map((name) => [name, null]))
  const records = rows.map((row) => {
    const values = { ...absent }
    for (const [index, step] of steps.entries()) read(step, row[index], values)
    return values
  })
  for (const [object, found] of ids) leaveTrail(context, object, found)
  return records
}
