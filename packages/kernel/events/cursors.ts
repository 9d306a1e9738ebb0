/**
 * How far each consumer has come, and what lies ahead of it.
 *
 * Events must be handed on in the order of each record, and none may be skipped, although they become visible neither
 * in the order of their numbers (seq) nor of their transactions (xid): seq 7 may be committed while the transaction of
 * seq 5 still runs. A consumer that remembered only the highest seq it saw would skip 5 for good.
 *
 * So a cursor works through windows. A window is what one snapshot of the database shows and an earlier one did not:
 * `seen` is the snapshot whose events are all done, `reading` the one being worked through; when that is finished it
 * becomes `seen`. A snapshot tells of every transaction whether it had ended, however late it commits, so each event
 * lies in exactly one window, and what a window holds never changes.
 *
 * Within a window events are taken in the order of seq, and over all windows that is the order of each record: whoever
 * writes an event about a record holds the record's row lock from before the seq is drawn until the end of the
 * transaction. Of two transactions on one record, therefore, the second draws its seq after the first has ended. The
 * first has the lower seq, and every snapshot that shows the second shows the first: it lies in the same window or in
 * an earlier one.
 *
 * Bounds of transaction numbers alone ("all below the oldest running one") would not do. A transaction may get its
 * number early and come to a record late; with numbers 10, 11, 12, where 12 wrote about the record before 10 did, and 11
 * still runs, such a bound shows 10 and not yet 12. It would also let one long transaction hold up every event.
 */
import { type Database, plannedForValues, type Query, type RawBuilder, type Row, sql } from '../database/index.ts'
import type { DomainEvent } from './event.ts'

export interface Cursor {
  /** Snapshots in PostgreSQL's notation: xmin:xmax:running. */
  seen: string
  reading: string
  /** The last event of the window that is settled. */
  seq: number
}

/** A cursor with the number of the last event of its window. */
export interface Window extends Cursor {
  last: number
}

/** An event that failed, or that waits behind one that did. */
export interface WaitingEvent {
  event: DomainEvent
  attempts: number
  /** Milliseconds until its next attempt; 0 when it is due. */
  dueInMs: number
}

/** What became of an event that could not be settled at once. */
export interface Failure {
  tenantId: string
  seq: number
  attempts: number
  error: string | null
  delayMs: number
  parked: boolean
}

/** Runs the queries in one transaction as the role that sees the events of all tenants. */
export async function asDispatcher<R extends object = Row>(database: Database, queries: Query[]): Promise<R[][]> {
  const [, ...rows] = await database.transaction({}, (tx) =>
    // What lies in a window is different each time: a plan made without its bounds reads the whole table.
    tx.batch<R>([{ text: 'set local role oneforge_dispatcher', values: [] }, ...queries.map(plannedForValues)]),
  )
  return rows
}

/**
 * Gives each new consumer its place: where the stream stands now, for one that joins a running installation, and the
 * beginning in one where no consumer has ever run. Returns whether the database turned out to be restored from a dump
 * (see rebase_events in the migrations).
 */
export async function registerConsumers(database: Database, names: string[]): Promise<{ restored: boolean }> {
  const [row] = await database.run<{ restored: boolean }>({}, plannedForValues(sql`select rebase_events() as restored`))
  await asDispatcher(database, [
    sql`insert into event_cursors (consumer, seen, reading)
        select name, place.snapshot, place.snapshot
        from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as name,
          (select case when exists (select from event_cursors) then pg_current_snapshot()
                  else '1:1:'::pg_snapshot end as snapshot) as place
        on conflict (consumer) do nothing`,
  ])
  return { restored: row!.restored }
}

/** Where the consumer was left, with the end of its unfinished window. */
export async function loadWindow(database: Database, consumer: string): Promise<Window> {
  const [rows] = await asDispatcher<Window>(database, [
    sql`select c.seen, c.reading, c.seq, coalesce(max(w.seq), c.seq) as last
        from event_cursors c
        left join lateral (${eventsBetween(sql`c.seen`, sql`c.reading`)}) w on w.seq > c.seq
        where c.consumer = ${consumer} group by c.consumer`,
  ])
  return rows![0]!
}

