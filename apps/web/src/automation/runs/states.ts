import type { WorkflowOutcome, WorkflowRunState, WorkflowRunStep, WorkflowTraceStep } from '@oneforge/client'
import { type Step, stepsWithin } from '../flow/flow.ts'
import { headsOf, metPart } from '../flow/layout.ts'

/** Which of several rounds of a loop is shown: one that failed before one that waits before one that is done. */
const weight: Record<WorkflowRunStep['state'], number> = { failed: 4, waiting: 3, sent: 2, done: 1, skipped: 0 }

/** How far each step came, by its id. */
export function statesOf(steps: WorkflowRunStep[]): Map<string, WorkflowRunStep['state']> {
  const states = new Map<string, WorkflowRunStep['state']>()
  for (const { step, state } of steps) {
    const before = states.get(step)
    if (before === undefined || weight[state] > weight[before]) states.set(step, state)
  }
  return states
}

/** Whether a branch was gone into; neither where it was not decided, or is not told to who looks. */
export type Way = 'taken' | 'passed'

/**
 * Which branches were taken, by the heads that they begin with. Of several rounds of a loop each may take another: then all
 * of those are. It goes by nothing but what the steps themselves tell.
 */
export function waysOf(drawn: Step[], done: WorkflowRunStep[]): Map<string, Way> {
  const ways = new Map<string, Way>()
  for (const step of stepsWithin(drawn)) {
    const heads = headsOf(step)
    const taken = new Set(done.filter((row) => row.step === step.id).map(({ output }) => partTaken(step, output)))
    if (!heads.some(({ part }) => taken.has(part))) continue
    for (const { id, part } of heads) ways.set(id, taken.has(part) ? 'taken' : 'passed')
  }
  return ways
}

/** The part of the step that its output names. */
function partTaken({ type }: Step, output: unknown): string | undefined {
  const { taken, met, approved } = (output ?? {}) as { taken?: unknown; met?: unknown; approved?: unknown }
  if (type === 'if' || type === 'switch') return typeof taken === 'string' ? taken : undefined
  if (type === 'wait_event' && typeof met === 'boolean') return met ? metPart : 'onTimeout'
  if (type === 'approval' && typeof approved === 'boolean') return approved ? 'approved' : 'rejected'
  return undefined
}

/** How far each step of a test came, which way it went, and what was assumed at those that would have waited. */
export function walkedIn(drawn: Step[], steps: WorkflowTraceStep[]) {
  const assumed = steps.flatMap((one): [string, WorkflowOutcome][] => (one.assumed ? [[one.step, one.assumed]] : []))
  return { states: statesOf(steps), ways: waysOf(drawn, steps), assumed: new Map(assumed) }
}

export const stateColors: Record<WorkflowRunState, string> = {
  ready: 'blue',
  waiting: 'yellow',
  done: 'green',
  failed: 'red',
  stopped: 'gray',
}
