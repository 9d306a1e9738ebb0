/** The SQL of what the consumer of events asks beside. */
import { type Row, sql } from '@oneforge/kernel/database'
import type { Changes } from './match.ts'

export type ChangesRow = { seq: number; changes: Changes } & Row

/**
 * What updates changed. An event and the entry in its record's history are written by one statement, so that they bear the
 * same moment and name the same fields.
 */
export const changesOf = (tenantId: string, seqs: number[]) => sql<ChangesRow>`
  select e.seq, a.changes from events e
    join audit_entries a on a.tenant_id = ${tenantId} and a.record_id = e.record_id and a.at = e.at
  where e.tenant_id = ${tenantId} and e.seq = any(${seqs}::bigint[]) and e.type = 'record.updated'
    and a.action = 'updated' and a.changes ?& array(select jsonb_array_elements_text(e.payload -> 'fields'))`
