/** The SQL of what people do with runs. Their rows are held. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export async function endRun(tx: Transaction, runId: string, message: string): Promise<void> {
  const error = JSON.stringify({ path: null, message })
  await tx.query(sql`update workflow_runs set state = 'stopped', wake_at = null, ended_at = now(), error = ${error}::jsonb
    where tenant_id = ${tx.tenantId} and id = ${runId}`)
}

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
