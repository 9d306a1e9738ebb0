import type { WorkflowOutcome, WorkflowRunState, WorkflowRunStep, WorkflowTraceStep } from '@oneforge/client'

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

/** How far each step of a test came, and what was assumed at those that would have waited. */
export function walkedIn(steps: WorkflowTraceStep[]) {
  const assumed = steps.flatMap((one): [string, WorkflowOutcome][] => (one.assumed ? [[one.step, one.assumed]] : []))
  return { states: statesOf(steps), assumed: new Map(assumed) }
}

export const stateColors: Record<WorkflowRunState, string> = {
  ready: 'blue',
  waiting: 'yellow',
  done: 'green',
  failed: 'red',
  stopped: 'gray',
}
