/**
 * Related records in the place of the relations that lead to them: `primary_doctor`, `company.deals.contacts`. Each
 * relation on the way is one statement for each object it leads to, whatever the number of records; only what the caller
 * may read is followed, as far as they may go.
 */
import { rowCondition, scopeOf } from '../access/index.ts'
import { type RawBuilder, sql } from '../database/index.ts'
import { type AppError, type FieldProblem, validationError } from '../errors/index.ts'
import { type CompiledObject, type CompiledRelation, namesObject, stepTo } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { linkEnds } from './link-order.ts'
import { leaveTrail } from './reading.ts'
import { visibleTargets } from './relations.ts'
import { type PresentedRecord, presentRecord, type RecordRow, recordColumns } from './row.ts'
import { shownAlong } from './shown.ts'

/** Related records shown per record of a many-relation. */
const maxIncluded = 100
/** Related records in one answer, on all ways together and each as often as it stands there: levels multiply. */
const maxIncludedTogether = 10_000
/** Relations followed for one answer, each counted for each object it leads to. */
const maxFollowed = 60

/** A relation to follow from records of one object. */
export interface Branch {
  relation: CompiledRelation
  targets: Target[]
}

/** One of the objects that a relation leads to, and where to go on from there. */
interface Target {
  object: CompiledObject
  /** The whole way from the object that was asked for. */
  steps: string[]
  branches: Branch[]
}

/** Which parameter of the request names the ways. */
export type AskedBy = 'include' | 'fields'

/** Reads the names of the ways, refusing those that the caller may not go as if there were none. */
export function planIncludes(
  context: RecordContext,
  object: CompiledObject,
  paths: string[],
  askedBy: AskedBy,
): Branch[] {
  const plan = new IncludePlan(context, object, askedBy)
  const branches = plan.branchesAt(
    object,
    [],
    paths.map((path) => path.split('.')),
  )
  if (plan.problems.length > 0) throw validationError(plan.problems)
  return branches
}

class IncludePlan {
  readonly problems: FieldProblem[] = []
  private readonly context: RecordContext
  private readonly from: CompiledObject
  private readonly askedBy: AskedBy
  private followed = 0

  constructor(context: RecordContext, from: CompiledObject, askedBy: AskedBy) {
    this.context = context
    this.from = from
    this.askedBy = askedBy
  }

  branchesAt(at: CompiledObject, steps: string[], paths: string[][]): Branch[] {
    const byFirst = Map.groupBy(paths, ([first = '']) => first)
    return [...byFirst].flatMap(([key, group]) => {
      const relation = at.relation.get(key)
      const objects = relation ? visibleTargets(this.context, at, relation, { from: this.from, steps }) : []
      if (!relation || objects.length === 0) return this.refuse(`“${key}” is not a relation of ${at.slug}`)
      this.followed += objects.length
      if (this.followed > maxFollowed)
        return this.refuse(`follows more than ${maxFollowed} relations; ask for fewer at once`)
      return [
        {
          relation,
          targets: this.targetsOf(
            relation,
            objects,
            steps,
            group.map(([, ...rest]) => rest),
          ),
        },
      ]
    })
  }

  private targetsOf(
    relation: CompiledRelation,
    objects: CompiledObject[],
    steps: string[],
    onwards: string[][],
  ): Target[] {
    const going = onwards.filter((rest) => rest.length > 0)
    const meant = going.map((rest) => this.meantBy(relation, objects, rest))
    return objects.map((object) => {
      const way = [...steps, stepTo(relation, object.slug)]
      const paths = going.flatMap((rest, index) => {
        const named = namesObject(relation, rest[0]) ? rest.slice(1) : rest
        return meant[index]!.includes(object) && named.length > 0 ? [named] : []
      })
      return { object, steps: way, branches: this.branchesAt(object, way, paths) }
    })
  }

  /** Of several objects the one that is named, else those that have the next relation; all where none does, to say so. */
  private meantBy(relation: CompiledRelation, objects: CompiledObject[], [next = '']: string[]): CompiledObject[] {
    if (namesObject(relation, next)) return objects.filter(({ slug }) => slug === next)
    const having = objects.filter((object) => object.relation.has(next))
    return having.length > 0 ? having : objects
  }

  private refuse(message: string): [] {
    this.problems.push({ field: this.askedBy, message })
    return []
  }
}

/** Replaces the named relations of the records by the related records themselves. */
export async function includeRelated(
  context: RecordContext,
  object: CompiledObject,
  records: PresentedRecord[],
  paths: string[],
): Promise<void> {
  await includeBranches(context, object, records, planIncludes(context, object, paths, 'include'), 'include')
}

