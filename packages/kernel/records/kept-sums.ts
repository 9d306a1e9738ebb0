/**
 * Sums over all records of a large object, kept by stretches of the time in which these were created. Whoever asks again adds
 * up anew only the stretches in which something has changed since (`record_changes`), so that the answer is never late.
 */
import { allOf, compile, type Database, plannedForValues, type RawBuilder, type Row, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

/** What is kept: measures of groups of records `r`. */
export interface Summed {
  conditions: RawBuilder<unknown>[]
  groups: RawBuilder<unknown>[]
  measures: RawBuilder<unknown>[]
}

interface Kept {
  /** Everything that had been committed then is in it. */
  snapshot: string
  /** Where a stretch ends and the next begins, in ascending order. */
  bounds: string[]
  /** By the number of the stretch: the values of its groups and measures as JSON, without the outer brackets. */
  parts: Map<number, string>
}

/** Smaller objects are walked through at once. */
const leastRecords = 40_000
const stretches = 256
/** Percent of the table, which is looked at for the bounds. */
const sampled = 5
/** With more groups of stretches than these it is sooner walked through. */
const mostParts = 20_000
/** Notes of changes are gone after a day, and the latest stretch grows: older sums are made anew. */
const keptFor = 6 * 60 * 60 * 1_000
/** A megabyte each at the most. */
const mostKept = 100

/** By what they are the sums of, the oldest first; without a value where they are too many. */
const known = new Map<string, { madeAt: number; sums: Kept | undefined }>()
/** What somebody is at, so that others who ask for the same wait for it. */
const making = new Map<string, Promise<Kept | undefined>>()

/**
 * The groups and measures of all stretches as JSON: `[[group, …, measure, …], …]`.
 *
 * @param summed rests on nothing but the records themselves: only what changes these is noted.
 * @returns undefined where it is better added up from the records.
 */
export async function keptSums(
  context: RecordContext,
  object: CompiledObject,
  summed: Summed,
): Promise<string | undefined> {
  const key = keyOf(summed)
  if (!isStill(known.get(key))) known.delete(key)
  const before = known.get(key)
  if (before && !before.sums) return undefined
  const state = await stateSince(context, object, before?.sums)
  // What the transaction itself has written may yet be taken back.
  if (state.hasWritten || state.live < leastRecords) return undefined
  const sums = before?.sums
    ? await renewed(context, summed, before.sums, state)
    : await madeOnce(context, key, summed, state.snapshot)
  known.set(key, { madeAt: before?.madeAt ?? Date.now(), sums })
  for (const oldest of known.keys()) if (known.size > mostKept) known.delete(oldest)
  return sums && `[${[...sums.parts.values()].join(',')}]`
}

/** Text and values tell everything that the sums depend on: the tenant, the object, fields and the time zone. */
function keyOf({ conditions, groups, measures }: Summed): string {
  const { text, values } = compile(sql`${sql.join([...conditions, ...groups, ...measures])}`)
  return JSON.stringify([text, values])
}

const isStill = (one: { madeAt: number } | undefined): boolean => one !== undefined && Date.now() - one.madeAt < keptFor

interface State {
  snapshot: string
  /** Whether the transaction has changed anything. */
  hasWritten: boolean
  live: number
  /** Numbers of stretches. */
  changed: number[]
}

async function stateSince(context: RecordContext, object: CompiledObject, sums: Kept | undefined): Promise<State> {
  const { tenantId } = context.model
  const stretchOf = (moment: RawBuilder<unknown>) => sql`width_bucket(${moment}, ${sums?.bounds}::timestamptz[])`
  const changed = sums
    ? sql`array(
        select distinct generate_series(${stretchOf(sql`c.created_minute`)}, ${stretchOf(sql`c.created_minute + interval '1 minute'`)})
        from record_changes c
        where c.tenant_id = ${tenantId} and c.object_id = ${object.id}
          and c.xid >= pg_snapshot_xmin(${sums.snapshot}::pg_snapshot)
          and not pg_visible_in_snapshot(c.xid, ${sums.snapshot}::pg_snapshot))`
    : sql`array[]::int[]`
  const [state] = await context.tx.query<State>(sql`
    select pg_current_snapshot()::text as snapshot, pg_current_xact_id_if_assigned() is not null as "hasWritten",
      coalesce((select c.live from record_counters c where c.tenant_id = ${tenantId} and c.object_id = ${object.id}), 0) as live,
      ${changed} as changed`)
  return state!
}

/** Somebody else's attempt may end with their transaction; then it is this one's. */
async function madeOnce(
  context: RecordContext,
  key: string,
  summed: Summed,
  snapshot: string,
): Promise<Kept | undefined> {
  const others = await making.get(key)?.catch(() => undefined)
  if (others) return others
  const own = made(context, summed, snapshot)
  making.set(key, own)
  try {
    return await own
  } finally {
    if (making.get(key) === own) making.delete(key)
  }
}

async function made(context: RecordContext, summed: Summed, snapshot: string): Promise<Kept | undefined> {
  const bounds = await boundsOf(context, summed)
  const parts = await partsOf(context, summed, bounds)
  return parts && { snapshot, bounds, parts }
}

/** Stretches of about as many records each; it does not matter how nearly. */
async function boundsOf(context: RecordContext, { conditions }: Summed): Promise<string[]> {
  const [row] = await context.tx.query<{ bounds: string[] }>(
    plannedForValues(sql`
      select array(select distinct min(s.created_at) from (
        select r.created_at, ntile(${sql.lit(stretches)}) over (order by r.created_at) as tile
        from records r tablesample system (${sql.lit(sampled)}) where ${allOf(conditions)}
      ) as s group by s.tile order by 1)::text[] as bounds`),
  )
  return row!.bounds
}

/** Other than before only where something has changed. */
async function renewed(
  context: RecordContext,
  summed: Summed,
  { bounds, parts }: Kept,
  { snapshot, changed }: State,
): Promise<Kept | undefined> {
  if (changed.length === 0) return { snapshot, bounds, parts }
  const anew = await partsOf(context, summed, bounds, changed)
  if (!anew) return undefined
  const same = [...parts].filter(([stretch]) => !changed.includes(stretch))
  return { snapshot, bounds, parts: new Map([...same, ...anew]) }
}

/** Of all stretches unless said; undefined where there are too many. */
async function partsOf(
  context: RecordContext,
  { conditions, groups, measures }: Summed,
  bounds: string[],
  only?: number[],
): Promise<Map<number, string> | undefined> {
  const columns = [...groups, ...measures]
  const named = columns.map((column, index) => sql`${column} as ${sql.ref(`c${index}`)}`)
  const names = columns.map((_, index) => sql.ref(`p.c${index}`))
  const ordinals = [1, ...groups.map((_, index) => index + 2)].map((ordinal) => sql.lit(ordinal))
  const meant = only ? [...conditions, within(bounds, only)] : conditions
  const rows = await context.tx.query<Row & { stretch: number; size: number; parts: string }>(
    plannedForValues(sql`
      select p.stretch, count(*) as size, jsonb_agg(jsonb_build_array(${sql.join(names)}))::text as parts from (
        select width_bucket(r.created_at, ${bounds}::timestamptz[]) as stretch, ${sql.join(named)}
        from records r where ${allOf(meant)} group by ${sql.join(ordinals)} limit ${mostParts + 1}
      ) as p group by p.stretch`),
  )
  if (rows.reduce((sum, { size }) => sum + size, 0) > mostParts) return undefined
  return new Map(rows.map(({ stretch, parts }) => [stretch, parts.slice(1, -1)]))
}

/** Created in one of the stretches; those beside one another are one. */
function within(bounds: string[], only: number[]): RawBuilder<unknown> {
  const sorted = only.toSorted((a, b) => a - b)
  const firsts = sorted.filter((stretch) => !only.includes(stretch - 1))
  const lasts = sorted.filter((stretch) => !only.includes(stretch + 1))
  const spans = firsts.map((first, index) => {
    const from = bounds[first - 1] ?? '-infinity'
    const to = bounds[lasts[index]!] ?? 'infinity'
    return sql`(r.created_at >= ${from}::timestamptz and r.created_at < ${to}::timestamptz)`
  })
  return sql`(${sql.join(spans, sql` or `)})`
}

/** Deletes notes of changes that no sums need any more, of all tenants; returns how many. */
export async function pruneRecordChanges(database: Database): Promise<number> {
  const [row] = await database.run<{ deleted: number }>({}, sql`select prune_record_changes() as deleted`)
  return row!.deleted
}
