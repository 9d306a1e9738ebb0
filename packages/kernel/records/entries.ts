/** Entries in the histories of records: who did it, from where and by which request is said here for all of them. */
import { type RawBuilder, sql } from '../database/index.ts'
import { actedBy } from '../tenancy/index.ts'
import type { RecordContext } from './context.ts'

export type EntryContext = Pick<RecordContext, 'model' | 'actor' | 'source' | 'requestId' | 'ip'>

/** What entries say, as SQL over the rows of `from`, or as values that are the same for all. */
export interface Entries {
  /** A new one unless said. */
  id?: RawBuilder<unknown>
  action: RawBuilder<unknown> | string
  objectId: RawBuilder<unknown> | string
  recordId: RawBuilder<unknown> | string
  /** By the keys of fields: what was and what is. Nothing unless said. */
  changes?: RawBuilder<unknown>
  /** That of the context unless said. */
  requestId?: RawBuilder<unknown>
  /** What follows the columns, from `from` on; without it there is one entry. */
  from?: RawBuilder<unknown>
}

/** Adds an entry for each row. */
export function entriesInsert(
  { model, actor, source, ...context }: EntryContext,
  entries: Entries,
): RawBuilder<unknown> {
  const { id = sql`gen_random_uuid()`, action, objectId, recordId, changes = sql`'{}'::jsonb` } = entries
  const { requestId = context.requestId, from = sql`` } = entries
  return sql`insert into audit_entries
      (tenant_id, id, actor_id, actor_kind, acted_by, action, object_id, record_id, changes, source, request_id, ip)
    select ${model.tenantId}, ${id}, ${actor.userId}::uuid, ${actor.kind}, ${actedBy(actor)}, ${action}, ${objectId},
      ${recordId}, ${changes}, ${source}, ${requestId}, ${context.ip} ${from}`
}
