/** What the values of a step are, as far as it can be seen from them. */

/** A record that a step has made, changed or found. */
export interface RecordLike {
  object: string
  id: string
  title?: string | null
  recordNumber?: string | null
}

const id = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/

export const isId = (value: unknown): boolean => typeof value === 'string' && id.test(value)
export const isMoment = (value: string): boolean => moment.test(value)

const ofRecords = new Set(['object', 'id', 'title', 'recordNumber'])

export function isRecordLike(value: object): value is RecordLike {
  const { object, id: of } = value as Partial<RecordLike>
  return typeof object === 'string' && isId(of) && Object.keys(value).every((name) => ofRecords.has(name))
}

/** What only the system goes by, and what stands in it besides. */
const unsaid = new Set(['id', 'approval', 'run', 'token', 'actor_id'])

/** What happened, as a trigger and a wait that has ended keep it: of which kind, when, and by whom. */
const isHappening = ({ type, at }: Record<string, unknown>): boolean =>
  typeof type === 'string' && typeof at === 'string' && isMoment(at)

/** What the engine goes by there, and what is told elsewhere on the page. */
const unsaidOfHappenings = new Set(['type', 'source', 'object', 'form', 'channel', 'pipeline'])

/** The parts that say something to a person; ids that name nothing to them do not, nor does that nobody did it. */
export function namedParts(value: Record<string, unknown>): [string, unknown][] {
  const parts = Object.entries(value).filter(([name, item]) => !(unsaid.has(name) && (isId(item) || item === null)))
  if (!isHappening(value)) return parts
  return parts
    .filter(([name, item]) => !unsaidOfHappenings.has(name) && !(name === 'by' && item === null))
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
}

/** In which order it is told what happened; the rest comes before. */
const placeOf = (name: string): number => ['message', 'field', 'from', 'to', 'by', 'at'].indexOf(name)

/** What came in with the trigger of a run: what was sent, where it was called from outside; when it was, is told already. */
export function cameIn(trigger: Record<string, unknown>): unknown {
  if (trigger.type === 'webhook_received') return trigger.body
  return Object.fromEntries(namedParts(trigger).filter(([name]) => name !== 'at'))
}

/** In which round of each loop around it a step was done, counted from 1: `each[2]/note` in the third. */
export const roundsOf = (path: string): number[] =>
  [...path.matchAll(/\[(\d+)\]/g)].map(([, index]) => Number(index) + 1)
