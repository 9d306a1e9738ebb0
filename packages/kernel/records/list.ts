/** Lists: filter, search, order and page of one object, in one round trip. */
import { filterAccess, requireAction, rowCondition, seenCondition } from '../access/index.ts'
import { allOf, compile, plannedForValues, type RawBuilder, type Statement, sql } from '../database/index.ts'
import { validationError } from '../errors/index.ts'
import {
  conditionsFromAfar,
  type Filter,
  type FirstStops,
  filterToSql,
  firstStopsOf,
  parseFilter,
  type SqlContext,
} from '../expressions/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import { type Beside, besideColumn, type ColumnsBeside } from './columns-beside.ts'
import type { RecordContext } from './context.ts'
import { atLocation } from './location.ts'
import { leaveTrail, readRecords } from './reading.ts'
import { type RecordRow, recordColumns } from './row.ts'
import { searchConditions } from './search/conditions.ts'
import {
  afterCursor,
  type Cursor,
  cursorColumns,
  decodeCursor,
  encodeCursor,
  orderBy,
  parseSort,
  readFromCursor,
  type SortKey,
  walkKeys,
} from './sort.ts'

export interface ListQuery {
  filter?: unknown
  /** What `filter` says, where it was read before. */
  read?: ReadFilter
  search?: string
  sort?: string[]
  limit: number
  /** Page mode: from 1. */
  page?: number
  /** Cursor mode: '' starts. */
  cursor?: string
  /** The trash instead of the living. */
  deleted?: boolean
  /** Exports are limited by both rights: reading and exporting. */
  action?: 'read' | 'export'
  /** The fields whose values are wanted; all unless said. */
  only?: Set<string>
  /** What is read of other records beside these. */
  beside?: ColumnsBeside
  /** Nothing follows in the transaction: it ends with the list. */
  last?: boolean
}

/** What of an object a caller means, as conditions on the alias `r`. */
export interface Selection {
  conditions: RawBuilder<unknown>[]
  /** Everything that lives, seen by someone who sees all: its number is known without counting. */
  whole: boolean
}

/** Turns filter and search into conditions, limited to what the caller may read. */
export function select(
  context: RecordContext,
  object: CompiledObject,
  query: Pick<ListQuery, 'filter' | 'read' | 'search' | 'deleted'>,
  action: 'read' | 'export' = 'read',
): Selection {
  const reach = requireAction(context.policy, object, action)
  leaveTrail(context, object)
  const conditions: RawBuilder<unknown>[] = [
    sql`r.tenant_id = ${context.model.tenantId}`,
    sql`r.object_id = ${object.id}`,
    query.deleted ? sql`r.deleted_at is not null and r.merged_into is null` : sql`r.deleted_at is null`,
  ]
  const limits = [
    rowCondition(context.policy, reach, 'r'),
    exportLimit(context, object, action),
    atLocation(context, object, 'r'),
    ...wanted(context, object, query),
  ]
  const narrowing = limits.filter((condition) => condition !== undefined)
  return { conditions: [...conditions, ...narrowing], whole: narrowing.length === 0 && !query.deleted }
}

/** The same, for a statement that is planned for its values: the filter's ways are gone from their far ends before. */
export async function selectFromAfar(
  context: RecordContext,
  object: CompiledObject,
  query: Pick<ListQuery, 'filter' | 'search' | 'deleted'>,
  action: 'read' | 'export' = 'read',
): Promise<Selection> {
  requireAction(context.policy, object, action)
  return select(context, object, { ...query, read: await readFromAfar(context, object, query.filter) }, action)
}

/** Who exports must also be allowed to read: the narrower of both holds. */
function exportLimit(context: RecordContext, object: CompiledObject, action: string): RawBuilder<unknown> | undefined {
  if (action === 'read') return undefined
  return rowCondition(context.policy, requireAction(context.policy, object, 'read'), 'r')
}

function wanted(
  context: RecordContext,
  object: CompiledObject,
  query: Pick<ListQuery, 'filter' | 'read' | 'search'>,
): (RawBuilder<unknown> | undefined)[] {
  const { filter, stops } = query.read ?? { filter: readFilter(context, object, query.filter) }
  return [filter && filterCondition(context, object, filter, stops), ...searchConditions(context, object, query.search)]
}

/** The filter, checked against the object and the caller's rights; 400 names what is wrong with it. */
export function readFilter(context: RecordContext, object: CompiledObject, input: unknown): Filter | undefined {
  if (input === undefined || input === null) return undefined
  const parsed = parseFilter(input, object, context.model, filterAccess(context.policy, context.model))
  if ('problems' in parsed) throw validationError(parsed.problems)
  return parsed.filter
}

/** A filter, and from where its ways lead to what it seeks. */
interface ReadFilter {
  filter: Filter | undefined
  stops?: FirstStops
}

/** Reads the filter, and goes its ways from their far ends: a round trip more for a filter that has any. */
async function readFromAfar(context: RecordContext, object: CompiledObject, input: unknown): Promise<ReadFilter> {
  const filter = readFilter(context, object, input)
  if (!filter) return { filter }
  const settings = filterSettings(context, object)
  const conditions = conditionsFromAfar(filter, settings)
  if (conditions.length === 0) return { filter }
  const found = await context.tx.batch<{ ids: string[] | null }>(
    conditions.map((condition) => plannedForValues(firstStopsOf(condition, settings))),
  )
  const known = conditions.flatMap((condition, index) => {
    const ids = found[index]![0]!.ids
    return ids ? [[condition, ids] as const] : []
  })
  return { filter, stops: new Map(known) }
}

