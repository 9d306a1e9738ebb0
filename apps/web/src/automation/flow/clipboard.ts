/** Steps and whole workflows as text in the clipboard: also into another workflow, or into a mail to a colleague. */
import type { Flow, Step } from './flow.ts'

const mark = 'oneforge/steps'

export function stepsAsText(steps: Step[]): string {
  return JSON.stringify({ is: mark, steps }, null, 2)
}

/** The steps that a text holds: copied here, or a whole workflow's; nothing where it holds none. */
export function stepsFromText(text: string): Step[] | undefined {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return undefined
  }
  const { steps } = (typeof read === 'object' && read !== null ? read : {}) as Partial<Flow>
  return Array.isArray(steps) && steps.length > 0 && steps.every(isStep) ? steps : undefined
}

function isStep(value: unknown): value is Step {
  const { id, type } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Step>
  return typeof id === 'string' && typeof type === 'string'
}
