/** The SQL of approvals as those who are asked see them. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { LocalizedText } from '@oneforge/kernel/metadata'
import type { Asked } from '../engine/waits.store.ts'
import type { StoredWorkflow } from '../stored-form.ts'

export interface ApprovalRow extends Row {
  id: string
  run_id: string
  path: string
  asked: Asked[]
  message: string
  state: 'open' | 'approved' | 'rejected' | 'withdrawn'
  created_at: string
  escalates_at: string | null
  decided_by: string | null
  decider_name: string | null
  decided_at: string | null
  note: string | null
  workflow_id: string
  label: LocalizedText
  object_id: string | null
  record_id: string | null
  /** As the run has it. */
  definition: StoredWorkflow | null
}

const approvals =
  sql.raw(`select a.id, a.run_id, a.path, a.asked, a.message, a.state, a.created_at, s.wake_at as escalates_at,
    a.decided_by, u.name as decider_name, a.decided_at, a.note, r.workflow_id, w.definition -> 'label' as label,
    r.object_id, r.record_id, v.definition
  from workflow_approvals a
    join workflow_runs r on r.tenant_id = a.tenant_id and r.id = a.run_id
    join workflows w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
    left join workflow_versions v on v.tenant_id = r.tenant_id and v.workflow_id = r.workflow_id and v.version = r.version
    left join workflow_steps s on s.tenant_id = a.tenant_id and s.run_id = a.run_id and s.path = a.path and a.state = 'open'
    left join users u on u.id = a.decided_by`)

/** Asked of the person, or of a role that they have; the oldest first. */
export const approvalsFor = (
  tx: Transaction,
  { userId, roles }: { userId: string; roles: string[] },
): Promise<ApprovalRow[]> =>
  tx.query<ApprovalRow>(sql<ApprovalRow>`${approvals}
    where a.tenant_id = ${tx.tenantId} and a.state = 'open' and exists (
      select from jsonb_array_elements(a.asked) as asked(one)
      where one ->> 'user' = ${userId} or one ->> 'role' = any(${roles}::text[]))
    order by a.created_at, a.id limit 500`)

export async function findApproval(tx: Transaction, id: string): Promise<ApprovalRow | undefined> {
  const [row] = await tx.query<ApprovalRow>(
    sql<ApprovalRow>`${approvals} where a.tenant_id = ${tx.tenantId} and a.id = ${id}`,
  )
  return row
}