export const filterCondition = (
  context: RecordContext,
  object: CompiledObject,
  filter: Filter,
  stops?: FirstStops,
): RawBuilder<unknown> => filterToSql(filter, { ...filterSettings(context, object), stops })

function filterSettings(context: RecordContext, object: CompiledObject): SqlContext {
  return {
    alias: 'r',
    access: filterAccess(context.policy, context.model),
    seen: (key) => seenCondition(context.policy, object, key, 'r'),
    me: context.policy.userId ?? '',
    now: context.now,
    timeZone: context.model.timeZone,
  }
}

export interface ListResult {
  rows: ListedRow[]
  nextCursor: string | null
  hasNext: boolean
  /** Page mode only. */
  total?: number
}

/** With what was asked for of other records; see `valuesBeside`. */
export type ListedRow = RecordRow & { beside?: Beside }

type SortedRow = ListedRow & { walk: 0 | 1 } & Record<`k${number}`, string | null>

export async function listRecords(
  context: RecordContext,
  object: CompiledObject,
  query: ListQuery,
): Promise<ListResult> {
  const selection = await selectFromAfar(context, object, query, query.action)
  const keys = parseSort(context.policy, object, query.sort ?? [])
  if (query.page !== undefined) return listPage(context, object, query, selection, keys)
  const cursor = query.cursor ? decodeCursor(query.cursor, keys) : undefined
  const rows = await readFromCursor(cursor, () =>
    readRows(context, object, listWalks(context, object, query, selection, keys, cursor), query),
  )
  const hasNext = rows.length > query.limit
  const shown = hasNext ? rows.slice(0, query.limit) : rows
  return { rows: shown, hasNext, nextCursor: hasNext ? cursorOf(shown.at(-1)!, keys) : null }
}

/** The second walk is read only if the first does not fill the page: most pages are planned and read once. */
async function readRows(
  context: RecordContext,
  object: CompiledObject,
  walks: RawBuilder<unknown>[],
  { limit, last = false }: ListQuery,
): Promise<SortedRow[]> {
  const rows: SortedRow[] = []
  for (const [index, walk] of walks.entries()) {
    // One more than is shown tells whether there are others.
    const statement = plannedForValues(sql`${walk} limit ${limit + 1 - rows.length}`)
    const options = { last: last && index === walks.length - 1, most: limit - rows.length }
    const [found] = await readRecords<SortedRow>(context, object, [statement], options)
    rows.push(...found!)
    if (rows.length > limit) break
  }
  return rows
}

async function listPage(
  context: RecordContext,
  object: CompiledObject,
  query: ListQuery,
  selection: Selection,
  keys: SortKey[],
): Promise<ListResult> {
  const offset = (query.page! - 1) * query.limit
  const upTo = offset + query.limit
  const walks = listWalks(context, object, query, selection, keys, undefined).map(
    (walk) => sql`select * from (${walk} limit ${upTo}) as walk`,
  )
  const page = plannedForValues(sql`${sql.join(walks, sql` union all `)} limit ${query.limit} offset ${offset}`)
  const count = countStatement(context, object, selection)
  const answers = await readRecords<SortedRow>(context, object, [page, count], { last: query.last })
  const [rows, counted] = answers as [SortedRow[], unknown[]] as [SortedRow[], { count: number }[]]
  const total = counted[0]?.count ?? 0
  return { rows, total, hasNext: upTo < total, nextCursor: null }
}

/** The walks of the list, one after the other: over the rows that have the first key's value, and over the rest. */
function listWalks(
  context: RecordContext,
  object: CompiledObject,
  { only, beside }: ListQuery,
  selection: Selection,
  keys: SortKey[],
  cursor: Cursor | undefined,
): RawBuilder<unknown>[] {
  const first = keys[0]!
  const own = recordColumns(context.model, context.policy, object, only)
  const columns = beside ? sql`${own}, ${besideColumn(context, beside)} as beside` : own
  const walk = (number: 0 | 1): RawBuilder<unknown> => {
    const order = walkKeys(keys, number)
    const conditions = [...selection.conditions]
    if (first.nullable)
      conditions.push(number === 0 ? sql`${first.expression} is not null` : sql`${first.expression} is null`)
    if (cursor && cursor.walk === number) conditions.push(afterCursor(order, cursor))
    return sql`select ${columns}, ${sql.raw(String(number))} as walk, ${cursorColumns(order)}
      from records r where ${allOf(conditions)} ${orderBy(order)}`
  }
  if (!first.nullable) return [walk(0)]
  return cursor?.walk === 1 ? [walk(1)] : [walk(0), walk(1)]
}

function cursorOf(row: SortedRow, keys: SortKey[]): string {
  const order = walkKeys(keys, row.walk)
  return encodeCursor({ walk: row.walk, values: order.map((_, index) => row[`k${index}`] ?? ''), id: row.id })
}

/** How many records the selection holds, exactly. */
export function countStatement(context: RecordContext, object: CompiledObject, selection: Selection): Statement {
  if (selection.whole) {
    return compile(
      sql`select live as count from record_counters where tenant_id = ${context.model.tenantId} and object_id = ${object.id}`,
    )
  }
  return plannedForValues(sql`select count(*) as count from records r where ${allOf(selection.conditions)}`)
}
