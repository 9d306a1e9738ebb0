/**
 * Filters of lists. Ways over relations are gone from their far ends before the list is read; what is then asked of its
 * records is a matter of how many lead there. A few are gathered and put in order. Of many, the records are sooner met
 * by walking along the order of the list and asking each of them, which ends when the page is full.
 */
import { filterAccess, seenCondition } from '../access/index.ts'
import { allOf, plannedForValues, type RawBuilder, sql } from '../database/index.ts'
import { validationError } from '../errors/index.ts'
import {
  conditionsFromAfar,
  type Filter,
  type FirstStop,
  type FirstStops,
  filterToSql,
  firstStopsOf,
  mostCounted,
  parseFilter,
  type SqlContext,
} from '../expressions/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

/** A filter, and from where its ways lead to what it seeks. */
export interface ReadFilter {
  filter: Filter | undefined
  stops?: FirstStops
  /** How many records of the object live. */
  live?: number
}

/** The filter, checked against the object and the caller's rights; 400 names what is wrong with it. */
export function readFilter(context: RecordContext, object: CompiledObject, input: unknown): Filter | undefined {
  if (input === undefined || input === null) return undefined
  const parsed = parseFilter(input, object, context.model, filterAccess(context.policy, context.model))
  if ('problems' in parsed) throw validationError(parsed.problems)
  return parsed.filter
}

/** Reads the filter, and goes its ways from their far ends: a round trip more for a filter that has any. */
export async function readFromAfar(
  context: RecordContext,
  object: CompiledObject,
  input: unknown,
): Promise<ReadFilter> {
  const filter = readFilter(context, object, input)
  if (!filter) return { filter }
  const settings = filterSettings(context, object)
  const conditions = conditionsFromAfar(filter, settings)
  if (conditions.length === 0) return { filter }
  const [counted, ...found] = await context.tx.batch<{ live: number } & (FirstStop | { ids: null })>([
    sql`select live from record_counters where tenant_id = ${context.model.tenantId} and object_id = ${object.id}`,
    ...conditions.map((condition) => plannedForValues(firstStopsOf(condition, settings))),
  ])
  const known = conditions.flatMap((condition, index) => {
    const [stop] = found[index]!
    return stop?.ids ? [[condition, stop] as const] : []
  })
  return { filter, stops: new Map(known), live: counted![0]?.live }
}

/** The filter as a condition on the alias `r`. */
export const filterCondition = (
  context: RecordContext,
  object: CompiledObject,
  filter: Filter,
  { stops }: Pick<ReadFilter, 'stops'> = {},
): RawBuilder<unknown> => filterToSql(filter, { ...filterSettings(context, object), stops })

/** How the caller's own filters are read. */
export function filterSettings(context: RecordContext, object: CompiledObject): SqlContext {
  return {
    alias: 'r',
    access: filterAccess(context.policy, context.model),
    seen: (key) => seenCondition(context.policy, object, key, 'r'),
    me: context.policy.userId ?? '',
    now: context.now,
    timeZone: context.model.timeZone,
  }
}

/** A selection in two parts: which records a walk comes by, and what each of them is asked. */
export interface OneByOne {
  walked: RawBuilder<unknown>[]
  asked: RawBuilder<unknown>
  /** Whether it comes by all records of the object. */
  whole: boolean
  /** One of how many records is expected to be met. */
  oneOf: number
  /** How many would have to be gathered; undefined where nobody has counted them all. */
  gathered: number | undefined
}

/** Undefined where the filter has no ways, or ways of which it is not known where they lead from. */
export function askedOneByOne(
  context: RecordContext,
  object: CompiledObject,
  { filter, stops, live }: ReadFilter,
  conditions: RawBuilder<unknown>[],
  narrowing: RawBuilder<unknown>[],
): OneByOne | undefined {
  if (!filter || !stops?.size || !live) return undefined
  const parts = 'and' in filter ? filter.and : [filter]
  const settings = filterSettings(context, object)
  const leads = (part: Filter) => conditionsFromAfar(part, settings).length > 0
  const conditionOf = (part: Filter, oneByOne: boolean) => filterToSql(part, { ...settings, stops, oneByOne })
  const links = Math.min(...[...stops.values()].map((stop) => stop.links))
  const others = parts.filter((part) => !leads(part)).map((part) => conditionOf(part, false))
  return {
    walked: [...conditions, ...narrowing, ...others],
    whole: narrowing.length === 0 && others.length === 0,
    asked: allOf(parts.filter(leads).map((part) => conditionOf(part, true))),
    oneOf: Math.max(1, live / Math.max(links, 1)),
    gathered: links < mostCounted ? links : undefined,
  }
}

/** A walk ends here although the page is not full: those who were sought stand elsewhere in the order. */
const longestWalk = 50_000

/**
 * `from … where …` for the records `r` that a walk along the order meets; undefined where gathering them costs less.
 * Where the walk ends too soon it has cost a few times what was expected of it.
 */
export function metInOrder(
  { walked, asked, oneOf, gathered }: OneByOne,
  placed: RawBuilder<unknown>[],
  order: RawBuilder<unknown>,
  wanted: number,
): RawBuilder<unknown> | undefined {
  const expected = wanted * oneOf
  if (gathered !== undefined && gathered < expected) return undefined
  const longest = Math.min(longestWalk, Math.ceil(4 * expected))
  return sql`from (
      select r.* from records r where ${allOf([...walked, ...placed])} ${order} limit ${longest}
    ) as r where ${asked} ${order}`
}
