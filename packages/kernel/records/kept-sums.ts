/**
 * Sums over all records of a large object, kept by stretches of the time in which these were created. Whoever asks again adds
 * up anew only the stretches in which something has changed since (`record_changes`), so that the answer is never late.
 */
import { compile, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { isToBeSaved, type Saved, savedSums, saveSums } from './kept-saved.ts'
import { boundsFor, type Summed, stretchAt, walkedThrough } from './kept-walk.ts'

export interface Kept extends Saved {
  /** What has been put together of them, as JSON; by the statement that did it. */
  answers: Map<string, Promise<string>>
}

/** Smaller objects are walked through at once. */
const leastRecords = 40_000
/** Notes of changes are gone after eight days. */
const keptForMs = 7 * 24 * 60 * 60 * 1_000
/** What turned out to have too many cells is looked at again after so long. */
const givenUpForMs = 60 * 60 * 1_000
const mostKept = 100
/** Characters of all parts together. */
const mostCharacters = 64_000_000

interface Known {
  /** Of the snapshot. */
  at: number
  savedAt: number
  /** Without a value where there are too many cells. */
  sums: Kept | undefined
}

/** By what they are the sums of, the one that was asked for longest ago first. */
const known = new Map<string, Known>()
/** Who is at it, and who comes next with those who came in the meantime. */
const turns = new Map<string, { now: Promise<unknown>; next?: Promise<Kept | undefined> }>()

/**
 * The sums as they are now.
 *
 * @param summed rests on nothing but the records themselves: only what changes these is noted.
 * @param isWorthIt asked where there are none yet.
 * @returns undefined where it is better added up from the records.
 */
export async function keptSums(
  context: RecordContext,
  object: CompiledObject,
  summed: Summed,
  isWorthIt: () => Promise<boolean>,
): Promise<Kept | undefined> {
  const key = keyOf(summed)
  const before = stillKnown(key)
  if (before && !before.sums) return undefined
  const { snapshot, hasWritten, hasChanged, live } = await glanceAt(context, object, before?.sums)
  // What the transaction itself has written may yet be taken back.
  if (hasWritten || live < leastRecords) return undefined
  if (before?.sums && !hasChanged) {
    return remember(key, { ...before, at: Date.now() }, { ...before.sums, snapshot })
  }
  return inTurn(key, () => broughtUpToDate(context, object, { key, summed, isWorthIt }))
}

/** Text and values tell everything that the sums depend on: the tenant, the object, fields and the time zone. */
function keyOf({ conditions, groups, measures }: Summed): string {
  const { text, values } = compile(
    sql`${sql.join([...conditions, sql`groups`, ...groups, sql`measures`, ...measures])}`,
  )
  return JSON.stringify([text, values])
}

function stillKnown(key: string): Known | undefined {
  const found = known.get(key)
  if (found && Date.now() - found.at > (found.sums ? keptForMs : givenUpForMs)) known.delete(key)
  return known.get(key)
}

function remember(key: string, one: Omit<Known, 'sums'>, sums: Kept | undefined): Kept | undefined {
  const isNew = known.get(key)?.sums?.parts !== sums?.parts
  known.delete(key)
  known.set(key, { ...one, sums })
  if (isNew) forgetOldest()
  return sums
}

/** Whose memory is needed for others. */
function forgetOldest(): void {
  const sizes = new Map([...known].map(([name, { sums }]) => [name, sizeOf(sums)]))
  let characters = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  for (const [oldest, size] of sizes) {
    if (known.size <= mostKept && characters <= mostCharacters) break
    known.delete(oldest)
    characters -= size
  }
}

const sizeOf = (sums: Kept | undefined): number => sums?.parts.reduce((sum, part) => sum + part.length, 0) ?? 0

/**
 * Many who come at once are served by one: by whoever begins after they came, for what is under way may have missed what
 * they know of. All of them hold connections already, so that nobody waits for one that another holds.
 */
function inTurn(key: string, work: () => Promise<Kept | undefined>): Promise<Kept | undefined> {
  const turn = turns.get(key)
  if (turn?.next) return turn.next.catch(work)
  const begin = () => {
    turns.set(key, { now: own })
    return work()
  }
  const own = turn ? turn.now.then(begin, begin) : work()
  turns.set(key, turn ? { now: turn.now, next: own } : { now: own })
  const end = () => {
    const { now, next } = turns.get(key)!
    if (now === own && !next) turns.delete(key)
  }
  own.then(end, end)
  return own
}

interface Asked {
  key: string
  summed: Summed
  isWorthIt: () => Promise<boolean>
}

async function broughtUpToDate(
  context: RecordContext,
  object: CompiledObject,
  { key, summed, isWorthIt }: Asked,
): Promise<Kept | undefined> {
  const found = stillKnown(key)
  if (found && !found.sums) return undefined
  const saved = found ? undefined : await savedSums(context, object, key)
  const base = found?.sums ?? (saved && { ...saved, answers: new Map() })
  if (!base && !(await isWorthIt())) return undefined
  const state = await stateSince(context, object, base)
  const sums = base ? await renewed(context, summed, base, state) : await made(context, summed, state.snapshot)
  const savedAt = found?.savedAt ?? (saved ? Date.now() : 0)
  const isSaved = sums !== undefined && isToBeSaved(context, savedAt)
  if (isSaved) await saveSums(context, object, key, sums)
  return remember(key, { at: Date.now(), savedAt: isSaved ? Date.now() : savedAt }, sums)
}

interface Glance {
  snapshot: string
  /** Whether the transaction has changed anything. */
  hasWritten: boolean
  /** Whether anything has been changed since. */
  hasChanged: boolean
  live: number
}

/** What most askers need to know: that everything is as it was. */
async function glanceAt(context: RecordContext, object: CompiledObject, sums: Kept | undefined): Promise<Glance> {
  const [glance] = await context.tx.query<Glance>(sql`
    select pg_current_snapshot()::text as snapshot, pg_current_xact_id_if_assigned() is not null as "hasWritten",
      ${liveOf(context, object)} as live,
      ${sums ? sql`exists (select ${changedSince(context, object, sums)})` : sql`true`} as "hasChanged"`)
  return glance!
}

interface State {
  snapshot: string
  live: number
  /** Numbers of stretches. */
  changed: number[]
}

async function stateSince(context: RecordContext, object: CompiledObject, sums: Kept | undefined): Promise<State> {
  const changed = sums
    ? sql`array(
        select distinct generate_series(
          ${stretchAt(sql`c.created_minute`, sums.bounds)}, ${stretchAt(sql`c.created_minute + interval '1 minute'`, sums.bounds)})
        ${changedSince(context, object, sums)})`
    : sql`array[]::int[]`
  const [state] = await context.tx.query<State>(sql`
    select pg_current_snapshot()::text as snapshot, ${liveOf(context, object)} as live, ${changed} as changed`)
  return state!
}

const liveOf = ({ model: { tenantId } }: RecordContext, object: CompiledObject) => sql`coalesce((
  select c.live from record_counters c where c.tenant_id = ${tenantId} and c.object_id = ${object.id}), 0)`

const changedSince = ({ model: { tenantId } }: RecordContext, object: CompiledObject, { snapshot }: Kept) => sql`
  from record_changes c
  where c.tenant_id = ${tenantId} and c.object_id = ${object.id}
    and c.xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
    and not pg_visible_in_snapshot(c.xid, ${snapshot}::pg_snapshot)`

async function made(context: RecordContext, summed: Summed, snapshot: string): Promise<Kept | undefined> {
  const bounds = await boundsFor(context, summed)
  const walked = bounds && (await walkedThrough(context, summed, bounds))
  if (!walked) return undefined
  const parts = Array.from({ length: bounds.length + 1 }, (_, stretch) => walked.parts.get(stretch) ?? '')
  return { snapshot, bounds, latest: walked.records.get(bounds.length) ?? 0, parts, answers: new Map() }
}

/** Other than before only where something has changed. */
async function renewed(
  context: RecordContext,
  summed: Summed,
  sums: Kept,
  { snapshot, changed, live }: State,
): Promise<Kept | undefined> {
  if (changed.length === 0) return { ...sums, snapshot }
  const bounds = withoutOverlong(sums, changed, live)
  const last = bounds.length
  const only = last > sums.bounds.length ? [...changed, last] : changed
  const walked = await walkedThrough(context, summed, bounds, only)
  if (!walked) return undefined
  const parts = Array.from({ length: last + 1 }, (_, stretch) =>
    only.includes(stretch) ? (walked.parts.get(stretch) ?? '') : sums.parts[stretch]!,
  )
  const latest = only.includes(last) ? (walked.records.get(last) ?? 0) : sums.latest
  return { snapshot, bounds, latest, parts, answers: new Map() }
}

/** New records come into the last stretch: once it is twice as long as others, the next begins. */
function withoutOverlong({ bounds, latest }: Kept, changed: number[], live: number): number[] {
  const isOverlong = changed.includes(bounds.length) && latest > (2 * live) / (bounds.length + 1)
  return isOverlong && Date.now() > bounds.at(-1)! ? [...bounds, Date.now()] : bounds
}
