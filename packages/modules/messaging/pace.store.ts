/**
 * How fast a workspace sends: each message takes the next moment that is free, in one statement, so that two workers never
 * take the same. And how long its server is left alone after it could not be reached.
 */
import { type Database, type Row, sql } from '@oneforge/kernel/database'

export interface Pace {
  perMinute: number
  perDay: number
}

/**
 * Takes a moment to send at: now, or when the minute and the day have room again. A minute that was quiet may be used at
 * once (GCRA: `next_by_…` is when all that was taken would be sent at an even pace).
 */
export async function takeMoment(database: Database, tenantId: string, pace: Pace): Promise<Date> {
  const [row] = await database.run<{ at: string } & Row>(
    { tenantId },
    sql`insert into mail_paces as p (tenant_id, next_by_minute, next_by_day)
        values (${tenantId}, now() + interval '1 minute' / ${pace.perMinute}::int, now() + interval '1 day' / ${pace.perDay}::int)
        on conflict (tenant_id) do update set
          next_by_minute = greatest(p.next_by_minute, now()) + interval '1 minute' / ${pace.perMinute}::int,
          next_by_day = greatest(p.next_by_day, now()) + interval '1 day' / ${pace.perDay}::int
        returning greatest(now(), next_by_minute - interval '1 minute', next_by_day - interval '1 day') as at`,
  )
  return new Date(row!.at)
}

/** Until when the workspace's server is left alone; undefined where it is not. */
export async function heldUntil(database: Database, tenantId: string): Promise<Date | undefined> {
  const [row] = await database.run<{ until: string } & Row>(
    { tenantId },
    sql`select held_until as until from mail_paces where tenant_id = ${tenantId} and held_until > now()`,
  )
  return row && new Date(row.until)
}

/** Leaves the server alone for a while: half a minute at first, ever longer, half an hour at the most. */
export async function hold(database: Database, tenantId: string): Promise<void> {
  await database.run(
    { tenantId },
    sql`insert into mail_paces as p (tenant_id, failures, held_until) values (${tenantId}, 1, now() + interval '30 seconds')
        on conflict (tenant_id) do update set failures = p.failures + 1,
          held_until = now() + least(interval '30 minutes', interval '30 seconds' * power(2, least(p.failures, 10)))`,
  )
}

/** It could be reached again. */
export async function release(database: Database, tenantId: string): Promise<void> {
  await database.run(
    { tenantId },
    sql`update mail_paces set failures = 0, held_until = null where tenant_id = ${tenantId} and failures > 0`,
  )
}
