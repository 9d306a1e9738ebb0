/** Changes to the tree of steps. Each answers a new tree and leaves the given one as it is. */
import { bodiesOf, type Place, type Step, stepsWithin, top, withBody } from './flow.ts'

export function findStep(steps: Step[], id: string): Step | undefined {
  for (const step of stepsWithin(steps)) if (step.id === id) return step
  return undefined
}

/** Where the step stands; nothing where there is none of that id. */
export function placeOf(steps: Step[], id: string): Place | undefined {
  return placeIn(steps, id, null, top)
}

function placeIn(steps: Step[], id: string, parent: string | null, part: string): Place | undefined {
  const index = steps.findIndex((step) => step.id === id)
  if (index >= 0) return { parent, part, index }
  for (const step of steps) {
    for (const body of bodiesOf(step)) {
      const found = placeIn(body.steps, id, step.id, body.part)
      if (found) return found
    }
  }
  return undefined
}

/** The steps beside which a place is. */
export function bodyAt(steps: Step[], { parent, part }: Pick<Place, 'parent' | 'part'>): Step[] {
  if (parent === null) return steps
  const step = findStep(steps, parent)
  return (step && bodiesOf(step).find((body) => body.part === part)?.steps) ?? []
}

export function insertAt(steps: Step[], place: Place, added: Step[]): Step[] {
  return changeBody(steps, place, (body) => body.toSpliced(place.index, 0, ...added))
}

export function removeStep(steps: Step[], id: string): Step[] {
  const place = placeOf(steps, id)
  return place ? changeBody(steps, place, (body) => body.toSpliced(place.index, 1)) : steps
}

export function replaceStep(steps: Step[], next: Step): Step[] {
  const place = placeOf(steps, next.id)
  return place ? changeBody(steps, place, (body) => body.with(place.index, next)) : steps
}

/** Whether a step can be put there: never into itself. */
export function mayMove(steps: Step[], id: string, { parent }: Place): boolean {
  const step = findStep(steps, id)
  return step !== undefined && (parent === null || findStep([step], parent) === undefined)
}

/** `place` is meant in the tree as it stands, with the step still where it was. */
export function moveStep(steps: Step[], id: string, place: Place): Step[] {
  const step = findStep(steps, id)
  const from = placeOf(steps, id)
  if (!step || !from || !mayMove(steps, id, place)) return steps
  const isBeside = from.parent === place.parent && from.part === place.part
  const index = isBeside && from.index < place.index ? place.index - 1 : place.index
  return insertAt(removeStep(steps, id), { ...place, index }, [step])
}

/** The same steps under ids that nobody has; what they say of each other is said of the new ones. */
export function withFreshIds(copied: Step[], taken: Iterable<string>): Step[] {
  const known = new Set(taken)
  const fresh = new Map<string, string>()
  for (const { id } of stepsWithin(copied)) {
    const next = newId(known)
    known.add(next)
    fresh.set(id, next)
  }
  return renamed(copied, fresh) as Step[]
}

const references = new Set(['id', 'step', 'loop'])
/** `steps.s1.answer` in a text or formula. */
const mention = /\bsteps\.([A-Za-z_]\w*)/g

function renamed(value: unknown, fresh: Map<string, string>, key = ''): unknown {
  if (typeof value === 'string') {
    if (references.has(key)) return fresh.get(value) ?? value
    return value.replace(mention, (whole, id: string) => (fresh.has(id) ? `steps.${fresh.get(id)}` : whole))
  }
  if (Array.isArray(value)) return value.map((item) => renamed(item, fresh))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renamed(item, fresh, name)]))
}

/** An id that no step of the tree has, nor is likely to have had in an earlier version. */
export function newId(taken: { has(id: string): boolean }): string {
  for (;;) {
    const id = `s${Math.random().toString(36).slice(2, 8)}`
    if (!taken.has(id)) return id
  }
}

export const idsOf = (steps: Step[]): Set<string> => new Set([...stepsWithin(steps)].map(({ id }) => id))

function changeBody(
  steps: Step[],
  { parent, part }: Pick<Place, 'parent' | 'part'>,
  change: (body: Step[]) => Step[],
): Step[] {
  if (parent === null) return change(steps)
  return steps.map((step) => {
    if (step.id === parent) return withBody(step, part, change(bodyAt([step], { parent, part })))
    const parts = bodiesOf(step).filter((body) => findStep(body.steps, parent))
    return parts.reduce<Step>(
      (whole, body) => withBody(whole, body.part, changeBody(body.steps, { parent, part }, change)),
      step,
    )
  })
}
