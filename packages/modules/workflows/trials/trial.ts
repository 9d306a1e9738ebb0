/**
 * A walk through a workflow with a real record, of which nothing stays: the interpreter and the actions are those of runs,
 * in a transaction that is taken back. What is waited for is taken to have happened, and what is asked to be answered yes.
 */
import { newId } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import type { Behalf, Transactions } from '../../jobs/index.ts'
import { stepsWithin, type Workflow } from '../definition.ts'
import { type ActionKinds, actingFor } from '../engine/index.ts'
import { Ledger, type LedgerRow } from '../engine/ledger.ts'
import type { RunRow } from '../engine/runs.store.ts'
import { type Pass, StepFailure, Walk } from '../engine/walk.ts'
import { TrialHands } from './trial-hands.ts'

const mostSteps = 1_000

export interface Tried {
  workflow: Workflow
  object: CompiledObject | undefined
  recordId: string | null
  /** What its steps see as `trigger`. */
  trigger: Record<string, unknown>
}

export interface Trace {
  /** Whether the record passes the workflow's condition. */
  passes: boolean
  state: 'done' | 'failed' | 'stopped'
  error: string | null
  rows: LedgerRow[]
}

/** Ends the transaction of a trial. */
class TrialOver extends Error {
  readonly trace: Trace

  constructor(trace: Trace) {
    super('Nothing of a trial stays.')
    this.trace = trace
  }
}

export async function tryOut(
  parts: { transactions: Transactions; kinds: ActionKinds },
  behalf: Behalf,
  tried: Tried,
): Promise<Trace> {
  try {
    return await parts.transactions.run(behalf, async (context) => {
      throw new TrialOver(await traceOf(context, parts.kinds, tried))
    })
  } catch (error) {
    if (error instanceof TrialOver) return error.trace
    throw error
  }
}

async function traceOf(context: RecordContext, kinds: ActionKinds, tried: Tried): Promise<Trace> {
  const { workflow, object, recordId, trigger } = tried
  const run = runOf(tried)
  const facts = { id: run.id, workflowId: run.workflow_id, workflow, ...(object ? { object } : {}), recordId, trigger }
  const ledger = new Ledger()
  context.tx.keepOpen()
  try {
    const acting = actingFor(context, workflow)
    const hands = () => new TrialHands({ context: acting, kinds, run, facts })
    const passes = recordId === null || (await hands().passes(workflow.condition))
    const pass = await walkOn(workflow, ledger, hands)
    return { passes, state: pass === 'stopped' ? 'stopped' : 'done', error: null, rows: ledger.all() }
  } catch (error) {
    const { path, message } = failureOf(error)
    if (path !== '') ledger.write(path, 'failed', { error: message })
    return { passes: true, state: 'failed', error: message, rows: ledger.all() }
  }
}

/** Each walk goes on until something is waited for, which then is taken to be over. */
async function walkOn(workflow: Workflow, ledger: Ledger, hands: () => TrialHands): Promise<Pass> {
  for (;;) {
    const walk = new Walk(workflow, ledger, hands(), mostSteps)
    const pass = await walk.run()
    if (pass !== 'waiting') return pass
    const answers = answersOf(workflow)
    for (const { path, state, output } of ledger.all()) {
      if (state !== 'waiting') continue
      const answer = answers.get(path.slice(path.lastIndexOf('/') + 1))
      ledger.write(path, 'done', { output: { ...(output as object), ...answer } })
    }
  }
}

const answersOf = ({ steps }: Workflow): Map<string, object> =>
  new Map(
    [...stepsWithin(steps)].map(({ id, type }) => [
      id,
      type === 'approval' ? { approved: true } : type === 'wait_event' ? { met: true } : {},
    ]),
  )

/** Only what is somebody's fault is told. */
function failureOf(error: unknown): { path: string; message: string } {
  const cause = error instanceof StepFailure ? error.cause : error
  if (!(cause instanceof AppError)) throw cause
  return { path: error instanceof StepFailure ? error.path : '', message: cause.message }
}

const runOf = ({ object, recordId, trigger }: Tried): RunRow => ({
  id: newId(),
  number: 0,
  workflow_id: newId(),
  version: 0,
  object_id: object?.id ?? null,
  record_id: recordId,
  trigger,
  state: 'ready',
  attempt: 0,
  replays: 0,
  depth: 1,
  chain: [],
  parent_id: null,
  parent_path: null,
  started_at: null,
})
