/** Entries that are written beside a transaction, and the log's partitions. */
import { type Database, sql } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { OperationTrail } from './trail.ts'

/** Writes the entry of a run that had no transaction of its own. */
export async function logOperation(database: Database, trail: OperationTrail): Promise<void> {
  if (trail.isOpen) await database.run({ tenantId: trail.tenant }, trail.entryOf({ outcome: 'done' }))
}

/**
 * Writes the entry of a run that failed, once everything else of it was undone. Where that cannot be done either, what
 * went wrong first is what the caller has to know.
 */
export async function logFailure(database: Database, trail: OperationTrail, error: unknown): Promise<void> {
  if (!trail.isOpen) return
  const errorCode = error instanceof AppError ? error.code : 'INTERNAL'
  await database.run({ tenantId: trail.tenant }, trail.entryOf({ outcome: 'failed', errorCode })).catch(() => {})
}

/** How far ahead the log has room: a year, should nobody come by to make more. */
const monthsAhead = 12

/** Makes the partitions that are missing; to be called at the start and now and then. */
export async function prepareOperationLog(database: Database): Promise<void> {
  await database.run({}, sql`select prepare_operation_log(${monthsAhead})`)
}

/** Lets go of the log before this month and so many before it, a whole month at a time; a year stays in any case. */
export async function forgetOperationLog(database: Database, monthsKept: number): Promise<void> {
  await database.run({}, sql`select forget_operation_log(${monthsKept})`)
}
