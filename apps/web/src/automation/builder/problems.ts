/** Which card a problem belongs to, and which part of its form. */
import type { WorkflowProblem } from '@oneforge/client'
import type { StepType } from '../flow/flow.ts'
import { triggerId } from '../flow/layout.ts'

/** What is not about a step is about the trigger, or the workflow as a whole, whose card is the same. */
export const markOf = ({ step }: WorkflowProblem): string => step ?? triggerId

export function problemCounts(problems: WorkflowProblem[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const problem of problems) counts.set(markOf(problem), (counts.get(markOf(problem)) ?? 0) + 1)
  return counts
}

/** What of its step a problem is about: `subject` of `steps.0.then.1.subject.de`; '' where it is the whole of it. */
export function partOf({ path }: WorkflowProblem): string {
  const parts = path.split('.')
  const own = parts.slice(parts.findLastIndex((part) => /^\d+$/.test(part)) + 1)
  const [first = '', second] = own[0] === 'trigger' ? own.slice(1) : own
  return (first === 'values' || first === 'input') && second ? second : first
}

/** Parts that are called otherwise in the form of one kind of step than in others. */
const ownNames: Partial<Record<StepType, Record<string, string>>> = {
  approval: { message: 'question' },
  assign: { users: 'people', user: 'person' },
  create_note: { body: 'note' },
  notify: { to: 'whom' },
  refuse: { message: 'refusal', field: 'refusedAt' },
  send_sms: { to: 'number' },
  switch: { value: 'byField' },
  update_field: { value: 'newValue' },
  wait: { for: 'waitFor' },
}

/** The name of a part in the texts of `form`. */
export const nameOfPart = (type: StepType | undefined, part: string): string => (type && ownNames[type]?.[part]) ?? part

/** The sentence about a part of a step or of the trigger: `to` of `steps.0.then.1.to`, also `subject` of `….subject.de`. */
export function problemAt(problems: WorkflowProblem[], mark: string, part: string): string | undefined {
  const ends = (path: string) => `.${path}.`.includes(`.${part}.`)
  return problems.find((problem) => markOf(problem) === mark && ends(problem.path))?.message
}
