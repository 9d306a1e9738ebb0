/** The SQL of counted attempts: how often something was tried, by a hash of whom it concerns. */
import { type Database, sql } from '@oneforge/kernel/database'

export interface AttemptLimit {
  /** How many are let through in a window. */
  attempts: number
  windowSeconds: number
  /** How long no more are let through, from the last on; until the window ends, without it. */
  lockSeconds?: number
}

/** Counts an attempt and says whether it is let through. Atomic: of any number at once, `attempts` get true. */
export async function countAttempt(database: Database, key: string, limit: AttemptLimit, now: Date): Promise<boolean> {
  const at = sql`${now}::timestamptz`
  const window = sql`make_interval(secs => ${limit.windowSeconds})`
  const expired = sql`(c.locked_until is not null or c.window_started_at <= ${at} - ${window})`
  const started = sql`case when ${expired} then ${at} else c.window_started_at end`
  const count = sql`case when ${expired} then 1 else c.count + 1 end`
  const lockEnd = limit.lockSeconds
    ? sql`${at} + make_interval(secs => ${limit.lockSeconds})`
    : sql`${started} + ${window}`
  const rows = await database.run(
    {},
    sql`insert into attempt_counters as c (key, count, window_started_at)
        values (${key}, 1, ${at})
        on conflict (key) do update set
          count = ${count},
          window_started_at = ${started},
          locked_until = case when ${count} >= ${limit.attempts} then ${lockEnd} end
        where c.locked_until is null or c.locked_until <= ${at}
        returning c.count`,
  )
  return rows.length === 1
}

/** When the key lets attempts through again; null when it does already. */
export async function lockedUntil(database: Database, key: string): Promise<string | null> {
  const [row] = await database.run<{ locked_until: string | null }>(
    {},
    sql`select locked_until from attempt_counters where key = ${key}`,
  )
  return row?.locked_until ?? null
}

export async function forgetAttempts(database: Database, key: string): Promise<void> {
  await database.run({}, sql`delete from attempt_counters where key = ${key}`)
}

/** Takes one attempt back, and with it the lock that it may have brought. */
export async function takeBackAttempt(database: Database, key: string): Promise<void> {
  await database.run(
    {},
    sql`update attempt_counters set count = greatest(count - 1, 0), locked_until = null where key = ${key}`,
  )
}

/** Removes counters that say nothing any more. */
export async function removeOldAttempts(database: Database, before: Date): Promise<void> {
  await database.run(
    {},
    sql`delete from attempt_counters
        where window_started_at < ${before} and (locked_until is null or locked_until < ${before})`,
  )
}
