/** Events: facts that have happened, written in the transaction that made them true. */
import { type RawBuilder, sql, type Transaction } from '../database/index.ts'

/** What a transaction says has happened; tenant, number, time and transaction are added when it is written. */
export interface NewEvent {
  /** `record.created`, `appointment.completed`: subject, then what became of it. */
  type: string
  objectId?: string | null
  /** Events of one record reach each consumer in the order they were written. */
  recordId?: string | null
  actorId?: string | null
  payload?: object
}

export interface DomainEvent {
  tenantId: string
  /** Grows with time; unique over all tenants. Use it with the consumer's name as an idempotency key. */
  seq: number
  type: string
  objectId: string | null
  recordId: string | null
  actorId: string | null
  payload: Record<string, unknown>
  /** The run of a workflow that wrote it; null where a person or a program did. */
  cause: EventCause | null
  /** ISO 8601, UTC. */
  at: string
}

/** What led to an event. A transaction names it for all that it writes from then on; see `nameCause`. */
export interface EventCause {
  run: string
  /** Key of the workflow. */
  workflow: string
  /** How many runs led to one another, this one included. */
  depth: number
  /** Workflows and records that led here, the first one first. */
  chain: string[]
}

export interface HandlingContext {
  /** 1 for the first try. */
  attempt: number
  /** Aborted when the handler has taken too long; the attempt then counts as failed. */
  signal: AbortSignal
}

/** Somebody who reacts to events. Each consumer sees every event, at least once. */
export interface EventConsumer {
  /** Names its place in the stream for good: another name is another consumer. */
  name: string
  /** Runs outside of any transaction. What it throws is retried; see `createDispatcher`. */
  handle(event: DomainEvent, context: HandlingContext): Promise<void>
  /**
   * In place of `handle`, for new events of one tenant that are at hand together, in their order: one transaction can then
   * do for all of them. When it throws, they are handed on one by one.
   */
  handleTogether?(events: DomainEvent[], context: HandlingContext): Promise<void>
  /**
   * Of the tenants of new events those whose events it has something to do for; events of the others are passed over. Asked once
   * for all that are at hand, after they were read: what somebody turned on before an event was written is there to be seen.
   */
  tenantsMeant?(tenantIds: string[]): Promise<Set<string>>
}

/** Where the dispatcher and the job worker report; pino fits. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/**
 * Writes events of the tenant that the transaction is bound to; one statement for all of them.
 *
 * @example
 * await appendEvents(tx, [{ type: 'template.applied', actorId: userId, payload: { template: 'hospital' } }])
 */
export async function appendEvents(tx: Transaction, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx.query(sql`
    insert into events (tenant_id, type, object_id, record_id, actor_id, payload)
    select current_tenant(), e."type", e."objectId", e."recordId", e."actorId", coalesce(e."payload", '{}')
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as e("type" text, "objectId" uuid, "recordId" uuid, "actorId" uuid, "payload" jsonb)`)
}

/** Events that the transaction writes from now on carry the cause. */
export const nameCause = (cause: EventCause): RawBuilder<unknown> =>
  sql`select set_config('oneforge.cause', ${JSON.stringify(cause)}, true)`
