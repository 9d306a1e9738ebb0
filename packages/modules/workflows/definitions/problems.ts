/** What is wrong with a definition, gathered: a check reports all that it finds and goes on. */

export interface WorkflowProblem {
  /** Where it stands: `trigger.field`, `steps.0.then.1.to`. */
  path: string
  /** Id of the step that it stands in. */
  step: string | null
  /** What is wrong and what would be right. */
  message: string
}

/** Notes a problem at a part of what is being checked; '' is the whole of it. */
export type Report = (part: string, message: string) => void

/** Reports on a part as on a whole. */
export const within =
  (report: Report, part: string): Report =>
  (inner, message) =>
    report(inner === '' ? part : `${part}.${inner}`, message)

/** The value as one would write it, shortened. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
