/** Entries that are written beside a transaction, and the log's partitions. */
import { type Database, sql, type Transaction } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { RequestFacts } from '../tenancy/index.ts'
import { entryInsert } from './entry.ts'
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

/**
 * Tells a tenant, to which the transaction is bound, that somebody tried to act as one of its members and failed. The entry is a stranger's;
 * it names the account where others name records.
 */
export async function logStranger(
  tx: Transaction,
  attempt: { tenantId: string; operation: string; accountId: string; errorCode: string },
  facts: RequestFacts,
): Promise<void> {
  const { tenantId, operation, accountId, errorCode } = attempt
  await tx.query(
    entryInsert({
      tenantId,
      actorId: null,
      actorKind: 'stranger',
      viewedAs: null,
      keyId: null,
      kind: 'command',
      operation,
      object: null,
      recordIds: [accountId],
      recordCount: 1,
      outcome: 'failed',
      errorCode,
      durationMs: 0,
      facts,
    }),
  )
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
