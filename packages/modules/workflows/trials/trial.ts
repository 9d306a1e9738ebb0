/**
 * A walk through a workflow with a real record, of which nothing stays: the interpreter and the actions are those of runs,
 * in a transaction that is taken back. No time passes; what comes of events and questions is assumed.
 */
import { newId } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import type { Behalf, Transactions } from '../../jobs/index.ts'
import type { Workflow } from '../definition.ts'
import { type ActionKinds, actingFor } from '../engine/index.ts'
import { Ledger, type LedgerRow } from '../engine/ledger.ts'
import type { RunRow } from '../engine/runs.store.ts'
import { type Pass, StepFailure, Walk } from '../engine/walk.ts'
import { stepAt } from '../runs/runs.service.ts'
import type { Assumed } from './assumed.ts'
import { TrialHands } from './trial-hands.ts'

const mostSteps = 1_000

export interface Tried {
  workflow: Workflow
  object: CompiledObject | undefined
  recordId: string | null
  /** What its steps see as `trigger`. */
  trigger: Record<string, unknown>
  assumed: Assumed
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
    const pass = await walkOn(tried, ledger, hands)
    return { passes, ...endOf(pass), rows: ledger.all() }
  } catch (error) {
    const { path, message } = failureOf(error)
    if (path !== '') ledger.write(path, 'failed', { error: message })
    return { passes: true, state: 'failed', error: message, rows: ledger.all() }
  }
}

/** Each walk goes on until something is waited for, of which the next one finds what is assumed. */
async function walkOn({ workflow, assumed }: Tried, ledger: Ledger, hands: () => TrialHands): Promise<Pass> {
  for (;;) {
    const walk = new Walk(workflow, ledger, hands(), (performed) => performed < mostSteps)
    const pass = await walk.run()
    if (pass !== 'waiting') return pass
    for (const row of ledger.all()) if (row.state === 'waiting') goOn(row, ledger, assumed)
  }
}

/** How the walk has ended; one that was given up does not look like one that came through. */
function endOf(pass: Pass): Pick<Trace, 'state' | 'error'> {
  if (pass !== 'enough') return { state: pass === 'stopped' ? 'stopped' : 'done', error: null }
  const most = mostSteps.toLocaleString('en')
  return {
    state: 'stopped',
    error: `The test was stopped after ${most} steps: a run would go on. Let its loops go over fewer records to see its end.`,
  }
}

/** What is too late is left to the next walk: to the end of time, every time-out is over. */
function goOn({ path, wakeAt, output }: LedgerRow, ledger: Ledger, assumed: Assumed): void {
  const outcome = assumed.get(stepAt(path))
  if (outcome === 'timed_out' || (outcome === 'escalated' && wakeAt !== null)) return
  ledger.write(path, 'done', { output: { ...(output as object), ...(outcome && answers[outcome]) } })
}

const answers = {
  came: { met: true },
  approved: { approved: true },
  escalated: { approved: true },
  rejected: { approved: false },
}

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
