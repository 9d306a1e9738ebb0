/** Which steps come after one, in the order in which a workflow is read: they are done again when it is. */
import { bodiesOf, type Step, type Workflow } from '../definition.ts'

/** A path in its parts: the step, and of each loop around it the turn. */
interface Place {
  id: string
  turns: { loop: string; index: number }[]
}

function placeOf(path: string): Place {
  const parts = path.split('/')
  const id = parts.pop()!
  const turns = parts.map((part) => {
    const [, loop, index] = /^(.*)\[(\d+)\]$/.exec(part)!
    return { loop: loop!, index: Number(index) }
  })
  return { id, turns }
}

/** The steps on the way to one, the outermost first, each with those that come after it in its list. */
function wayTo(steps: Step[], id: string): { step: Step; after: Step[] }[] | undefined {
  for (const [index, step] of steps.entries()) {
    const here = { step, after: steps.slice(index + 1) }
    if (step.id === id) return [here]
    for (const body of bodiesOf(step)) {
      const way = wayTo(body.steps, id)
      if (way) return [here, ...way]
    }
  }
  return undefined
}

/** Whether what stands at `path` is to be done again when all from `from` on is. */
export function isSetAside(workflow: Workflow, from: string, path: string): boolean {
  const start = placeOf(from)
  const place = placeOf(path)
  const way = wayTo(workflow.steps, start.id)
  // A step of an earlier version that this one does not have.
  if (!way) return path === from
  for (const [index, { loop, index: turn }] of start.turns.entries()) {
    const other = place.turns[index]
    if (!other || other.loop !== loop) return comesAfter(way, place.id, loop)
    if (other.index !== turn) return other.index > turn
  }
  return place.id === start.id || comesAfter(way, place.id) || isWithin(way.at(-1)!.step, place.id)
}

/** Whether the step comes after the end of the way; of a loop on the way, after all of its turns. */
function comesAfter(way: { step: Step; after: Step[] }[], id: string, loop?: string): boolean {
  const end = loop === undefined ? way.length : way.findIndex(({ step }) => step.id === loop) + 1
  return way.slice(0, end).some(({ after }) => after.some((step) => step.id === id || isWithin(step, id)))
}

const isWithin = (step: Step, id: string): boolean =>
  bodiesOf(step).some((body) => body.steps.some((inner) => inner.id === id || isWithin(inner, id)))
