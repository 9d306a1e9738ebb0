/** Runs of operations that failed within a longer transaction: their entries are left by one that outlives it. */
import type { RawBuilder } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { OperationTrail } from './trail.ts'

const failed = new WeakMap<AppError, OperationTrail>()

/** Whoever writes the failure down asks for the entry by the error. */
export function noteFailed(error: unknown, trail: OperationTrail): void {
  if (error instanceof AppError) failed.set(error, trail)
}

/** The entry of the operation that failed with the error; undefined for other failures, and where none is left. */
export function entryOfFailed(error: unknown): RawBuilder<unknown> | undefined {
  if (!(error instanceof AppError)) return undefined
  const trail = failed.get(error)
  return trail?.isKept ? trail.entryOf({ outcome: 'failed', errorCode: error.code }) : undefined
}
