/** What a trial takes to have happened where a run would wait for an event, or for somebody to decide. */
import { validationError } from '@oneforge/kernel/errors'
import { type Step, stepsWithin, type Workflow } from '../definition.ts'

export const outcomes = ['came', 'timed_out', 'approved', 'rejected', 'escalated'] as const
/** `escalated`: nobody decided in time, the others were asked as well, and then it was approved. */
export type Outcome = (typeof outcomes)[number]

/** By the id of a step. */
export type Assumed = ReadonlyMap<string, Outcome>

/** How it can go on after the step; none where there is nothing to assume. */
function outcomesOf(step: Step): Outcome[] {
  if (step.type === 'wait_event') return ['came', 'timed_out']
  if (step.type !== 'approval') return []
  return step.escalateAfter && step.escalateTo ? ['approved', 'rejected', 'escalated'] : ['approved', 'rejected']
}

/**
 * What is assumed of every step that has something to assume: the first of its outcomes where none is chosen.
 *
 * @throws VALIDATION_ERROR for a choice that no step of the workflow has.
 */
export function assumedIn({ steps }: Workflow, chosen: Record<string, Outcome> = {}): Assumed {
  const possible = new Map([...stepsWithin(steps)].map((step) => [step.id, outcomesOf(step)]))
  const problems = Object.entries(chosen).flatMap(([id, outcome]) => {
    const offered = possible.get(id) ?? []
    return offered.includes(outcome) ? [] : [{ field: `assume.${id}`, message: refusalOf(id, outcome, offered) }]
  })
  if (problems.length > 0) throw validationError(problems)
  return new Map([...possible].flatMap(([id, [usual]]) => (usual ? [[id, chosen[id] ?? usual] as const] : [])))
}

const refusalOf = (id: string, outcome: Outcome, offered: Outcome[]): string =>
  offered.length === 0
    ? `cannot be assumed: “${id}” is no step that waits for an event or asks for an approval`
    : `cannot be “${outcome}”: choose one of ${offered.join(', ')}`
