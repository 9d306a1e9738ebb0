/** What becomes of a run in which a step did not work out: another attempt later, or its end. */
import { entryOfFailed } from '@oneforge/kernel/audit'
import { AppError } from '@oneforge/kernel/errors'
import type { RecordContext } from '@oneforge/kernel/records'
import { Ledger } from './ledger.ts'
import {
  answerStep,
  forgetWaits,
  type LedgerEntry,
  ledgersOf,
  lockRun,
  type RunChange,
  type RunRow,
  writeRuns,
} from './runs.store.ts'

/** After so many attempts a run has failed. */
export const mostAttempts = 6

const longestPauseMs = 3_600_000

/** 2, 4, 8 … seconds, an hour at the most. */
export const pauseAfter = (attempts: number): number => Math.min(longestPauseMs, 1_000 * 2 ** attempts)

/** What the author of the workflow has to mend: another attempt would end the same way. */
const lasting = new Set([400, 401, 403, 404, 413, 415, 422])

export const isLasting = (cause: unknown): boolean => cause instanceof AppError && lasting.has(cause.status)

/** What people read of it, fit to be stored; what is nobody's business stays in the log. */
export const messageOf = (cause: unknown): string =>
  cause instanceof AppError
    ? cause.message.toWellFormed().replaceAll('\0', '\uFFFD')
    : 'Something went wrong inside of OneForge; the log of its server says what.'

/** A failure is written down in a transaction of its own: that in which it happened has left nothing. */
export async function noteFailure(context: RecordContext, run: RunRow, path: string, cause: unknown): Promise<void> {
  const { tx, model } = context
  const now = await lockRun(tx, run.id)
  // Somebody else has gone on with it, or ended it.
  if (!now || now.attempt !== run.attempt || (now.state !== 'ready' && now.state !== 'waiting')) return
  const ledger = new Ledger(await tx.query<LedgerEntry>(ledgersOf(model.tenantId, [run.id])))
  const logged = entryOfFailed(cause)
  if (logged) tx.goAhead(logged)
  if (path) ledger.write(path, 'failed', { error: messageOf(cause), attempt: ledger.attemptsAt(path) + 1 })
  await writeFailure(context, now, ledger, path, cause)
}

/** The run's row is held. */
export async function writeFailure(
  { tx, model, now }: RecordContext,
  run: RunRow,
  ledger: Ledger,
  path: string,
  cause: unknown,
): Promise<void> {
  const { tenantId } = model
  const attempt = run.attempt + 1
  const isOver = attempt >= mostAttempts || isLasting(cause)
  const change: RunChange = {
    id: run.id,
    state: isOver ? 'failed' : 'ready',
    wakeAt: isOver ? null : new Date(now.getTime() + pauseAfter(attempt)).toISOString(),
    attempt,
    error: { path: path || null, message: messageOf(cause) },
  }
  const steps = ledger.changes().map((row) => ({ ...row, runId: run.id }))
  await tx.batch([...writeRuns(tenantId, [change], steps, now), ...(isOver ? forgetWaits(tenantId, [run.id]) : [])])
  if (isOver && run.parent_id) {
    await answerStep(tx, { runId: run.parent_id, path: run.parent_path!, output: { run: run.id, state: 'failed' } })
  }
}
