/** The SQL of what the consumer of events asks beside. */
import { type Database, type Row, sql } from '@oneforge/kernel/database'
import type { Changes } from './match.ts'

export type ChangesRow = { seq: number; changes: Changes } & Row

/**
 * What updates changed, as the entry in the record's history says that was written along with the event. Events from before
 * they named it have one of their moment.
 */
export const changesOf = (tenantId: string, seqs: number[]) => sql<ChangesRow>`
  select e.seq, a.changes from events e
    join audit_entries a on a.tenant_id = ${tenantId} and a.id = coalesce(e.entry_id, (
      select o.id from audit_entries o where o.tenant_id = ${tenantId} and o.record_id = e.record_id and o.at = e.at
        and o.action = 'updated' limit 1))
  where e.tenant_id = ${tenantId} and e.seq = any(${seqs}::bigint[]) and e.type = 'record.updated'`

/** Of the tenants those in which a workflow is on, or a run waits for something to happen. */
export async function tenantsWithWorkflows(database: Database, among: string[]): Promise<Set<string>> {
  const rows = await database.run<Row & { id: string }>(
    {},
    sql<Row & { id: string }>`select id from tenants_with_workflows(${among}::uuid[]) as id`,
  )
  return new Set(rows.map(({ id }) => id))
}
