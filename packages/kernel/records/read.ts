/** One record, and the records related to those at hand. */
import { followWay, type Reach, requireAction, rowCondition, scopeOf } from '../access/index.ts'
import { allOf, type RawBuilder, type Row, sql } from '../database/index.ts'
import { type AppError, type FieldProblem, notFound, validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { leaveTrail, readRecords } from './reading.ts'
import { type PresentedRecord, presentRecord, type RecordRow, recordColumns } from './row.ts'
import { shownAlong } from './shown.ts'

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

/** Related records in one answer, on all ways together and each as often as it stands there: levels multiply. */
const maxIncludedTogether = 10_000

/** Where included records hang: the object that was asked for, and the relations followed from it. */
interface Way {
  from: CompiledObject
  relations: string[]
  /** How often each record at its end stands in the answer, by id. */
  times: Map<string, number>
  /** How many more may come, on this way and all others of the request. */
  room: { left: number }
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
): Promise<void> {
  const times = new Map(records.map((record) => [record.id, 1]))
  await includeAlong(context, object, records, paths, {
    from: object,
    relations: [],
    times,
    room: { left: maxIncludedTogether },
  })
}

async function includeAlong(
  context: RecordContext,
  object: CompiledObject,
  records: PresentedRecord[],
  paths: string[],
  way: Way,
): Promise<void> {
  const problems: FieldProblem[] = []
  for (const [key, deeper] of firstSteps(paths)) {
    const relations = [...way.relations, key]
    if (!followWay(context.policy, context.model, way.from, relations)) {
      problems.push({ field: 'include', message: `“${key}” is not a relation of ${object.slug}` })
    } else if (deeper.some((path) => path.split('.').length >= maxIncludeDepth)) {
      problems.push({ field: 'include', message: `goes at most ${maxIncludeDepth} relations deep` })
    } else if (records.length > 0) {
      await includeRelation(context, object.relation.get(key)!, records, deeper, { ...way, relations })
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
  const rows = await relatedRows(context, relation, other, [...way.times.keys()], way.room.left + 1)
  const times = timesPlaced(rows, way)
  leaveTrail(
    context,
    other,
    rows.map((row) => row.id),
  )
  const shown = shownAlong(model, policy, way.from, way.relations)
  const presented = rows.map((row) => presentRecord(model, policy, other, row, undefined, shown(row)))
  if (deeper.length > 0) await includeAlong(context, other, presented, deeper, { ...way, times })
  const bySource = Map.groupBy(presented, (_, index) => rows[index]!.source_id)
  for (const record of records) {
    const related = bySource.get(record.id) ?? []
    record[relation.key] = relation.many ? related : (related[0] ?? null)
  }
}

/** How often each of the related records will stand in the answer: a way may lead to one more than once. */
function timesPlaced(rows: RelatedRow[], { times, room }: Way): Map<string, number> {
  const placed = new Map<string, number>()
  for (const { id, source_id } of rows) {
    const here = times.get(source_id) ?? 0
    placed.set(id, (placed.get(id) ?? 0) + here)
    room.left -= here
  }
  if (room.left < 0) throw tooManyIncluded()
  return placed
}

const tooManyIncluded = (): AppError =>
  validationError([
    {
      field: 'include',
      message: `brings more than ${maxIncludedTogether.toLocaleString('en')} related records; ask for fewer records or relations at once`,
    },
  ])

function relatedRows(
  context: RecordContext,
  relation: CompiledRelation,
  other: CompiledObject,
  ids: string[],
  most: number,
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
      order by l.position, l.created_at limit ${maxIncluded}) as found
    limit ${most}`)
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
  const { model, policy } = context
  const shown = shownAlong(model, policy, object, [relation.key])
  return {
    records: rows.map((row) => presentRecord(model, policy, other, row, undefined, shown(row))),
    total: counted[0]!.total as number,
  }
}
