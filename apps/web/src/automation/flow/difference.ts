/** What a definition has that another has not, step by step: what is said before something is published. */
import { bodiesOf, type Flow, type Step, stepsWithin } from './flow.ts'
import { placeOf } from './tree.ts'

export type Change = 'added' | 'removed' | 'changed' | 'moved'

export interface StepChange {
  change: Change
  /** As it is now; of a removed one as it was. */
  step: Step
  before?: Step
}

export interface Difference {
  steps: StepChange[]
  /** Parts of the workflow itself: its label, trigger, condition, … */
  parts: ('label' | 'description' | 'object' | 'trigger' | 'condition' | 'blocking' | 'runAs')[]
}

const parts = ['label', 'description', 'object', 'trigger', 'condition', 'blocking', 'runAs'] as const

export function differenceOf(before: Flow, after: Flow): Difference {
  const old = new Map([...stepsWithin(before.steps)].map((step) => [step.id, step]))
  const kept = new Set<string>()
  const steps: StepChange[] = []
  for (const step of stepsWithin(after.steps)) {
    const former = old.get(step.id)
    if (!former) steps.push({ change: 'added', step })
    else if (!same(withoutBodies(former), withoutBodies(step))) steps.push({ change: 'changed', step, before: former })
    else if (isElsewhere(before.steps, after.steps, step.id)) steps.push({ change: 'moved', step, before: former })
    kept.add(step.id)
  }
  for (const [id, step] of old) if (!kept.has(id)) steps.push({ change: 'removed', step })
  return { steps, parts: parts.filter((part) => !same(before[part], after[part])) }
}

export const isSame = ({ steps, parts: changedParts }: Difference): boolean => steps.length + changedParts.length === 0

/** What stands before it tells the order: a step added above moves none of those below. */
function isElsewhere(before: Step[], after: Step[], id: string): boolean {
  const [was, is] = [placeOf(before, id), placeOf(after, id)]
  return was?.parent !== is?.parent || was?.part !== is?.part || !keepsOrder(before, after, id)
}

function keepsOrder(before: Step[], after: Step[], id: string): boolean {
  const others = (steps: Step[]) => siblingsOf(steps, id)
  const [was, is] = [others(before), others(after)]
  const [at, now] = [was.indexOf(id), is.indexOf(id)]
  const ahead = new Set(was.slice(0, at))
  return is.slice(now + 1).every((other) => !ahead.has(other))
}

function siblingsOf(steps: Step[], id: string): string[] {
  if (steps.some((step) => step.id === id)) return steps.map((step) => step.id)
  return steps.flatMap((step) => bodiesOf(step).flatMap((body) => siblingsOf(body.steps, id)))
}

/** Steps inside are compared on their own. */
function withoutBodies(step: Step): unknown {
  const bodies = new Set(bodiesOf(step).map(({ part }) => part.split('.')[0]))
  return Object.fromEntries(
    Object.entries(step).map(([name, value]) => {
      if (!bodies.has(name)) return [name, value]
      const entries = (value as (Step | { steps?: Step[] })[]).flatMap((entry) => ('steps' in entry ? [entry] : []))
      return [name, step.type === 'loop' ? [] : entries.map(({ steps: _, ...rest }) => rest)]
    }),
  )
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

/** The server may answer keys in another order than the page wrote them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
