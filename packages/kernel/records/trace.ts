import type { EventCause } from '../events/index.ts'

/**
 * Whose doing it is that a record is written along with those of others: what its entries and events say, in place of what
 * the context and the transaction say for all.
 */
export interface Trace {
  requestId: string
  cause: EventCause
}
