/** The SQL of runs and their ledgers. Whoever changes a run or its ledger holds the run's row. */
import { type Database, type Query, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { LedgerRow } from './ledger.ts'

export type RunState = 'ready' | 'waiting' | 'done' | 'failed' | 'stopped'

export interface RunRow extends Row {
  id: string
  number: number
  workflow_id: string
  version: number
  object_id: string | null
  record_id: string | null
  trigger: Record<string, unknown>
  state: RunState
  attempt: number
  replays: number
  depth: number
  chain: string[]
  parent_id: string | null
  parent_path: string | null
  started_at: string | null
}

const runColumns =
  sql.raw(`r.id, r.number, r.workflow_id, r.version, r.object_id, r.record_id, r.trigger, r.state, r.attempt,
  r.replays, r.depth, r.chain, r.parent_id, r.parent_path, r.started_at`)

export interface Turn extends Row {
  tenant_id: string
  wake_at: string
}

/**
 * Each tenant that has runs to go on with by then, and the next one that will, with when the first of them is due. The one
 * look-up that needs no binding.
 */
export const turns = (database: Database, until: Date): Promise<Turn[]> =>
  database.run<Turn>({}, sql<Turn>`select tenant_id, wake_at from workflow_turns(${until})`)

/**
 * Runs that are due, locked, in the order of their making; those that another worker is at are left to it. Of the runs of
 * one workflow on one record that are to be begun, only the first, and those behind it that can be taken along with it.
 */
export const dueRuns = (tenantId: string, now: Date, limit: number): RawBuilder<RunRow> => sql<RunRow>`
  with heads as materialized (
    select ${runColumns} from workflow_runs r
    where r.tenant_id = ${tenantId} and r.wake_at <= ${now}
      and (r.state = 'waiting' or r.record_id is null or not exists (select from workflow_runs o
        where o.tenant_id = ${tenantId} and o.workflow_id = r.workflow_id and o.record_id = r.record_id
          and o.state = 'ready' and o.number < r.number))
    order by r.wake_at, r.number limit ${limit} for update of r skip locked
  )
  select * from heads
  union all
  select f.* from heads h cross join lateral (
    select ${runColumns} from workflow_runs r
    where r.tenant_id = ${tenantId} and r.workflow_id = h.workflow_id and r.record_id = h.record_id
      and r.state = 'ready' and r.number > h.number and r.wake_at <= ${now}
    order by r.number limit ${followersTaken} for update of r skip locked) f
  where h.state = 'ready'
  order by number`

/** Runs taken along behind the first of their record. */
const followersTaken = 10

/** The same run, if it is still to be gone on with and nobody is at it. */
export const dueRun = (tenantId: string, id: string, now: Date): RawBuilder<RunRow> => sql<RunRow>`
  select ${runColumns} from workflow_runs r
  where r.tenant_id = ${tenantId} and r.id = ${id} and r.wake_at <= ${now}
    and (r.state = 'waiting' or r.record_id is null or not exists (select from workflow_runs o
      where o.tenant_id = ${tenantId} and o.workflow_id = r.workflow_id and o.record_id = r.record_id
        and o.state = 'ready' and o.number < r.number))
  for update of r skip locked`

/** A run that whoever calls is about to change, whatever its state. */
export async function lockRun(tx: Transaction, id: string): Promise<RunRow | undefined> {
  const [run] = await tx.query<RunRow>(sql<RunRow>`select ${runColumns} from workflow_runs r
    where r.tenant_id = ${tx.tenantId} and r.id = ${id} for update of r`)
  return run
}

export type LedgerEntry = LedgerRow & { runId: string } & Row

/** Inputs of those only that are sent again: nobody else asks for them. */
export const ledgersOf = (tenantId: string, runIds: string[]): RawBuilder<LedgerEntry> => sql<LedgerEntry>`
  select run_id as "runId", path, state, attempt, wake_at as "wakeAt",
    case when state = 'sent' then input end as input, output, error, bytes
  from workflow_steps where tenant_id = ${tenantId} and run_id = any(${runIds}::uuid[]) and strpos(path, '~') = 0
  order by number`

export type LedgerSize = { runId: string; bytes: number } & Row

/** Bytes of JSON that the ledgers of the runs hold; none for a run without steps. */
export const ledgerSizes = (tenantId: string, runIds: string[]): RawBuilder<LedgerSize> => sql<LedgerSize>`
  select run_id as "runId", sum(bytes)::float8 as bytes
  from workflow_steps where tenant_id = ${tenantId} and run_id = any(${runIds}::uuid[]) and strpos(path, '~') = 0
  group by run_id`

type HeldRow = { id: string; gone: boolean } & Row

/**
 * Holds the records that runs are about, so that no other transaction changes them between what a step reads and what it
 * writes; runs of the same transaction are kept apart by their waves. Those that somebody else holds are left out; those
 * that are no more, or lie in the trash, are told as gone.
 */
export const holdRecords = (tenantId: string, recordIds: string[]): RawBuilder<HeldRow> => sql<HeldRow>`
  with held as materialized (
    select r.id, r.deleted_at is not null as gone from records r
    where r.tenant_id = ${tenantId} and r.id = any(${recordIds}::uuid[]) order by r.id for no key update skip locked
  )
  select id, gone from held
  union all
  select w.id, true from unnest(${recordIds}::uuid[]) as w(id)
  where not exists (select from records r where r.tenant_id = ${tenantId} and r.id = w.id)`

export interface RunChange {
  id: string
  state: RunState
  /** RFC 3339; null: nothing wakes it by itself. */
  wakeAt: string | null
  attempt: number
  error: { path: string | null; message: string } | null
}

export interface LedgerChange extends LedgerRow {
  runId: string
}

/** What runs did, in as few statements as there are tables. */
export function writeRuns(tenantId: string, runs: RunChange[], steps: LedgerChange[], now: Date): Query[] {
  const statements: Query[] = []
  if (steps.length > 0) statements.push(writeSteps(tenantId, steps, now))
  if (runs.length === 0) return statements
  statements.push(sql`update workflow_runs r set state = c.state, wake_at = c."wakeAt", attempt = c.attempt, error = c.error,
      started_at = coalesce(r.started_at, ${now}),
      ended_at = case when c.state in ('done', 'failed', 'stopped') then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(runs)}::jsonb)
      as c(id uuid, state text, "wakeAt" timestamptz, attempt int, error jsonb)
    where r.tenant_id = ${tenantId} and r.id = c.id`)
  return statements
}

const writeSteps = (tenantId: string, steps: LedgerChange[], now: Date): Query => sql`
  insert into workflow_steps as s (tenant_id, run_id, path, state, attempt, wake_at, input, output, error, started_at, ended_at)
  select ${tenantId}, c."runId", c.path, c.state, c.attempt, c."wakeAt", c.input, c.output,
    c.error, ${now}, case when c.state in ('done', 'failed') then ${now}::timestamptz end
  from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
    as c("runId" uuid, path text, state text, attempt int, "wakeAt" timestamptz, input jsonb, output jsonb, error text)
  on conflict (tenant_id, run_id, path) do update set state = excluded.state, attempt = excluded.attempt,
    wake_at = excluded.wake_at, input = coalesce(excluded.input, s.input), output = excluded.output, error = excluded.error,
    ended_at = excluded.ended_at`

/** A run that has ended waits for nothing. */
export const forgetWaits = (tenantId: string, runIds: string[]): Query[] => [
  sql`delete from workflow_waits where tenant_id = ${tenantId} and run_id = any(${runIds}::uuid[])`,
  sql`update workflow_approvals set state = 'withdrawn'
    where tenant_id = ${tenantId} and run_id = any(${runIds}::uuid[]) and state = 'open'`,
]

/**
 * Whether a call to the outside is still to be made: the run goes on, and the step stands as it did when the call was queued.
 * From now on nobody else makes it until an answer is overdue.
 */
export async function claimCall(
  tx: Transaction,
  call: { runId: string; path: string; attempt: number; wakeAt: string },
  answerBy: Date,
): Promise<boolean> {
  const rows = await tx.query(sql`update workflow_steps s set wake_at = ${answerBy} from workflow_runs r
    where s.tenant_id = ${tx.tenantId} and s.run_id = ${call.runId} and s.path = ${call.path} and s.state = 'sent'
      and s.attempt = ${call.attempt} and s.wake_at = ${call.wakeAt}
      and r.tenant_id = s.tenant_id and r.id = s.run_id and r.state in ('ready', 'waiting')
    returning s.path`)
  return rows.length > 0
}

/**
 * A step that waited has its answer, and its run goes on. Of a run that has ended, or a step that waits no more, nothing is
 * changed; returns whether it was.
 */
export async function answerStep(
  tx: Transaction,
  { runId, path, output }: { runId: string; path: string; output: unknown },
): Promise<boolean> {
  const rows = await tx.query(sql`with run as (
      select id from workflow_runs where tenant_id = ${tx.tenantId} and id = ${runId} and state in ('ready', 'waiting')
      for update
    ), answered as (
      update workflow_steps s set state = 'done', wake_at = null, ended_at = now(), error = null,
        output = ${JSON.stringify(output ?? null)}::jsonb
      from run where s.tenant_id = ${tx.tenantId} and s.run_id = run.id and s.path = ${path} and s.state in ('waiting', 'sent')
      returning s.run_id
    )
    update workflow_runs r set wake_at = case r.state when 'waiting' then date_trunc('milliseconds', now()) else r.wake_at end
    from answered where r.tenant_id = ${tx.tenantId} and r.id = answered.run_id
    returning r.id`)
  return rows.length > 0
}
