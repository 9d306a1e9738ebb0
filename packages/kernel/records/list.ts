/** Lists: filter, search, order and page of one object, in one round trip. */
import { requireAction, rowCondition } from '../access/index.ts'
import {
  allOf,
  compile,
  plannedForValues,
  type RawBuilder,
  type Statement,
  sql,
  walkingAlong,
} from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import { type Beside, besideColumn, type ColumnsBeside } from './columns-beside.ts'
import type { RecordContext } from './context.ts'
import {
  askedOneByOne,
  filterCondition,
  metInOrder,
  type OneByOne,
  type ReadFilter,
  readFilter,
  readFromAfar,
} from './filtering.ts'
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
  isIndexed,
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
  /** The same conditions, where the filter is better asked of the records in the order of their list. */
  oneByOne?: OneByOne
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
  const conditions = recordsOf(context, object, query.deleted)
  const limits = [
    rowCondition(context.policy, reach, 'r'),
    exportLimit(context, object, action),
    atLocation(context, object, 'r'),
    ...searchConditions(context, object, query.search),
  ]
  const read = query.read ?? { filter: readFilter(context, object, query.filter) }
  const narrowing = limits.filter((condition) => condition !== undefined)
  const { filter } = read
  if (!filter) return { conditions: [...conditions, ...narrowing], whole: narrowing.length === 0 && !query.deleted }
  return {
    conditions: [...conditions, ...narrowing, filterCondition(context, object, filter, read)],
    whole: false,
    oneByOne: query.deleted ? undefined : askedOneByOne(context, object, read, conditions, narrowing),
  }
}

/** All records `r` of the object that live, or that lie in the trash. */
export const recordsOf = ({ model }: RecordContext, object: CompiledObject, deleted = false): RawBuilder<unknown>[] => [
  sql`r.tenant_id = ${model.tenantId}`,
  sql`r.object_id = ${object.id}`,
  deleted ? sql`r.deleted_at is not null and r.merged_into is null` : sql`r.deleted_at is null`,
]

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
  walks: Walk[],
  { limit, last = false }: ListQuery,
): Promise<SortedRow[]> {
  const rows: SortedRow[] = []
  for (const [index, { met, all }] of walks.entries()) {
    // One more than is shown tells whether there are others.
    const wanted = limit + 1 - rows.length
    const read = async (statement: Statement, isLast: boolean) =>
      (await readRecords<SortedRow>(context, object, [statement], { last: isLast, most: limit - rows.length }))[0]!
    const quick = met?.(wanted)
    const first = quick ? await read(quick, false) : []
    rows.push(...(first.length === wanted ? first : await read(all(wanted), last && index === walks.length - 1)))
    if (rows.length > limit) break
  }
  return rows
}

/** Beyond so many, a page that is found by its number is sooner sorted than walked to. */
const mostWalked = 2_000

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
    (walk) => sql`select * from (${walk.upTo(upTo)}) as walk`,
  )
  const page = planned(
    selection.whole && isIndexed(keys) && upTo <= mostWalked,
    sql`${sql.join(walks, sql` union all `)} limit ${query.limit} offset ${offset}`,
  )
  const count = countStatement(context, object, selection)
  const answers = await readRecords<SortedRow>(context, object, [page, count], { last: query.last })
  const [rows, counted] = answers as [SortedRow[], unknown[]] as [SortedRow[], { count: number }[]]
  const total = counted[0]?.count ?? 0
  return { rows, total, hasNext: upTo < total, nextCursor: null }
}

/** The records in one order, so many of them at the most. */
interface Walk {
  upTo(most: number): RawBuilder<unknown>
  all(most: number): Statement
  /** Reads only as far as so many should have been met, which is less work; undefined where it is not. */
  met?(wanted: number): Statement | undefined
}

/** The first of all records in an order that an index has are read by one plan; else it is made for the values. */
const planned = (isWalk: boolean, query: RawBuilder<unknown>): Statement =>
  isWalk ? walkingAlong(query) : plannedForValues(query)

/** The number stands in the text for a plan that is made without the values, rounded so that there are few texts. */
const limited = (query: RawBuilder<unknown>, most: number): RawBuilder<unknown> =>
  sql`select * from (${query} limit ${sql.lit(2 ** Math.ceil(Math.log2(most)))}) as page limit ${most}`

/** The walks of the list, one after the other: over the rows that have the first key's value, and over the rest. */
function listWalks(
  context: RecordContext,
  object: CompiledObject,
  { only, beside }: ListQuery,
  selection: Selection,
  keys: SortKey[],
  cursor: Cursor | undefined,
): Walk[] {
  const first = keys[0]!
  const own = recordColumns(context.model, context.policy, object, only)
  const columns = beside ? sql`${own}, ${besideColumn(context, beside)} as beside` : own
  const walk = (number: 0 | 1): Walk => {
    const order = walkKeys(keys, number)
    const shown = sql`select ${columns}, ${sql.raw(String(number))} as walk, ${cursorColumns(order)}`
    const placed: RawBuilder<unknown>[] = []
    if (first.nullable)
      placed.push(number === 0 ? sql`${first.expression} is not null` : sql`${first.expression} is null`)
    if (cursor && cursor.walk === number) placed.push(afterCursor(order, cursor))
    const upTo = (most: number) =>
      limited(sql`${shown} from records r where ${allOf([...selection.conditions, ...placed])} ${orderBy(order)}`, most)
    const all = (most: number) => planned(selection.whole && isIndexed(order), upTo(most))
    const { oneByOne } = selection
    if (!oneByOne || !isIndexed(order)) return { upTo, all }
    const met = (wanted: number) => {
      const found = metInOrder(oneByOne, placed, orderBy(order), wanted)
      return found && planned(oneByOne.whole, limited(sql`${shown} ${found}`, wanted))
    }
    return { upTo, all, met }
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
