/** Where a test would wait for something or somebody: what may come of it, and what is taken to have come. */
import type { WorkflowOutcome } from '@oneforge/client'
import { bodiesOf, type Step } from './flow.ts'

export interface Crossing {
  step: Step
  /** The first is meant where nothing is chosen. */
  outcomes: [WorkflowOutcome, ...WorkflowOutcome[]]
}

/** Those that a test may come to, from top to bottom: what is off is passed over with all in it. */
export function crossingsOf(steps: Step[]): Crossing[] {
  return steps.flatMap((step) => {
    if (step.off) return []
    const outcomes = outcomesOf(step)
    const within = bodiesOf(step).flatMap((body) => crossingsOf(body.steps))
    return outcomes ? [{ step, outcomes }, ...within] : within
  })
}

function outcomesOf(step: Step): Crossing['outcomes'] | undefined {
  if (step.type === 'wait_event') return ['came', 'timed_out']
  if (step.type !== 'approval') return undefined
  return step.escalateAfter && step.escalateTo ? ['approved', 'rejected', 'escalated'] : ['approved', 'rejected']
}

export type Assumed = Readonly<Record<string, WorkflowOutcome>>

/** What was chosen and can still be assumed: a step may have gone, or ask nobody else any more. */
export function stillPossible(assumed: Assumed, crossings: Crossing[]): Record<string, WorkflowOutcome> {
  const chosen = crossings.flatMap(({ step, outcomes }) => {
    const outcome = assumed[step.id]
    return outcome && outcomes.includes(outcome) ? [[step.id, outcome] as const] : []
  })
  return Object.fromEntries(chosen)
}
