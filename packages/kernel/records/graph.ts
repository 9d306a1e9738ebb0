/**
 * The neighbourhood of a record: what is linked to it, step by step. Each step is one statement, and each relation is
 * followed only where the caller may go the whole way from the record asked for; at most so many records are shown at
 * one, and so many altogether.
 */
import { followWay, mayExpression, seesAll } from '../access/index.ts'
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import { validationError } from '../errors/index.ts'
import { type CompiledObject, type CompiledRelation, inLocale, stepTo } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import type { RecordContext } from './context.ts'
import { readRow } from './read.ts'
import { leaveTrail } from './reading.ts'
import { visibleTargets } from './relations.ts'
import { shownOf } from './shown.ts'

export const mostDepth = 5
/** How far is counted what is left out. */
const mostCounted = 10_000

export interface GraphQuery {
  depth: number
  /** Records shown at the most. */
  limit: number
  /** Records shown at one under each of its relations. */
  perRelation: number
  /** Of the record itself only these relations are followed. */
  relations?: string[] | undefined
}

export interface GraphNode {
  id: string
  object: string
  title: string | null
  recordNumber: string
  /** Steps from the record asked for. */
  depth: number
}

export interface GraphEdge {
  from: string
  to: string
  relation: string
  label: string
  attributes?: Record<string, StoredValue>
  primary?: boolean
}

/** Links that are not shown, at one record under one relation. */
export interface LeftOut {
  id: string
  relation: string
  label: string
  /** Null where the caller sees only some of the records there. */
  more: number | null
}

export interface RecordGraph {
  nodes: GraphNode[]
  edges: GraphEdge[]
  left: LeftOut[]
  truncated: boolean
}

/** A record on whose links the next step goes on, and how one came to it. */
interface Standpoint {
  id: string
  object: CompiledObject
  steps: string[]
}

/** One relation to follow from one record. */
interface Part {
  at: Standpoint
  relation: CompiledRelation
  targets: CompiledObject[]
}

interface FoundLink extends Row {
  part: number
  id: string
  object_id: string
  title: string
  record_number: string
  data: Record<string, StoredValue> | null
  is_primary: boolean
}

export async function recordGraph(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  query: GraphQuery,
): Promise<RecordGraph> {
  const row = await readRow(context, object, id)
  const title = shownOf(context.model, context.policy, object, row.voices).title ? row.title : null
  const graph = new Neighbourhood(context, object, query)
  graph.place({ id, object: object.slug, title, recordNumber: row.record_number, depth: 0 })
  let frontier: Standpoint[] = [{ id, object, steps: [] }]
  for (let depth = 1; depth <= query.depth && frontier.length > 0; depth++) {
    const parts = frontier.flatMap((at) => graph.partsAt(at))
    if (parts.length === 0) break
    const found = await context.tx.query<FoundLink>(linksOf(context, parts, query.perRelation))
    frontier = graph.takeOver(parts, found, depth)
  }
  return { ...graph.shown, left: await countLeft(context, graph.cut), truncated: graph.cut.length > 0 }
}

/** A part of which not everything is shown. */
interface CutPart extends Part {
  shown: number
}

class Neighbourhood {
  readonly shown: Pick<RecordGraph, 'nodes' | 'edges'> = { nodes: [], edges: [] }
  readonly cut: CutPart[] = []
  private readonly context: RecordContext
  private readonly from: CompiledObject
  private readonly query: GraphQuery
  private readonly placed = new Set<string>()
  private readonly drawn = new Set<string>()

  constructor(context: RecordContext, from: CompiledObject, query: GraphQuery) {
    this.context = context
    this.from = from
    this.query = query
  }

  place(node: GraphNode): void {
    this.placed.add(node.id)
    this.shown.nodes.push(node)
  }

  /** The relations that may be followed from here, by whoever came this way. */
  partsAt(at: Standpoint): Part[] {
    const { relations } = this.query
    const parts = at.object.relations.flatMap((relation) => {
      const targets = visibleTargets(this.context, at.object, relation, { from: this.from, steps: at.steps })
      return targets.length > 0 ? [{ at, relation, targets }] : []
    })
    if (at.steps.length > 0 || !relations) return parts
    const unknown = relations.find((key) => !parts.some(({ relation }) => relation.key === key))
    if (unknown !== undefined) {
      throw validationError([{ field: 'relations', message: `“${unknown}” is not a relation of ${at.object.slug}` }])
    }
    return parts.filter(({ relation }) => relations.includes(relation.key))
  }

  /** Adds what was found; gives the records that are new, to go on from. */
  takeOver(parts: Part[], found: FoundLink[], depth: number): Standpoint[] {
    const fresh: Standpoint[] = []
    const byPart = Map.groupBy(found, (link) => link.part)
    for (const [index, part] of parts.entries()) {
      const links = byPart.get(index) ?? []
      const shown = links.slice(0, this.query.perRelation).filter((link) => {
        const isNew = !this.placed.has(link.id)
        if (isNew && this.placed.size >= this.query.limit) return false
        if (isNew) fresh.push(this.arrive(part, link, depth))
        this.draw(part, link)
        return true
      })
      if (shown.length < links.length) this.cut.push({ ...part, shown: shown.length })
    }
    return fresh
  }

