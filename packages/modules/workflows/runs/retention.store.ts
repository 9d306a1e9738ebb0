/** The SQL of how long runs are kept, and of forgetting them. */
import { type Database, newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { Actor, RequestFacts } from '@oneforge/kernel/tenancy'

/** Days after their end: of all runs, and of those that failed. */
export interface Retention {
  days: number
  failedDays: number
}

/** What is so until the workspace says otherwise; the function that forgets runs has it as well. */
const usualDays = 90

export async function readRetention(tx: Transaction): Promise<Retention> {
  const [row] = await tx.query<Retention & Row>(sql<Retention & Row>`
    select keep_days as days, keep_failed_days as "failedDays" from workflow_retention where tenant_id = ${tx.tenantId}`)
  return row ?? { days: usualDays, failedDays: usualDays }
}

/** Writes it, with an entry in the workspace's audit trail that tells what it was and who changed it. */
export async function writeRetention(
  tx: Transaction,
  change: { before: Retention; after: Retention; by: Actor },
  facts: RequestFacts,
): Promise<void> {
  const { before, after, by } = change
  const changes = { days: [before.days, after.days], failedDays: [before.failedDays, after.failedDays] }
  await tx.batch([
    sql`insert into workflow_retention as k (tenant_id, keep_days, keep_failed_days)
      values (${tx.tenantId}, ${after.days}, ${after.failedDays})
      on conflict (tenant_id) do update set keep_days = excluded.keep_days, keep_failed_days = excluded.keep_failed_days`,
    sql`insert into audit_entries (tenant_id, id, at, actor_id, actor_kind, action, changes, source, request_id, ip)
      values (${tx.tenantId}, ${newId()}, ${facts.now}, ${by.userId}, ${by.kind}, 'workflows.retention_changed',
        ${JSON.stringify(changes)}::jsonb, ${facts.source}, ${facts.requestId}, ${facts.ip})`,
  ])
}

/** Forgets runs of all workspaces that ended longer ago than theirs are kept; returns how many. */
export async function forgetRuns(database: Database, most: number): Promise<number> {
  const [row] = await database.run<Row & { count: number }>(
    {},
    sql<Row & { count: number }>`select forget_workflow_runs(${most}) as count`,
  )
  return row!.count
}
