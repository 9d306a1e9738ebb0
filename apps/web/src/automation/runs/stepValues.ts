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

/** The parts that say something to a person; ids that name nothing to them do not. */
export const namedParts = (value: Record<string, unknown>): [string, unknown][] =>
  Object.entries(value).filter(([name, item]) => !(unsaid.has(name) && (isId(item) || item === null)))

/** In which round of each loop around it a step was done, counted from 1: `each[2]/note` in the third. */
export const roundsOf = (path: string): number[] =>
  [...path.matchAll(/\[(\d+)\]/g)].map(([, index]) => Number(index) + 1)
