/** What steps of a workflow read, by the paths that stand in their texts and formulas: `record.company.name`. */
import { compileFormula } from '@oneforge/kernel/expressions'
import { MergeFailed, mergeFields } from '../mail-templates/index.ts'
import { bodiesOf, type Step } from './definition.ts'

/** What the step itself reads, without the steps that it holds. Conditions name fields, and are not among them. */
export const pathsRead = (step: Step, steps: Step[]): string[][] => [
  ...pathsIn(ownParts(step)),
  ...unnamedPaths(step, steps),
]

/** A step without the steps that it holds. */
function ownParts(step: Step): unknown {
  const inner = new Set(bodiesOf(step).map(({ part }) => part.split('.')[0]!))
  return Object.fromEntries(Object.entries(step).filter(([part]) => !inner.has(part)))
}

/** What texts and formulas within a value read. */
function pathsIn(value: unknown): string[][] {
  if (typeof value === 'string') return mergedIn(value)
  if (typeof value !== 'object' || value === null) return []
  const { formula } = value as { formula?: unknown }
  if (typeof formula === 'string') {
    const compiled = compileFormula(formula)
    return 'formula' in compiled ? compiled.formula.paths : []
  }
  return Object.values(value).flatMap(pathsIn)
}

function mergedIn(text: string): string[][] {
  try {
    return text.includes('{') ? mergeFields(text) : []
  } catch (error) {
    if (error instanceof MergeFailed) return []
    throw error
  }
}

/** What a step reads without naming it: a call without a body tells the record, a template reads of it what it likes. */
function unnamedPaths(step: Step, steps: Step[]): string[][] {
  const isWhole =
    (step.type === 'webhook' && step.body === undefined) || (step.type === 'send_email' && step.template !== undefined)
  if (!isWhole) return []
  return steps.some(({ type }) => type === 'loop') ? [['trigger'], ['record'], ['item']] : [['trigger'], ['record']]
}
