/**
 * Where everything of a workflow stands on its canvas: from top to bottom, the parts of a step side by side below it and
 * joined again under them. The same workflow is always drawn the same.
 */
import { bodiesOf, type Flow, type Place, type Step, top } from './flow.ts'

export type MarkKind = 'trigger' | 'step' | 'branch' | 'join' | 'end'

/** Something drawn; `x` and `y` are its upper left corner, in pixels. */
export interface Mark {
  id: string
  kind: MarkKind
  x: number
  y: number
  width: number
  height: number
  step?: Step
  /** Of a branch: the step that it belongs to, and which part of it. */
  branch?: { of: Step; part: string }
  /** Of a branch: what is put first into it. */
  first?: Place
}

/** A line from mark to mark. `place` is where a step comes that is put on it. */
export interface Line {
  id: string
  from: string
  to: string
  place?: Place
}

export interface Layout {
  marks: Mark[]
  lines: Line[]
  width: number
  height: number
}

export const cardWidth = 264
export const cardHeight = 60
const branchWidth = 168
const branchHeight = 26
const joinSize = 8
const endWidth = 64
const endHeight = 24
/** Room for the line with its «+». */
const gap = 44
/** From a step to the heads of its branches, where nothing can be put. */
const fork = 24
const between = 32

export const triggerId = 'trigger'
export const endId = 'end'
/** The way on that has no steps of its own: what is waited for has come. */
export const metPart = 'met'

const branchId = (step: Step, part: string): string => `${step.id}/${part}`
const joinId = (step: Step): string => `${step.id}/join`

interface Branch {
  part: string
  steps: Step[]
  place?: Place
}

/** The ways below a step, each with where its first step would be put. */
function branchesOf(step: Step): Branch[] {
  const bodies = bodiesOf(step).map(({ part, steps }) => ({ part, steps, place: { parent: step.id, part, index: 0 } }))
  return step.type === 'wait_event' ? [{ part: metPart, steps: [] }, ...bodies] : bodies
}

/** The heads of the ways below a step, as they are drawn. */
export const headsOf = (step: Step): { id: string; part: string }[] =>
  branchesOf(step).map(({ part }) => ({ id: branchId(step, part), part }))

export function layoutOf(flow: Pick<Flow, 'steps'>): Layout {
  const marks: Mark[] = []
  const lines: Line[] = []
  const width = widthOf(flow.steps)
  const middle = width / 2
  const put = (mark: Omit<Mark, 'x'>, center: number) => marks.push({ ...mark, x: center - mark.width / 2 })
  const join = (from: string, to: string, place?: Place) =>
    lines.push({ id: `${from} ${to}`, from, to, ...(place && { place }) })

  /** Puts the steps below each other and answers what comes last, and where it ends. */
  function putSteps(steps: Step[], parent: string | null, part: string, center: number, start: number, above: string) {
    let [last, y] = [above, start]
    for (const [index, step] of steps.entries()) {
      y += gap
      put({ id: step.id, kind: 'step', y, width: cardWidth, height: cardHeight, step }, center)
      join(last, step.id, { parent, part, index })
      y += cardHeight
      last = step.id
      if (branchesOf(step).length > 0) {
        y = putBranches(step, center, y)
        last = joinId(step)
      }
    }
    return { last, y, place: { parent, part, index: steps.length } }
  }

  function putBranches(step: Step, center: number, start: number): number {
    const branches = branchesOf(step)
    const id = joinId(step)
    const y = start + fork
    let x = center - spanOf(branches) / 2
    const ends = branches.map(({ part, steps, place }) => {
      const own = widthOf(steps)
      const middleOfBranch = x + own / 2
      const head = branchId(step, part)
      const branch = { of: step, part }
      put(
        {
          id: head,
          kind: 'branch',
          y,
          width: branchWidth,
          height: branchHeight,
          branch,
          ...(place && { first: place }),
        },
        middleOfBranch,
      )
      join(step.id, head)
      x += own + between
      const end = putSteps(steps, step.id, part, middleOfBranch, y + branchHeight, head)
      return place ? end : { ...end, place: undefined }
    })
    const bottom = Math.max(...ends.map((end) => end.y)) + gap
    put({ id, kind: 'join', y: bottom, width: joinSize, height: joinSize }, center)
    for (const end of ends) join(end.last, id, end.place)
    return bottom + joinSize
  }

  put({ id: triggerId, kind: 'trigger', y: 0, width: cardWidth, height: cardHeight }, middle)
  const { last, y, place } = putSteps(flow.steps, null, top, middle, cardHeight, triggerId)
  put({ id: endId, kind: 'end', y: y + gap, width: endWidth, height: endHeight }, middle)
  join(last, endId, place)
  return { marks, lines, width, height: y + gap + endHeight }
}

function widthOf(steps: Step[]): number {
  return Math.max(cardWidth, ...steps.map((step) => spanOf(branchesOf(step))))
}

function spanOf(branches: Branch[]): number {
  return branches.reduce((sum, { steps }) => sum + widthOf(steps) + between, -between)
}

/** Where the arrows lead: on along the lines, or to what stands beside. Joins are passed over. */
export function neighbourOf({ marks, lines }: Layout, id: string, key: string): string | undefined {
  if (key === 'ArrowDown') return follow(lines, id, 'from', 'to')
  if (key === 'ArrowUp') return follow(lines, id, 'to', 'from')
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined
  const at = marks.find((mark) => mark.id === id)
  if (!at) return undefined
  const side = key === 'ArrowLeft' ? -1 : 1
  const beside = marks.filter(
    (mark) => isFocusable(mark.id) && (middleOf(mark) - middleOf(at)) * side > between && mark.kind !== 'trigger',
  )
  const distance = (mark: Mark) => Math.abs(mark.y - at.y) * 4 + Math.abs(middleOf(mark) - middleOf(at))
  return beside.toSorted((one, other) => distance(one) - distance(other))[0]?.id
}

function follow(lines: Line[], id: string, from: 'from' | 'to', to: 'from' | 'to'): string | undefined {
  const next = lines.find((line) => line[from] === id)?.[to]
  return next === undefined || isFocusable(next) ? next : follow(lines, next, from, to)
}

const isFocusable = (id: string): boolean => id !== endId && !id.endsWith('/join')
const middleOf = ({ x, width }: Mark): number => x + width / 2

/** How far below the upper end of a line its «+» stands. */
export const addBelow = 18
/** What is dropped farther from any place than this stays where it was. */
const reach = 120

/** The place nearest to where something is held, among those that take it. */
export function placeNear(
  { marks, lines }: Layout,
  { x, y }: { x: number; y: number },
  takes: (place: Place) => boolean,
): Place | undefined {
  const at = new Map(marks.map((mark) => [mark.id, mark]))
  const near = lines.flatMap(({ from, place }) => {
    const mark = at.get(from)
    if (!mark || !place || !takes(place)) return []
    return [{ place, distance: Math.hypot(middleOf(mark) - x, mark.y + mark.height + addBelow - y) }]
  })
  const [nearest] = near.toSorted((one, other) => one.distance - other.distance)
  return nearest && nearest.distance <= reach ? nearest.place : undefined
}