  private arrive({ at, relation }: Part, link: FoundLink, depth: number): Standpoint {
    const { model, policy } = this.context
    const object = model.objectById.get(link.object_id)!
    const steps = [...at.steps, stepTo(relation, object.slug)]
    const titled = followWay(policy, model, this.from, steps)!.sees(object.roles.title)
    const title = titled ? link.title : null
    this.place({ id: link.id, object: object.slug, title, recordNumber: link.record_number, depth })
    leaveTrail(this.context, object, [link.id])
    return { id: link.id, object, steps }
  }

  private draw({ at, relation }: Part, link: FoundLink): void {
    const outgoing = relation.direction === 'out'
    const [from, to] = outgoing ? [at.id, link.id] : [link.id, at.id]
    const key = `${relation.relationId} ${from} ${to}`
    if (this.drawn.has(key)) return
    this.drawn.add(key)
    const holder = outgoing ? at.object : this.context.model.objectById.get(relation.objectId)!
    const field = holder.field.get(outgoing ? relation.key : relation.inverse)!
    this.shown.edges.push({
      from,
      to,
      relation: field.key,
      label: inLocale(field.label, this.context.locale),
      ...(relation.attributes.length > 0 ? { attributes: link.data ?? {} } : {}),
      ...(relation.primary ? { primary: link.is_primary } : {}),
    })
  }
}

/** The parts as rows that a statement can join. */
const partRows = (parts: Part[]): RawBuilder<unknown> => {
  const rows = parts.map(({ at, relation, targets }, n) => ({
    n,
    id: at.id,
    relation_id: relation.relationId,
    outgoing: relation.direction === 'out',
    objects: targets.map((target) => target.id),
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as p(n int, id uuid, relation_id uuid, outgoing boolean, objects uuid[])`
}

/** The living records at the other ends, as far as the caller may read them; one more than is shown tells of others. */
function linksOf(context: RecordContext, parts: Part[], perRelation: number): RawBuilder<unknown> {
  const along = (outgoing: boolean) => {
    const position = sql.ref(outgoing ? 'position' : 'to_position')
    return sql`select p.n as part, found.* from ${partRows(parts)}, lateral (
        select r.id, r.object_id, r.title, r.record_number, l.data, l.is_primary, l.${position} as place, l.created_at as since
        ${linkedRecords(context, parts, outgoing)}
        order by l.${position} nulls last, l.created_at desc, r.id limit ${perRelation + 1}) as found
      where p.outgoing = ${outgoing}`
  }
  return sql`select part, id, object_id, title, record_number, data, is_primary
    from (${along(true)} union all ${along(false)}) as links order by part, place nulls last, since desc, id`
}

function linkedRecords({ model, policy }: RecordContext, parts: Part[], outgoing: boolean): RawBuilder<unknown> {
  const [near, far] = outgoing ? ['from_id', 'to_id'] : ['to_id', 'from_id']
  const objects = new Set(parts.flatMap(({ targets }) => targets))
  const readable = [...objects].map(
    (object) =>
      sql`(r.object_id is not distinct from ${object.id}::uuid and ${mayExpression(policy, object, 'read', 'r')})`,
  )
  return sql`from links l join records r on r.tenant_id = ${model.tenantId} and r.id = l.${sql.ref(far!)}
    where l.tenant_id = ${model.tenantId} and l.relation_id = p.relation_id and l.${sql.ref(near!)} = p.id
      and r.deleted_at is null and r.object_id = any(p.objects) and (${sql.join(readable, sql` or `)})`
}

/** How much is left out where; a number is told to those only who see all records there. */
async function countLeft(context: RecordContext, cut: CutPart[]): Promise<LeftOut[]> {
  const isCounted = ({ targets }: CutPart) => targets.every((target) => seesAll(context.policy, target))
  const counted = cut.filter(isCounted)
  const totals = new Map<CutPart, number>()
  if (counted.length > 0) {
    const along = (outgoing: boolean) => sql`select p.n as part, found.total from ${partRows(counted)}, lateral (
        select count(*)::int as total from (select 1 ${linkedRecords(context, counted, outgoing)} limit ${mostCounted}) as counted
      ) as found where p.outgoing = ${outgoing}`
    const rows = await context.tx.query<{ part: number; total: number }>(sql`${along(true)} union all ${along(false)}`)
    for (const { part, total } of rows) totals.set(counted[part]!, total)
  }
  return cut.map((part) => {
    const total = totals.get(part)
    return {
      id: part.at.id,
      relation: part.relation.key,
      label: inLocale(part.relation.label, context.locale),
      more: total === undefined ? null : total - part.shown,
    }
  })
}
