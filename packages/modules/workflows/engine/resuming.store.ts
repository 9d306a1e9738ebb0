/** The SQL of what people do with runs. Their rows are held. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export async function endRun(tx: Transaction, runId: string, message: string): Promise<void> {
  const error = JSON.stringify({ path: null, message })
  await tx.query(sql`update workflow_runs set state = 'stopped', wake_at = null, ended_at = now(), error = ${error}::jsonb
    where tenant_id = ${tx.tenantId} and id = ${runId}`)
}

type OpenCall = { id: string; parent_id: string; parent_path: string } & Row

/** Runs of the workflow that others wait for; held. */
export const openCalls = (tx: Transaction, workflowId: string): Promise<OpenCall[]> =>
  tx.query<OpenCall>(sql<OpenCall>`select id, parent_id, parent_path from workflow_runs
    where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId} and state in ('ready', 'waiting')
      and parent_id is not null order by number for update`)

/** Paths of the ledger that count. */
export async function stepPaths(tx: Transaction, runId: string): Promise<string[]> {
  const rows = await tx.query<{ path: string } & Row>(sql<{ path: string } & Row>`select path from workflow_steps
    where tenant_id = ${tx.tenantId} and run_id = ${runId} and strpos(path, '~') = 0`)
  return rows.map(({ path }) => path)
}

export async function setAside(tx: Transaction, runId: string, paths: string[], replay: number): Promise<void> {
  await tx.query(sql`update workflow_steps set path = path || ${`~${replay}`}
    where tenant_id = ${tx.tenantId} and run_id = ${runId} and path = any(${paths}::text[])`)
}

export async function beginAgain(tx: Transaction, runId: string, version: number): Promise<void> {
  await tx.query(sql`update workflow_runs set state = 'ready', wake_at = date_trunc('milliseconds', now()), attempt = 0,
      replays = replays + 1, error = null, ended_at = null, version = ${version}
    where tenant_id = ${tx.tenantId} and id = ${runId}`)
}
