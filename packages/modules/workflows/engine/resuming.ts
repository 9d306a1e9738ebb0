/** What people do with runs: decide what they are asked, stop a run, let it do again what it has done. */
import { AppError, notFound } from '@oneforge/kernel/errors'
import type { RecordContext } from '@oneforge/kernel/records'
import type { Workflow } from '../definition.ts'
import { isSetAside } from './replay.ts'
import { beginAgain, endRun, setAside, stepPaths } from './resuming.store.ts'
import { answerStep, forgetWaits, lockRun, type RunRow } from './runs.store.ts'
import { type ApprovalRow, closeApproval, readApproval } from './waits.store.ts'

/** @throws CONFLICT where it has been decided, or the run has ended. Who may decide is for the caller to know. */
export async function decideApproval(
  context: RecordContext,
  id: string,
  decision: { approved: boolean; note?: string },
): Promise<ApprovalRow> {
  const { tx, actor } = context
  const approval = await readApproval(tx, id)
  if (!approval) throw notFound('The approval')
  const { approved, note = null } = decision
  await lockRun(tx, approval.run_id)
  if (!(await closeApproval(tx, { id, approved, note, by: actor.userId }))) {
    throw new AppError('CONFLICT', 'This has been decided already, or is not asked any more. Reload the list.')
  }
  const output = { approval: id, approved, by: actor.userId, note }
  await answerStep(tx, { runId: approval.run_id, path: approval.path, output })
  return { ...approval, state: approved ? 'approved' : 'rejected' }
}

/** @throws CONFLICT where it has ended */
export async function stopRun(context: RecordContext, runId: string, reason?: string): Promise<void> {
  const run = await requireRun(context, runId)
  if (run.state !== 'ready' && run.state !== 'waiting') {
    throw new AppError('CONFLICT', 'The run has ended already. There is nothing to stop.')
  }
  const { tx } = context
  const message = reason ?? `Stopped by ${context.actor.name}.`
  await endRun(tx, run.id, message)
  await tx.batch(forgetWaits(tx.tenantId!, [run.id]))
  if (run.parent_id) {
    await answerStep(tx, { runId: run.parent_id, path: run.parent_path!, output: { run: run.id, state: 'stopped' } })
  }
}

/**
 * Lets a run do again what it has done, from a step on or from the top. What stood in its ledger from there on is set aside
 * (its path ends in `~1`, `~2` …), and effects have new keys, so that who receives them does not take them for repeated.
 *
 * @param options.workflow the definition that it goes on by, of `version`.
 */
export async function replayRun(
  context: RecordContext,
  runId: string,
  options: { workflow: Workflow; version: number; fromPath?: string },
): Promise<void> {
  const { tx } = context
  const run = await requireRun(context, runId)
  const paths = await stepPaths(tx, run.id)
  const { fromPath, workflow, version } = options
  if (fromPath !== undefined && !paths.includes(fromPath)) throw notFound(`The step “${fromPath}” of the run`)
  const aside = fromPath === undefined ? paths : paths.filter((path) => isSetAside(workflow, fromPath, path))
  await setAside(tx, run.id, aside, run.replays + 1)
  await tx.batch(forgetWaits(tx.tenantId!, [run.id]))
  await beginAgain(tx, run.id, version)
}

async function requireRun({ tx }: RecordContext, runId: string): Promise<RunRow> {
  const run = await lockRun(tx, runId)
  if (!run) throw notFound('The run')
  return run
}
