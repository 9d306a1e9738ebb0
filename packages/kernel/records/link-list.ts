/** The links of a record under one relation, with the records at their other ends and what is said of each. */
import { rowCondition, scopeOf } from '../access/index.ts'
import { allOf, isId, type RawBuilder, type Row, sql } from '../database/index.ts'
import { type AppError, validationError } from '../errors/index.ts'
import { type CompiledObject, type CompiledRelation, stepTo } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import type { RecordContext } from './context.ts'
import { linkEnds } from './link-order.ts'
import { readRow } from './read.ts'
import { leaveTrail } from './reading.ts'
import { visibleTargets } from './relations.ts'
import { type PresentedRecord, presentRecord, type RecordRow, recordColumns } from './row.ts'
import { shownAlong } from './shown.ts'
import { readFromCursor } from './sort.ts'

export const linkSorts = ['order', 'since', '-since', 'title', '-title'] as const
export type LinkSort = (typeof linkSorts)[number]

export interface LinkQuery {
  limit: number
  /** Page mode: from 1. */
  page?: number
  /** Cursor mode: '' starts. */
  cursor?: string
  sort?: LinkSort
}

/** A record as it is shown behind a link: attributes, mark and age of the link beside its own. */
export type LinkedRecord = PresentedRecord & {
  attributes: Record<string, StoredValue | null>
  primary: boolean
  since: string
}

export interface LinkPage {
  records: LinkedRecord[]
  /** Page mode only. */
  total?: number
  nextCursor: string | null
}

interface LinkRow extends Row {
  far_id: string
  object_id: string
  data: Record<string, StoredValue> | null
  is_primary: boolean
  created_at: string
  k0: string
  k1: string
}

/** A key of the order: bare, so that all run in the same direction. */
interface LinkOrder {
  keys: [RawBuilder<unknown>, RawBuilder<unknown>]
  types: [string, string]
  descending: boolean
}

const age = sql`(extract(epoch from l.created_at) * 1000000)::bigint`
const nowhere = sql`2147483647`

/** Links that nobody has put in order come as the field has them; seen from the other side, the newest first. */
function orderOf(relation: CompiledRelation, sort: LinkSort): LinkOrder {
  const descending = sort.startsWith('-')
  if (sort.endsWith('since')) return { keys: [age, age], types: ['bigint', 'bigint'], descending }
  // Many titles may be hidden: their order must not tell of them, see `titleOrder`.
  if (sort.endsWith('title')) return { keys: [sql`r.title_key`, age], types: ['text', 'bigint'], descending }
  const position = sql`coalesce(l.${sql.ref(linkEnds(relation).position)}, ${nowhere})`
  return {
    keys: [position, relation.direction === 'out' ? age : sql`-${age}`],
    types: ['int', 'bigint'],
    descending: false,
  }
}

/** Reads a page of the links that the caller may see. */
export async function listLinked(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  query: LinkQuery,
): Promise<LinkPage> {
  await readRow(context, object, id)
  const targets = visibleTargets(context, object, relation)
  const order = orderOf(relation, titleOrder(context, object, relation, targets, query.sort ?? 'order'))
  const { near, far } = linkEnds(relation)
  const { tenantId } = context.model
  const from = sql`from links l join records r on r.tenant_id = ${tenantId} and r.id = l.${sql.ref(far)}
    where l.tenant_id = ${tenantId} and l.relation_id = ${relation.relationId} and l.${sql.ref(near)} = ${id}
      and r.deleted_at is null and ${seenTargets(context, targets)}`
  const after = query.cursor ? afterLink(order, query.cursor) : undefined
  const direction = sql.raw(order.descending ? 'desc' : 'asc')
  const [first, second] = order.keys
  const offset = query.page ? (query.page - 1) * query.limit : 0
  const page = sql`select r.id as far_id, r.object_id, l.data, l.is_primary, l.created_at, (${first})::text as k0, (${second})::text as k1
    ${from} ${after ? sql`and ${after}` : sql``}
    order by ${first} ${direction}, ${second} ${direction}, r.id ${direction} limit ${query.limit + 1} offset ${offset}`
  const count = sql`select count(*) as total ${from}`
  const [links, counted] = (await readFromCursor(query.cursor, () =>
    context.tx.batch([page, ...(query.page ? [count] : [])]),
  )) as [LinkRow[], [{ total: number }]?]
  const shown = links.slice(0, query.limit)
  const records = await recordsBehind(context, object, relation, targets, shown)
  const last = links.length > query.limit ? shown.at(-1) : undefined
  return {
    records: shown.flatMap((link) => {
      const record = records.get(link.far_id)
      return record ? [Object.assign(record, saidOf(relation, link))] : []
    }),
    total: counted?.[0].total,
    nextCursor: last ? Buffer.from(JSON.stringify([last.k0, last.k1, last.far_id])).toString('base64url') : null,
  }
}

