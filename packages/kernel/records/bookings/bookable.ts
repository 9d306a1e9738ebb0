/** What of an object's records is booked, where booking it twice for the same time is refused. */
import { type RawBuilder, sql } from '../../database/index.ts'
import { type CompiledField, type CompiledObject, storedKey } from '../../metadata/index.ts'

export interface Bookable {
  /** The fields of which one value takes part in one record at a time. */
  fields: CompiledField[]
  /** Names whose change books anew: of these fields and of the times; the stage is looked at by itself. */
  keys: ReadonlySet<string>
  /** When a row `r` of `records` ends. */
  ended: RawBuilder<unknown>
  /** Stages of what was called off and takes no time. */
  lost: string[]
}

/** How long a record takes that does not say it, in minutes: as calendars show it. */
export const usualMinutes = 30
/** A century: no length of nothing but digits leads beyond what a calendar has. */
export const mostMinutes = 100 * 366 * 24 * 60

const known = new WeakMap<CompiledObject, Bookable | null>()

/** Undefined where nothing is refused: no field says so, or records begin at no moment. */
export function bookableOf(object: CompiledObject): Bookable | undefined {
  const remembered = known.get(object)
  if (remembered !== undefined) return remembered ?? undefined
  const bookable = readBookable(object)
  known.set(object, bookable ?? null)
  return bookable
}

function readBookable(object: CompiledObject): Bookable | undefined {
  const { roles, stages } = object
  const fields = object.fields.filter(({ rules }) => rules?.exclusive === 'refuse')
  const start = roles.startsAt ? object.field.get(roles.startsAt) : undefined
  if (fields.length === 0 || start?.type !== 'datetime') return undefined
  const end = endingField(object)
  const times = [start, ...(end ? [end] : [])]
  return {
    fields,
    keys: new Set([...fields, ...times].map(({ key }) => key)),
    ended: endExpression(end),
    lost: stages.filter(({ kind }) => kind === 'lost').map(({ value }) => value),
  }
}

/** How long something takes: a duration, or a whole number that calls itself minutes. */
const isLength = ({ key, type }: CompiledField): boolean =>
  type === 'duration' || (type === 'integer' && /(^|_)minutes$/.test(key))

/** The field that says until when a record of the object takes, by a moment or by a length in minutes. */
export function endingField(object: CompiledObject): CompiledField | undefined {
  if (object.roles.endsAt) return object.field.get(object.roles.endsAt)
  const lengths = object.fields.filter(isLength)
  return lengths.length === 1 ? lengths[0] : undefined
}

/** An end that is not after the start, and a length of nothing, say nothing: it takes as long as where none is said. */
function endExpression(end: CompiledField | undefined): RawBuilder<unknown> {
  const usual = sql`r.starts_at + make_interval(mins => ${usualMinutes})`
  if (!end) return usual
  if (end.type === 'datetime') return sql`case when r.ends_at > r.starts_at then r.ends_at else ${usual} end`
  const minutes = sql`(r.data ->> ${storedKey(end)}::text)::numeric`
  return sql`case when ${minutes} > 0 then r.starts_at + make_interval(mins => least(${minutes}, ${mostMinutes})::int)
    else ${usual} end`
}