/** The same along ways that are read already. */
export async function includeBranches(
  context: RecordContext,
  object: CompiledObject,
  records: PresentedRecord[],
  branches: Branch[],
  askedBy: AskedBy,
): Promise<void> {
  const times = new Map(records.map((record) => [record.id, 1]))
  await includeAlong({ context, from: object, room: { left: maxIncludedTogether }, askedBy }, records, times, branches)
}

/** What one request asks for. */
interface Request {
  context: RecordContext
  from: CompiledObject
  /** How many more records may come, on all ways together. */
  room: { left: number }
  askedBy: AskedBy
}

/** How often each record stands in the answer, by id. */
type Times = Map<string, number>

async function includeAlong(
  request: Request,
  records: PresentedRecord[],
  times: Times,
  branches: Branch[],
): Promise<void> {
  if (records.length === 0) return
  for (const { relation, targets } of branches) {
    const found: Placed[] = []
    for (const target of targets) found.push(...(await recordsAt(request, relation, target, times)))
    // Records of several objects stand in the order of their links.
    if (targets.length > 1) found.sort((a, b) => a.place[0] - b.place[0] || (a.place[1] < b.place[1] ? -1 : 1))
    const bySource = Map.groupBy(found, (placed) => placed.source)
    for (const record of records) {
      const related = (bySource.get(record.id) ?? []).slice(0, maxIncluded).map((placed) => placed.record)
      record[relation.key] = relation.many ? related : (related[0] ?? null)
    }
  }
}

/** A related record, the one it stands at, and its link's place there. */
interface Placed {
  source: string
  place: [position: number, since: string]
  record: PresentedRecord
}

async function recordsAt(
  request: Request,
  relation: CompiledRelation,
  { object, steps, branches }: Target,
  times: Times,
): Promise<Placed[]> {
  const { context, from, room } = request
  const { model, policy } = context
  const rows = await context.tx.query<RelatedRow>(
    relatedRows(context, relation, object, [...times.keys()], room.left + 1),
  )
  const placed = timesPlaced(request, rows, times)
  leaveTrail(
    context,
    object,
    rows.map((row) => row.id),
  )
  const shown = shownAlong(model, policy, from, steps)
  const presented = rows.map((row) => presentRecord(model, policy, object, row, undefined, shown(row)))
  await includeAlong(request, presented, placed, branches)
  return rows.map((row, index) => ({
    source: row.source_id,
    place: [row.link_position, row.linked_at],
    record: presented[index]!,
  }))
}

interface RelatedRow extends RecordRow {
  source_id: string
  link_position: number
  linked_at: string
}

function relatedRows(
  { model, policy }: RecordContext,
  relation: CompiledRelation,
  other: CompiledObject,
  ids: string[],
  most: number,
): RawBuilder<unknown> {
  const { tenantId } = model
  const { near, far, position } = linkEnds(relation)
  const limit = rowCondition(policy, scopeOf(policy, other, 'read')!, 'r')
  return sql`select source.id as source_id, found.*
    from unnest(${ids}::uuid[]) as source(id), lateral (
      select ${recordColumns(model, policy, other)}, coalesce(l.${sql.ref(position)}, 2147483647) as link_position,
        l.created_at as linked_at
      from links l join records r on r.tenant_id = ${tenantId} and r.id = l.${sql.ref(far)}
      where l.tenant_id = ${tenantId} and l.relation_id = ${relation.relationId} and l.${sql.ref(near)} = source.id
        and r.deleted_at is null ${isOf(relation, other)} ${limit ? sql`and ${limit}` : sql``}
      order by link_position, l.created_at, r.id limit ${maxIncluded}) as found
    limit ${most}`
}

/** A record of several objects is found by its id: said with `=`, its object would offer the planner a worse index. */
export const isOf = ({ objects }: CompiledRelation, other: CompiledObject): RawBuilder<unknown> =>
  objects.length > 1 ? sql`and r.object_id is not distinct from ${other.id}::uuid` : sql``

/** How often each of the related records will stand in the answer: a way may lead to one more than once. */
function timesPlaced({ room, askedBy }: Request, rows: RelatedRow[], times: Times): Times {
  const placed: Times = new Map()
  for (const { id, source_id } of rows) {
    const here = times.get(source_id) ?? 0
    placed.set(id, (placed.get(id) ?? 0) + here)
    room.left -= here
  }
  if (room.left < 0) throw tooManyIncluded(askedBy)
  return placed
}

const tooManyIncluded = (askedBy: AskedBy): AppError =>
  validationError([
    {
      field: askedBy,
      message: `brings more than ${maxIncludedTogether.toLocaleString('en')} related records; ask for fewer records or relations at once`,
    },
  ])