/** The window from the snapshot `seen` to now; without events its `last` is its `seq`. */
export async function nextWindow(database: Database, seen: string): Promise<Window> {
  const [rows] = await asDispatcher<Window>(database, [
    sql`select ${seen} as seen, s.now as reading, coalesce(w.first - 1, 0) as seq, coalesce(w.last, 0) as last
        from (select pg_current_snapshot() as now offset 0) s,
          lateral (select min(e.seq) as first, max(e.seq) as last
                   from (${eventsBetween(sql`${seen}::pg_snapshot`, sql`s.now`)}) e) w`,
  ])
  return rows![0]!
}

/**
 * The numbers of the events that one snapshot shows and an earlier one does not. The range of xid serves the index, so
 * that nothing older is read; OFFSET 0 keeps the planner from finding min(seq) by a walk from the table's beginning.
 */
function eventsBetween(seen: RawBuilder<unknown>, reading: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select e.seq from events e
    where e.xid >= pg_snapshot_xmin(${seen}) and e.xid < pg_snapshot_xmax(${reading})
      and pg_visible_in_snapshot(e.xid, ${reading}) and not pg_visible_in_snapshot(e.xid, ${seen}) offset 0`
}

const eventColumns = sql`e.tenant_id as "tenantId", e.seq, e.type, e.object_id as "objectId",
  e.record_id as "recordId", e.actor_id as "actorId", e.payload, e.cause, e.at`

/** The next events of the window, in order. */
export async function readEvents(database: Database, window: Window, limit: number): Promise<DomainEvent[]> {
  const [rows] = await asDispatcher<DomainEvent>(database, [
    sql`select ${eventColumns} from events e
        where e.seq > ${window.seq} and e.seq <= ${window.last}
          and pg_visible_in_snapshot(e.xid, ${window.reading}::pg_snapshot)
          and not pg_visible_in_snapshot(e.xid, ${window.seen}::pg_snapshot)
        order by e.seq limit ${limit}`,
  ])
  return rows!
}

/** What the consumer still has to try again, parked events left out; in order. */
export async function readWaiting(database: Database, consumer: string, limit: number): Promise<WaitingEvent[]> {
  const [rows] = await asDispatcher<DomainEvent & { attempts: number; dueInMs: number }>(database, [
    sql`select ${eventColumns}, f.attempts,
          greatest(0, ceil(extract(epoch from f.next_attempt_at - now()) * 1000))::int as "dueInMs"
        from event_failures f join events e on e.tenant_id = f.tenant_id and e.seq = f.seq
        where f.consumer = ${consumer} and f.parked_at is null
        order by f.seq limit ${limit}`,
  ])
  return rows!.map(({ attempts, dueInMs, ...event }) => ({ event, attempts, dueInMs }))
}

/**
 * Moves the cursor and writes down what waits, in one statement. False when the cursor is not where it was read:
 * another server has taken the consumer over, and nothing is changed.
 */
export async function saveProgress(
  database: Database,
  consumer: string,
  before: Cursor,
  after: Cursor,
  changes: { settled: { tenantId: string; seq: number }[]; failures: Failure[] },
): Promise<boolean> {
  const [rows] = await asDispatcher<{ moved: number }>(database, [
    sql`with moved as (
          update event_cursors
          set seen = ${after.seen}::pg_snapshot, reading = ${after.reading}::pg_snapshot, seq = ${after.seq}
          where consumer = ${consumer} and seen::text = ${before.seen} and reading::text = ${before.reading}
            and seq = ${before.seq}
          returning consumer
        ), settled as (
          delete from event_failures f
          using moved, jsonb_to_recordset(${JSON.stringify(changes.settled)}::jsonb) as s("tenantId" uuid, "seq" bigint)
          where f.consumer = moved.consumer and f.tenant_id = s."tenantId" and f.seq = s."seq"
        ), failed as (
          insert into event_failures (tenant_id, consumer, seq, attempts, error, next_attempt_at, parked_at)
          select n."tenantId", moved.consumer, n."seq", n."attempts", n."error",
            now() + n."delayMs" * interval '1 millisecond', case when n."parked" then now() end
          from moved, jsonb_to_recordset(${JSON.stringify(changes.failures)}::jsonb)
            as n("tenantId" uuid, "seq" bigint, "attempts" int, "error" text, "delayMs" int, "parked" boolean)
          on conflict (tenant_id, consumer, seq) do update set attempts = excluded.attempts, error = excluded.error,
            failed_at = now(), next_attempt_at = excluded.next_attempt_at, parked_at = excluded.parked_at
        )
        select count(*)::int as moved from moved`,
  ])
  return rows![0]!.moved === 1
}
