/** The SQL of what goes by the clock: timers of records, and when workflows with a schedule are due. */
import { type Database, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { type CompiledObject, storedKey } from '@oneforge/kernel/metadata'
import type { StoredWorkflow } from '../stored-form.ts'

/** A workflow that is on. */
export interface LiveRow extends Row {
  id: string
  key: string
  version: number
  definition: StoredWorkflow
}

const live = sql.raw('w.id, w.key, w.version, w.definition')

/** Workspaces in which something is due. The one look-up that needs no binding. */
export async function tenantsWithDue(database: Database, until: Date): Promise<string[]> {
  const rows = await database.run<Row & { id: string }>(
    {},
    sql<Row & { id: string }>`select id from tenants_with_due_workflows(${until}) as id`,
  )
  return rows.map(({ id }) => id)
}

/** Of the tenants those in which a workflow counts from a date of its records. */
export async function tenantsWithTimers(database: Database, among: string[]): Promise<Set<string>> {
  const rows = await database.run<Row & { id: string }>(
    {},
    sql<Row & { id: string }>`select id from tenants_with_workflow_timers(${among}::uuid[]) as id`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Those that count from a date of their records. */
export const timedWorkflows = (tx: Transaction): Promise<LiveRow[]> =>
  tx.query<LiveRow>(sql<LiveRow>`select ${live} from workflow_clocks c
    join workflows w on w.tenant_id = c.tenant_id and w.id = c.workflow_id
    where c.tenant_id = ${tx.tenantId} and w.enabled and w.definition -> 'trigger' ->> 'type' = 'date_relative'`)

export interface DatedRow extends Row {
  id: string
  /** A day, or a moment in RFC 3339; null where there is none, and for records that are deleted. */
  value: string | null
  time_zone: string
}

const systemMoments: Record<string, RawBuilder<unknown>> = {
  createdAt: sql`to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  updatedAt: sql`to_char(r.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
}

function dated(tx: Transaction, object: CompiledObject, key: string): RawBuilder<unknown> {
  const field = object.field.get(key)
  const value = field ? sql`r.data ->> ${storedKey(field)}::text` : (systemMoments[key] ?? sql`null::text`)
  return sql`select r.id, case when r.deleted_at is null then ${value} end as value, coalesce(l.time_zone, t.time_zone) as time_zone
    from records r join tenants t on t.id = r.tenant_id
      left join locations l on l.tenant_id = r.tenant_id and l.id = r.location_id
    where r.tenant_id = ${tx.tenantId} and r.object_id = ${object.id}`
}

/** Shared, so that a change that is under way is waited for: what is written after it sees it. */
const held = sql.raw('for share of r')

export const datesOf = (tx: Transaction, object: CompiledObject, key: string, ids: string[]): Promise<DatedRow[]> =>
  tx.query<DatedRow>(
    sql<DatedRow>`${dated(tx, object, key)} and r.id = any(${ids}::uuid[]) order by r.id ${held}` as RawBuilder<DatedRow>,
  )

/** The next records, in the order of their ids. Nobody expects a message of a sample. */
export const datesAfter = (
  tx: Transaction,
  object: CompiledObject,
  key: string,
  page: { after: string | null; limit: number },
): Promise<DatedRow[]> =>
  tx.query<DatedRow>(
    sql<DatedRow>`${dated(tx, object, key)} and r.deleted_at is null and not r.sample
      and (${page.after}::uuid is null or r.id > ${page.after}::uuid) order by r.id limit ${page.limit} ${held}` as RawBuilder<DatedRow>,
  )

/** Those of the records for which the workflow has a timer that has not fired yet. */
export async function timersAmong(tx: Transaction, workflowId: string, recordIds: string[]): Promise<Set<string>> {
  const rows = await tx.query<Row & { id: string }>(sql<
    Row & { id: string }
  >`select record_id as id from workflow_timers
    where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId} and record_id = any(${recordIds}::uuid[])`)
  return new Set(rows.map(({ id }) => id))
}

export interface Timer {
  recordId: string
  /** RFC 3339; null: none. */
  at: string | null
  /** It had passed when it was written: nothing is noted of it. One that is noted already and has not fired yet stays. */
  hasPassed: boolean
}

export async function writeTimers(tx: Transaction, workflowId: string, timers: Timer[]): Promise<void> {
  if (timers.length === 0) return
  await tx.query(sql`with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(timers)}::jsonb) as t("recordId" uuid, at timestamptz, "hasPassed" boolean)
    ), gone as (
      delete from workflow_timers t using wanted w where t.tenant_id = ${tx.tenantId} and t.workflow_id = ${workflowId}
        and t.record_id = w."recordId" and (w.at is null or (w."hasPassed" and w.at <> t.fires_at))
    )
    insert into workflow_timers as t (tenant_id, workflow_id, record_id, fires_at)
    select ${tx.tenantId}, ${workflowId}, w."recordId", w.at from wanted w where w.at is not null and not w."hasPassed" order by w."recordId"
    on conflict (tenant_id, workflow_id, record_id) do update set fires_at = excluded.fires_at
      where t.fires_at <> excluded.fires_at`)
}

export interface DueTimer extends Row {
  workflow_id: string
  record_id: string
  fires_at: string
}

/** Locked; what another server is at is left to it. */
export const dueTimers = (tx: Transaction, now: Date, limit: number): Promise<DueTimer[]> =>
  tx.query<DueTimer>(sql<DueTimer>`select workflow_id, record_id, fires_at from workflow_timers
    where tenant_id = ${tx.tenantId} and fires_at <= ${now} order by fires_at, record_id limit ${limit}
    for update skip locked`)

export async function removeTimers(tx: Transaction, timers: DueTimer[]): Promise<void> {
  await tx.query(sql`delete from workflow_timers t
    using jsonb_to_recordset(${JSON.stringify(timers)}::jsonb) as g(workflow_id uuid, record_id uuid)
    where t.tenant_id = ${tx.tenantId} and t.workflow_id = g.workflow_id and t.record_id = g.record_id`)
}

export async function liveWorkflows(tx: Transaction, ids: string[]): Promise<Map<string, LiveRow>> {
  const rows = await tx.query<LiveRow>(sql<LiveRow>`select ${live} from workflows w
    where w.tenant_id = ${tx.tenantId} and w.enabled and w.id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

export type DueClock = LiveRow & { next_at: string; filled_to: string | null; is_set: boolean }

/** The one that has been due the longest, locked; what another server is at is left to it. */
export async function dueClock(tx: Transaction, now: Date): Promise<DueClock | undefined> {
  const [row] = await tx.query<DueClock>(sql<DueClock>`select ${live}, c.next_at, c.filled_to, c.is_set
    from workflow_clocks c join workflows w on w.tenant_id = c.tenant_id and w.id = c.workflow_id
    where c.tenant_id = ${tx.tenantId} and c.next_at <= ${now} order by c.next_at, w.id limit 1 for update of c skip locked`)
  return row
}

export async function setClock(
  tx: Transaction,
  workflowId: string,
  { nextAt, filledTo = null }: { nextAt: Date | null; filledTo?: string | null },
): Promise<void> {
  await tx.query(sql`update workflow_clocks set next_at = ${nextAt}, filled_to = ${filledTo}, is_set = true
    where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId}`)
}
