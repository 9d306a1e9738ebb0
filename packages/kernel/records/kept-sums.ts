/**
 * Sums over all records of a large object, kept by stretches of the time in which these were created. Whoever asks again adds
 * up anew only the stretches in which something has changed since (`record_changes`), so that the answer is never late.
 */
import { compile, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { type Glance, glancesAt } from './kept-changes.ts'
import { RecentNames } from './kept-names.ts'
import { isToBeSaved, type Saved, savedSums, saveSums } from './kept-saved.ts'
import { Turns } from './kept-turns.ts'
import { boundsFor, type Summed, walkedAnew, walkedThrough } from './kept-walk.ts'

export interface Kept extends Saved {
  /** What has been put together of them, as JSON; by the statement that did it. Undefined where it came too late for them. */
  answers: Map<string, Promise<string | undefined>>
}

/** Smaller objects are walked through at once. */
const leastRecords = 40_000
const dayMs = 24 * 60 * 60 * 1_000
/** Notes of changes are gone after eight days. */
const keptForMs = 7 * dayMs
const mostKept = 100
/** Characters of all parts together. */
const mostCharacters = 64_000_000

interface Known {
  /** Of the snapshot. */
  at: number
  savedAt: number
  sums: Kept
}

/** By what they are the sums of, the one that was asked for longest ago first. */
const known = new Map<string, Known>()
/** To keep sums may take some times as long as to add up once: that is for whoever asks again. */
const askedBefore = new RecentNames(dayMs)
/** What turned out to have too many cells is looked at again after so long. */
const givenUp = new RecentNames(dayMs / 24)
const glancing = new Turns<Glanced[]>()
const renewing = new Turns<Kept | undefined>()

export interface AskedSums {
  object: CompiledObject
  /** Rests on nothing but the records themselves: only what changes these is noted. */
  summed: Summed
  /** Asked before there are any. */
  isWorthIt: () => Promise<boolean>
}

/**
 * Sums as they are now, of each that is asked; undefined where it is better added up from the records. Where nothing has
 * changed since, that takes one statement for all of them.
 */
export async function keptSums(context: RecordContext, asked: AskedSums[]): Promise<(Kept | undefined)[]> {
  const named = asked.map((one) => ({ ...one, key: keyOf(one.summed) }))
  const meant = named.filter(({ key }) => !givenUp.has(key))
  if (meant.length === 0) return asked.map(() => undefined)
  const glances = await glancedAt(context, meant)
  const first = new Set(meant.flatMap(({ key }) => (askedBefore.has(key) ? [] : key)))
  for (const key of first) askedBefore.add(key)
  const sums: (Kept | undefined)[] = []
  for (const one of named) {
    const glance = glances[meant.indexOf(one)]
    // What the transaction itself has written may yet be taken back.
    const isKept = glance && !glance.hasWritten && glance.live >= leastRecords
    const work = () => broughtUpToDate(context, one, { live: glance!.live, isFirst: first.has(one.key) })
    sums.push(isKept ? (glance.sums ?? (await renewing.take(one.key, work))) : undefined)
  }
  return sums
}

/** Text and values tell everything that the sums depend on: the tenant, the object, fields and the time zone. */
function keyOf({ conditions, groups, measures }: Summed): string {
  const { text, values } = compile(
    sql`${sql.join([...conditions, sql`groups`, ...groups, sql`measures`, ...measures])}`,
  )
  return JSON.stringify([text, values])
}

type Named = AskedSums & { key: string }

interface Glanced extends Glance {
  /** Where they are as they were. */
  sums: Kept | undefined
}

/** One for all who come at once, unless they have changes of their own or have yet to wait for a connection. */
function glancedAt(context: RecordContext, asked: Named[]): Promise<Glanced[]> {
  const work = async () => {
    const before = asked.map(({ key }) => stillKnown(key))
    const glances = await glancesAt(
      context,
      asked.map(({ object }, index) => ({ object, snapshot: before[index]?.sums.snapshot })),
    )
    return glances.map((glance, index) => ({ ...glance, sums: unchanged(asked[index]!.key, before[index], glance) }))
  }
  const { readsOnly, holdsConnection } = context.tx
  return readsOnly && holdsConnection ? glancing.take(asked.map(({ key }) => key).join('\n'), work) : work()
}

function unchanged(key: string, before: Known | undefined, { hasWritten, hasChanged, snapshot }: Glance) {
  if (!before || hasChanged || hasWritten) return undefined
  const sums = { ...before.sums, snapshot }
  // Others may have brought them up to date in the meantime.
  if (known.get(key) === before) remember(key, { ...before, at: Date.now(), sums })
  return sums
}

function stillKnown(key: string): Known | undefined {
  const found = known.get(key)
  if (found && Date.now() - found.at > keptForMs) known.delete(key)
  return known.get(key)
}

function remember(key: string, one: Known): void {
  const isNew = known.get(key)?.sums.parts !== one.sums.parts
  known.delete(key)
  known.set(key, one)
  if (isNew) forgetOldest()
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

const sizeOf = ({ parts }: Kept): number => parts.reduce((sum, part) => sum + part.length, 0)

async function broughtUpToDate(
  context: RecordContext,
  { key, object, summed, isWorthIt }: Named,
  { live, isFirst }: { live: number; isFirst: boolean },
): Promise<Kept | undefined> {
  if (givenUp.has(key)) return undefined
  const found = stillKnown(key)
  const saved = found ? undefined : await savedSums(context, object, key)
  const base = found?.sums ?? (saved && { ...saved, answers: new Map() })
  if (!base && (isFirst || !(await isWorthIt()))) return undefined
  const sums = base ? await renewed(context, { object, summed, live }, base) : await made(context, summed)
  if (!sums) {
    known.delete(key)
    givenUp.add(key)
    return undefined
  }
  const savedAt = found?.savedAt ?? (saved ? Date.now() : 0)
  const isSaved = isToBeSaved(context, savedAt)
  remember(key, { at: Date.now(), savedAt: isSaved ? Date.now() : savedAt, sums })
  // Whoever asks has their answer also where it cannot be put by: the next process then makes it anew.
  if (isSaved) await saveSums(context, object, key, sums).catch(() => undefined)
  return sums
}

async function made(context: RecordContext, summed: Summed): Promise<Kept | undefined> {
  const bounds = await boundsFor(context, summed)
  const walked = bounds && (await walkedThrough(context, summed, bounds))
  if (!walked) return undefined
  const parts = Array.from({ length: bounds.length + 1 }, (_, stretch) => walked.parts.get(stretch)!)
  return { snapshot: walked.snapshot!, bounds, latest: walked.records.get(bounds.length)!, parts, answers: new Map() }
}

/** Other than before only where something has changed. */
async function renewed(
  context: RecordContext,
  { object, summed, live }: Omit<AskedSums, 'isWorthIt'> & { live: number },
  sums: Kept,
): Promise<Kept | undefined> {
  const bounds = withoutOverlong(sums, live)
  const last = bounds.length
  const besides = last > sums.bounds.length ? [last - 1, last] : []
  const walked = await walkedAnew(context, summed, { object, since: sums.snapshot, bounds, besides })
  if (!walked) return undefined
  if (walked.snapshot === undefined) return sums
  const parts = Array.from({ length: last + 1 }, (_, stretch) => walked.parts.get(stretch) ?? sums.parts[stretch]!)
  const latest = walked.records.get(last) ?? sums.latest
  return { snapshot: walked.snapshot, bounds, latest, parts, answers: new Map() }
}

/** New records come into the last stretch: once it is twice as long as others, the next begins. */
function withoutOverlong({ bounds, latest }: Kept, live: number): number[] {
  const isOverlong = latest > (2 * live) / (bounds.length + 1)
  return isOverlong && Date.now() > bounds.at(-1)! ? [...bounds, Date.now()] : bounds
}
