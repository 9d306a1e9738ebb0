/** The SQL of addresses by which workflows are called from outside. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { LiveRow } from './timers.store.ts'

export interface HookPlace extends Row {
  tenant_id: string
  workflow_id: string
}

/** Where a secret leads to. The one look-up that needs no binding. */
export async function findHookPlace(database: Database, hash: Buffer): Promise<HookPlace | undefined> {
  const [row] = await database.run<HookPlace>({}, sql<HookPlace>`select * from find_workflow_hook(${hash})`)
  return row
}

/** Another secret in place of the former. */
export async function writeHook(tx: Transaction, workflowId: string, hash: Buffer, ending: string): Promise<void> {
  await tx.query(sql`insert into workflow_hooks (tenant_id, workflow_id, secret_hash, ending)
    values (${tx.tenantId}, ${workflowId}, ${hash}, ${ending})
    on conflict (tenant_id, workflow_id) do update set secret_hash = excluded.secret_hash, ending = excluded.ending,
      made_at = now(), called_at = null, calls = 0`)
}

export async function deleteHook(tx: Transaction, workflowId: string): Promise<boolean> {
  const rows = await tx.query(sql`delete from workflow_hooks
    where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId} returning workflow_id`)
  return rows.length > 0
}

export type CalledHook = LiveRow & { enabled: boolean; calls: number; counted_since: string }

/** Counts a call within its minute; the workflow that it is for. */
export async function countCall(tx: Transaction, workflowId: string, now: Date): Promise<CalledHook | undefined> {
  const [row] = await tx.query<CalledHook>(sql<CalledHook>`update workflow_hooks h set called_at = ${now},
      calls = case when h.counted_since > ${now}::timestamptz - interval '1 minute' then h.calls + 1 else 1 end,
      counted_since = case when h.counted_since > ${now}::timestamptz - interval '1 minute' then h.counted_since else ${now} end
    from workflows w
    where h.tenant_id = ${tx.tenantId} and h.workflow_id = ${workflowId} and w.tenant_id = h.tenant_id and w.id = h.workflow_id
    returning w.id, w.key, w.version, w.definition, w.enabled, h.calls, h.counted_since`)
  return row
}

/** The run that a cause has made. */
export async function runByCause(tx: Transaction, workflowId: string, causeKey: string): Promise<string | undefined> {
  const [row] = await tx.query<Row & { id: string }>(sql<Row & { id: string }>`select id from workflow_runs
    where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId} and cause_key = ${causeKey}`)
  return row?.id
}
