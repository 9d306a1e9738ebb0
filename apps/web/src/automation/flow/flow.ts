/**
 * A workflow as the builder handles it: a trigger and a tree of steps. What holds steps itself, and in which order they
 * are read, is said here once.
 */
import type { Workflow as Flow, WorkflowStep as Step, WorkflowTrigger as Trigger } from '@oneforge/client'

export { bodiesOf, stepsWithin } from '@oneforge/client'
export type { Flow, Step, Trigger }
export type StepType = Step['type']
export type StepOf<Type extends StepType> = OfType<Step, Type>
type OfType<Each, Type> = Each extends { type: infer Own } ? (Type extends Own ? Each & { type: Type } : never) : never

/** Where a step stands or is put: in which part of which step, at which position; at the top without a step. */
export interface Place {
  parent: string | null
  part: string
  index: number
}

/** The part of a place at the top. */
export const top = 'steps'

/** The step with other steps in one of its parts. */
export function withBody(step: Step, part: string, steps: Step[]): Step {
  const [list = '', index] = part.split('.')
  if (index === undefined) return { ...step, [list]: steps }
  const entries = (step as unknown as Record<string, { steps: Step[] }[]>)[list] ?? []
  return { ...step, [list]: entries.map((entry, at) => (at === Number(index) ? { ...entry, steps } : entry)) } as Step
}
