/** The SQL of what would have happened. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { DomainEvent } from '@oneforge/kernel/events'

export type PastEvent = Row & Pick<DomainEvent, 'seq' | 'type' | 'objectId' | 'recordId' | 'actorId' | 'payload' | 'at'>

/** Events of the workspace that are looked at, at the most. */
const mostLookedAt = 200_000

/** Events of the object's records since the moment, the latest first. */
export const pastEvents = (tx: Transaction, objectId: string, since: Date, limit: number): Promise<PastEvent[]> =>
  tx.query<PastEvent>(sql<PastEvent>`
    select e.seq, e.type, e.object_id as "objectId", e.record_id as "recordId", e.actor_id as "actorId", e.payload, e.at
    from (select * from events where tenant_id = ${tx.tenantId} order by seq desc limit ${mostLookedAt}) e
    where e.object_id = ${objectId} and e.at >= ${since} and e.record_id is not null order by e.seq desc limit ${limit}`)
