/** The SQL of what people see of runs. */
import { type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { LocalizedText } from '@oneforge/kernel/metadata'
import type { RunState } from '../engine/runs.store.ts'
import type { StoredWorkflow } from '../stored-form.ts'

export interface ListedRun extends Row {
  id: string
  number: number
  workflow_id: string
  label: LocalizedText
  version: number
  object_id: string | null
  record_id: string | null
  started_by: string | null
  cause: { parent?: string }
  state: RunState
  error: { path: string | null; message: string } | null
  attempt: number
  wake_at: string | null
  created_at: string
  started_at: string | null
  ended_at: string | null
}

const columns =
  sql.raw(`r.id, r.number, r.workflow_id, w.definition -> 'label' as label, r.version, r.object_id, r.record_id,
  v.definition -> 'trigger' ->> 'type' as started_by, r.cause, r.state, r.error, r.attempt, r.wake_at, r.created_at,
  r.started_at, r.ended_at`)

const from = sql.raw(`workflow_runs r
  join workflows w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
  left join workflow_versions v on v.tenant_id = r.tenant_id and v.workflow_id = r.workflow_id and v.version = r.version`)

export interface RunQuery {
  workflowId?: string
  recordId?: string
  states?: RunState[]
  /** Of the last one that was seen. */
  before?: number
  limit: number
}

/** The latest first. */
export function listRuns(tx: Transaction, query: RunQuery): Promise<ListedRun[]> {
  const conditions: RawBuilder<unknown>[] = [sql`r.tenant_id = ${tx.tenantId}`]
  if (query.workflowId) conditions.push(sql`r.workflow_id = ${query.workflowId}`)
  if (query.recordId) conditions.push(sql`r.record_id = ${query.recordId}`)
  if (query.states) conditions.push(sql`r.state = any(${query.states}::text[])`)
  if (query.before !== undefined) conditions.push(sql`r.number < ${query.before}`)
  return tx.query<ListedRun>(sql<ListedRun>`select ${columns} from ${from}
    where ${sql.join(conditions, sql` and `)} order by r.number desc limit ${query.limit}`)
}

export type WholeRun = ListedRun & { trigger: Record<string, unknown>; definition: StoredWorkflow | null }

export async function findRun(tx: Transaction, id: string): Promise<WholeRun | undefined> {
  const [row] = await tx.query<WholeRun>(sql<WholeRun>`select ${columns}, r.trigger, v.definition from ${from}
    where r.tenant_id = ${tx.tenantId} and r.id = ${id}`)
  return row
}

export interface StepRow extends Row {
  path: string
  state: 'done' | 'waiting' | 'sent' | 'failed'
  attempt: number
  input: unknown
  output: unknown
  error: string | null
  started_at: string
  ended_at: string | null
}

/** What stands in the ledger of a run; what was set aside by a replay is no part of it. */
export const stepsOf = (tx: Transaction, runId: string): Promise<StepRow[]> =>
  tx.query<StepRow>(sql<StepRow>`select path, state, attempt, input, output, error, started_at, ended_at
    from workflow_steps where tenant_id = ${tx.tenantId} and run_id = ${runId} and strpos(path, '~') = 0
    order by number limit 5000`)

export interface Figures {
  states: (Row & { state: RunState; count: number })[]
  waiting: (Row & { step: string; count: number })[]
  days: (Row & { day: string; done: number; failed: number; stopped: number })[]
}

/** Days are those of the zone. */
export async function figuresOf(tx: Transaction, workflowId: string, timeZone: string): Promise<Figures> {
  const ofWorkflow = sql`r.tenant_id = ${tx.tenantId} and r.workflow_id = ${workflowId}`
  const recent = sql`r.created_at > now() - interval '30 days'`
  const [states, waiting, days] = await tx.batch([
    sql`select r.state, count(*) as count from workflow_runs r where ${ofWorkflow}
      and (r.state in ('ready', 'waiting') or ${recent}) group by r.state`,
    sql`select regexp_replace(s.path, '^.*/', '') as step, count(*) as count
      from workflow_runs r join workflow_steps s on s.tenant_id = r.tenant_id and s.run_id = r.id
        and s.state in ('waiting', 'sent') and strpos(s.path, '~') = 0
      where ${ofWorkflow} and r.state = 'waiting' group by 1`,
    sql`select to_char(r.ended_at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
        count(*) filter (where r.state = 'done') as done, count(*) filter (where r.state = 'failed') as failed,
        count(*) filter (where r.state = 'stopped') as stopped
      from workflow_runs r where ${ofWorkflow} and ${recent} and r.ended_at is not null group by 1 order by 1`,
  ])
  return { states, waiting, days } as unknown as Figures
}
