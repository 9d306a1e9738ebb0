import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { StoredWorkflow } from '../stored-form.ts'

type BlockingRow = Row & { id: string; definition: StoredWorkflow }

/** The workflows of the tenant that run before records are written, in the order of their keys. */
export const blockingWorkflows = (tx: Transaction): Promise<BlockingRow[]> =>
  tx.query<BlockingRow>(sql<BlockingRow>`select id, definition from workflows
    where tenant_id = ${tx.tenantId} and enabled and definition -> 'blocking' = 'true' order by key`)
