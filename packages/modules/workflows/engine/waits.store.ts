/** The SQL of what runs wait for beside time: events of a record, and people. */
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'

/** What a run waits for to happen to a record. */
export interface Awaited {
  event: string
  field?: string
  to?: unknown
  relation?: string
}

export async function insertWait(
  tx: Transaction,
  wait: { runId: string; path: string; recordId: string; awaited: Awaited },
): Promise<void> {
  await tx.query(sql`insert into workflow_waits (tenant_id, run_id, path, record_id, awaited)
    values (${tx.tenantId}, ${wait.runId}, ${wait.path}, ${wait.recordId}, ${JSON.stringify(wait.awaited)})`)
}

export async function deleteWait(tx: Transaction, runId: string, path: string): Promise<void> {
  await tx.query(
    sql`delete from workflow_waits where tenant_id = ${tx.tenantId} and run_id = ${runId} and path = ${path}`,
  )
}

export type WaitMet = { runId: string; path: string; awaited: Awaited; seq: number } & Row

/** Waits that one of the events may end: of its record, and begun before it was written. */
export const waitsFor = (tenantId: string, seqs: number[]) => sql<WaitMet>`
  select w.run_id as "runId", w.path, w.awaited, e.seq
  from events e join workflow_waits w on w.tenant_id = ${tenantId} and w.record_id = e.record_id
  where e.tenant_id = ${tenantId} and e.seq = any(${seqs}::bigint[])
    and not pg_visible_in_snapshot(e.xid, w.since) and e.xid <> w.xid
  order by w.run_id, e.seq`

/** {user} or {role}: whom an approval is asked of. */
export type Asked = { user: string } | { role: string }

export async function insertApproval(
  tx: Transaction,
  approval: { runId: string; path: string; asked: Asked[]; message: string },
): Promise<string> {
  const id = newId()
  await tx.query(sql`insert into workflow_approvals (tenant_id, id, run_id, path, asked, message)
    values (${tx.tenantId}, ${id}, ${approval.runId}, ${approval.path}, ${JSON.stringify(approval.asked)}, ${approval.message})`)
  return id
}

/** Others are asked as well; false where it has been decided. */
export async function passApprovalOn(
  tx: Transaction,
  { runId, path, asked }: { runId: string; path: string; asked: Asked },
): Promise<boolean> {
  const rows =
    await tx.query(sql`update workflow_approvals set asked = asked || ${JSON.stringify([asked])}::jsonb, escalated_at = now()
    where tenant_id = ${tx.tenantId} and run_id = ${runId} and path = ${path} and state = 'open' returning id`)
  return rows.length > 0
}

export type ApprovalRow = {
  id: string
  run_id: string
  path: string
  asked: Asked[]
  message: string
  state: 'open' | 'approved' | 'rejected' | 'withdrawn'
} & Row

export async function readApproval(tx: Transaction, id: string): Promise<ApprovalRow | undefined> {
  const [row] = await tx.query<ApprovalRow>(sql<ApprovalRow>`select id, run_id, path, asked, message, state
    from workflow_approvals where tenant_id = ${tx.tenantId} and id = ${id}`)
  return row
}

/** False where it has been decided, or taken back. */
export async function closeApproval(
  tx: Transaction,
  { id, approved, note, by }: { id: string; approved: boolean; note: string | null; by: string | null },
): Promise<boolean> {
  const rows = await tx.query(sql`update workflow_approvals set state = ${approved ? 'approved' : 'rejected'},
      decided_by = ${by}, decided_at = now(), note = ${note}
    where tenant_id = ${tx.tenantId} and id = ${id} and state = 'open' returning id`)
  return rows.length > 0
}
