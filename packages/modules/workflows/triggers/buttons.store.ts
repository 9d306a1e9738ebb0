/** The SQL of workflows that people start. */
import { sql, type Transaction } from '@oneforge/kernel/database'
import type { LiveRow } from './timers.store.ts'

export const buttonWorkflows = (tx: Transaction): Promise<LiveRow[]> =>
  tx.query<LiveRow>(sql<LiveRow>`select w.id, w.key, w.version, w.definition from workflows w
    where w.tenant_id = ${tx.tenantId} and w.enabled and w.definition -> 'trigger' ->> 'type' = 'button' order by w.key`)
