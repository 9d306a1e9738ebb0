/** Jobs: work done later, retried until done. */

/**
 * A kind of job and what it does. Payloads hold ids and settings, never a person's data: the queue is outside of
 * row-level security.
 */
export interface JobKind<P extends object = object> {
  /** Letters, digits, `-`, `_`, `.` and `/`; also the name of its queue. */
  name: string
  /** Attempts after the first; 5 without it. */
  retries?: number
  /** How long a failed attempt waits for the next at the most: they wait 2 seconds, 4, 8 and so on. An hour without it. */
  longestPauseSeconds?: number
  /** How long one attempt may take; 15 minutes without it. */
  timeoutSeconds?: number
  /** How many jobs of the kind one server works on at the same time; 1 without it. */
  concurrency?: number
  /** Runs outside of any transaction and may run again after a crash: make it idempotent. What it throws is retried. */
  handle(payload: P & { tenantId: string }, job: RunningJob): Promise<void>
}

export interface RunningJob {
  id: string
  /** Aborted when the time is over, when the job was given to another worker, and when the server stops. */
  signal: AbortSignal
  /** 1 for the first try. */
  attempt: number
}

/** In place of a tenant for jobs of the whole installation: a transaction bound to it sees nothing. */
export const noTenant = '00000000-0000-0000-0000-000000000000'

export interface EnqueueOptions {
  /** Not before this moment; a number is seconds from now. */
  startAfter?: Date | number
  /** While a job of the kind with this key waits, another is not added. */
  singletonKey?: string
}

export interface ScheduleOptions {
  /** Tells several schedules of one kind apart. */
  key?: string
  /** IANA name; UTC without it. */
  timeZone?: string
  tenantId?: string
}

/** A job that used up its attempts. */
export interface DeadJob {
  id: string
  kind: string
  tenantId: string
  payload: Record<string, unknown>
  /** What the last attempt threw. */
  error: string
  attempts: number
  enqueuedAt: Date
  diedAt: Date
}

/** Jobs of one kind: `waiting` may start now, `deferred` not yet, `active` are being worked on, `dead` gave up. */
export interface QueueDepth {
  kind: string
  waiting: number
  deferred: number
  active: number
  dead: number
}