/** Who does not see the titles of all records there gets no order by them. */
function titleOrder(
  { model, policy }: RecordContext,
  object: CompiledObject,
  relation: CompiledRelation,
  targets: CompiledObject[],
  sort: LinkSort,
): LinkSort {
  const isHidden = ({ slug }: CompiledObject) => !shownAlong(model, policy, object, [stepTo(relation, slug)])({}).title
  const hidden = targets.find(isHidden)
  if (!sort.endsWith('title') || !hidden) return sort
  throw validationError([{ field: 'sort', message: `“title” is not something ${hidden.slug} can be sorted by` }])
}

/** The records of these objects that the caller may read, under the alias `r`. */
export function seenTargets({ policy }: Pick<RecordContext, 'policy'>, targets: CompiledObject[]): RawBuilder<unknown> {
  const perObject = targets.map((target) => {
    const condition = rowCondition(policy, scopeOf(policy, target, 'read')!, 'r')
    // It is found by its id: said with `=`, the object would offer the planner an index over all of its records.
    return allOf([sql`r.object_id is not distinct from ${target.id}::uuid`, ...(condition ? [condition] : [])])
  })
  return sql`(${sql.join(perObject, sql` or `)})`
}

/** The attributes of the link, absent ones as null, and how long it has been there. */
export const saidOf = (
  { attributes }: CompiledRelation,
  link: Pick<LinkRow, 'data' | 'is_primary' | 'created_at'>,
): Pick<LinkedRecord, 'attributes' | 'primary' | 'since'> => ({
  attributes: Object.fromEntries(attributes.map(({ key }) => [key, link.data?.[key] ?? null])),
  primary: link.is_primary,
  since: link.created_at,
})

/** The records themselves: one statement for each object that they are of. */
async function recordsBehind(
  context: RecordContext,
  object: CompiledObject,
  relation: CompiledRelation,
  targets: CompiledObject[],
  links: LinkRow[],
): Promise<Map<string, PresentedRecord>> {
  const { model, policy } = context
  const perTarget = targets.map((target) => ({
    target,
    ids: links.filter((link) => link.object_id === target.id).map((link) => link.far_id),
  }))
  const present = perTarget.filter(({ ids }) => ids.length > 0)
  if (present.length === 0) return new Map()
  const found = await context.tx.batch<RecordRow>(
    present.map(
      ({ target, ids }) => sql`select ${recordColumns(model, policy, target)} from records r
      where r.tenant_id = ${model.tenantId} and r.id = any(${ids}::uuid[])`,
    ),
  )
  const records = present.flatMap(({ target, ids }, index) => {
    leaveTrail(context, target, ids)
    const shown = shownAlong(model, policy, object, [stepTo(relation, target.slug)])
    return found[index]!.map((row) => presentRecord(model, policy, target, row, undefined, shown(row)))
  })
  return new Map(records.map((record) => [record.id, record]))
}

function afterLink({ keys, types, descending }: LinkOrder, cursor: string): RawBuilder<unknown> {
  const [k0, k1, id] = readCursor(cursor)
  const compare = sql.raw(descending ? '<' : '>')
  const cast = (value: string, type: string | undefined) => sql`${value}::${sql.raw(type!)}`
  return sql`(${keys[0]}, ${keys[1]}, r.id) ${compare} (${cast(k0, types[0])}, ${cast(k1, types[1])}, ${id}::uuid)`
}

function readCursor(cursor: string): [string, string, string] {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isWhole = Array.isArray(parts) && parts.length === 3 && parts.every((part) => typeof part === 'string')
    if (isWhole && isId(parts[2]) && !parts.some((part) => part.includes('\0')))
      return parts as [string, string, string]
  } catch {
    // falls through: whatever is wrong with it, the caller can only start again
  }
  throw foreignCursor()
}

const foreignCursor = (): AppError =>
  validationError([{ field: 'cursor', message: 'does not belong to this list; start again without it' }])
