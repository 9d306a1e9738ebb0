/** One record, and the records related to those at hand. */
import { followWay, type Reach, requireAction, rowCondition, scopeOf } from '../access/index.ts'
import { allOf, type RawBuilder, type Row, sql } from '../database/index.ts'
import { type FieldProblem, notFound, validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { leaveTrail, readRecords } from './reading.ts'
import { type PresentedRecord, presentRecord, type RecordRow, recordColumns } from './row.ts'
import { shownAt } from './shown.ts'

/** For a WHERE that goes on with it: `and …`, or nothing where the caller may see every row. */
export function andReached(context: Pick<RecordContext, 'policy'>, reach: Reach, alias: string): RawBuilder<unknown> {
  const condition = rowCondition(context.policy, reach, alias)
  return condition ? sql`and ${condition}` : sql``
}

/** The record's row if the caller may see it, else 404. */
export async function readRow(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  options: { deleted?: boolean; last?: boolean } = {},
): Promise<RecordRow> {
  const reach = requireAction(context.policy, object, 'read')
  const statement = sql`select ${recordColumns(context.model, context.policy, object)} from records r
    where r.tenant_id = ${context.model.tenantId} and r.id = ${id} and r.object_id = ${object.id}
      ${options.deleted ? sql`` : sql`and r.deleted_at is null`} ${andReached(context, reach, 'r')}`
  const [rows] = await readRecords<RecordRow>(context, object, [statement], { last: options.last, one: true })
  const row = rows![0]
  if (!row) throw notFound(`The record ${id} of ${object.slug}`)
  return row
}

/** How deep `include` may go: each level is one statement per relation, whatever the number of records. */
const maxIncludeDepth = 3
/** Related records shown per record of a many-relation. */
const maxIncluded = 100

interface RelatedRow extends RecordRow {
  source_id: string
}

/** Where included records hang: the object that was asked for, and the relations followed from it. */
interface Way {
  from: CompiledObject
  relations: string[]
}

/**
 * Replaces the named relations of the records by the related records themselves: `primary_doctor`, `account.contacts`.
 * Only what the caller may read is followed, as far as they may go.
 */
export async function includeRelated(
  context: RecordContext,
  object: CompiledObject,
  records: PresentedRecord[],
  paths: string[],
  way: Way = { from: object, relations: [] },
): Promise<void> {
  const problems: FieldProblem[] = []
  for (const [key, deeper] of firstSteps(paths)) {
    const relations = [...way.relations, key]
    if (!followWay(context.policy, context.model, way.from, relations)) {
      problems.push({ field: 'include', message: `“${key}” is not a relation of ${object.slug}` })
    } else if (deeper.some((path) => path.split('.').length >= maxIncludeDepth)) {
      problems.push({ field: 'include', message: `goes at most ${maxIncludeDepth} relations deep` })
    } else if (records.length > 0) {
      await includeRelation(context, object.relation.get(key)!, records, deeper, { from: way.from, relations })
    }
  }
  if (problems.length > 0) throw validationError(problems)
}

function firstSteps(paths: string[]): Map<string, string[]> {
  const steps = new Map<string, string[]>()
  for (const path of paths) {
    const [first = '', ...rest] = path.split('.')
    steps.set(first, [...(steps.get(first) ?? []), ...(rest.length > 0 ? [rest.join('.')] : [])])
  }
  return steps
}

async function includeRelation(
  context: RecordContext,
  relation: CompiledRelation,
  records: PresentedRecord[],
  deeper: string[],
  way: Way,
): Promise<void> {
  const { model, policy } = context
  const other = model.objectById.get(relation.objectId)!
  const ids = records.map((record) => record.id)
  const rows = await relatedRows(context, relation, other, ids)
  leaveTrail(
    context,
    other,
    rows.map((row) => row.id),
  )
  const shown = shownAt(model, policy, way.from, way.relations)
  const presented = rows.map((row) => presentRecord(model, policy, other, row, undefined, shown))
  if (deeper.length > 0) await includeRelated(context, other, presented, deeper, way)
  for (const record of records) {
    const related = presented.filter((_, index) => rows[index]!.source_id === record.id)
    record[relation.key] = relation.many ? related : (related[0] ?? null)
  }
}

function relatedRows(
  context: RecordContext,
  relation: CompiledRelation,
  other: CompiledObject,
  ids: string[],
): Promise<RelatedRow[]> {
  const { tenantId } = context.model
  const [near, far] = relation.direction === 'out' ? ['from_id', 'to_id'] : ['to_id', 'from_id']
  const limit = rowCondition(context.policy, scopeOf(context.policy, other, 'read')!, 'r')
  const conditions = [sql`r.deleted_at is null`, ...(limit ? [limit] : [])]
  return context.tx.query<RelatedRow>(sql`select source.id as source_id, found.*
    from unnest(${ids}::uuid[]) as source(id), lateral (
      select ${recordColumns(context.model, context.policy, other)}
      from links l join records r on r.tenant_id = ${tenantId} and r.id = l.${sql.ref(far!)}
      where l.tenant_id = ${tenantId} and l.relation_id = ${relation.relationId} and l.${sql.ref(near!)} = source.id
        and ${allOf(conditions)}
      order by l.position, l.created_at limit ${maxIncluded}) as found`)
}

/** Related records under one relation, a page at a time, the most recently linked first. */
export async function listLinked(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  query: { limit: number; page: number },
): Promise<{ records: PresentedRecord[]; total: number }> {
  await readRow(context, object, id)
  const other = context.model.objectById.get(relation.objectId)!
  const reach = requireAction(context.policy, other, 'read')
  const { tenantId } = context.model
  const [near, far] = relation.direction === 'out' ? ['from_id', 'to_id'] : ['to_id', 'from_id']
  const from = sql`from links l join records r on r.tenant_id = ${tenantId} and r.id = l.${sql.ref(far!)}
    where l.tenant_id = ${tenantId} and l.relation_id = ${relation.relationId} and l.${sql.ref(near!)} = ${id}
      and r.deleted_at is null ${andReached(context, reach, 'r')}`
  const page = sql`select ${recordColumns(context.model, context.policy, other)} ${from}
    order by l.created_at desc, r.id desc limit ${query.limit} offset ${(query.page - 1) * query.limit}`
  const count = sql`select count(*) as total ${from}`
  const [rows, counted] = (await readRecords<RecordRow>(context, other, [page, count])) as [RecordRow[], Row[]]
  const shown = shownAt(context.model, context.policy, object, [relation.key])
  return {
    records: rows.map((row) => presentRecord(context.model, context.policy, other, row, undefined, shown)),
    total: counted[0]!.total as number,
  }
}
