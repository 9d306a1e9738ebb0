/** What an operator does with events: look at those that were given up, try them again, remove old ones. */
import { type Database, sql } from '../database/index.ts'
import { asDispatcher } from './cursors.ts'

export interface ParkedEvent {
  consumer: string
  tenantId: string
  seq: number
  type: string
  recordId: string | null
  attempts: number
  error: string | null
  /** ISO 8601, UTC. */
  parkedAt: string
}

/** Events that were given up, the latest first, of all tenants. */
export async function listParked(
  database: Database,
  filter: { consumer?: string; limit?: number } = {},
): Promise<ParkedEvent[]> {
  const { consumer = null, limit = 100 } = filter
  const [rows] = await asDispatcher<ParkedEvent>(database, [
    sql`select f.consumer, f.tenant_id as "tenantId", f.seq, e.type, e.record_id as "recordId", f.attempts, f.error,
          f.parked_at as "parkedAt"
        from event_failures f join events e on e.tenant_id = f.tenant_id and e.seq = f.seq
        where f.parked_at is not null and (${consumer}::text is null or f.consumer = ${consumer})
        order by f.parked_at desc, f.seq limit ${limit}`,
  ])
  return rows!
}

/** Gives a parked event its attempts again; false when there is no such event. */
export async function retryParked(
  database: Database,
  parked: { consumer: string; tenantId: string; seq: number },
): Promise<boolean> {
  const [rows] = await asDispatcher(database, [
    sql`update event_failures set attempts = 0, parked_at = null, next_attempt_at = now()
        where consumer = ${parked.consumer} and tenant_id = ${parked.tenantId} and seq = ${parked.seq}
          and parked_at is not null
        returning seq`,
  ])
  return rows!.length === 1
}

/** Forgets a consumer that exists no more: until then no event after its last place can be pruned. */
export async function forgetConsumer(database: Database, consumer: string): Promise<void> {
  await asDispatcher(database, [
    sql`delete from event_failures where consumer = ${consumer}`,
    sql`delete from event_cursors where consumer = ${consumer}`,
  ])
}

const pruneBatch = 5_000

/** Deletes events older than so many days that every consumer has passed; returns how many. At least 1 day. */
export async function pruneEvents(database: Database, olderThanDays: number): Promise<number> {
  let total = 0
  for (;;) {
    const [row] = await database.run<{ deleted: number }>(
      {},
      sql`select prune_events(make_interval(days => ${olderThanDays}::int), ${pruneBatch}::int) as deleted`,
    )
    total += row!.deleted
    if (row!.deleted < pruneBatch) return total
  }
}
