/** What is asked of the records of each object, and what every step of a search keeps to. */
import { allOf, type RawBuilder, type Row, sql } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { Term } from './terms.ts'

/** What is asked of one object: what of it the caller may see and means. */
export interface SearchedObject {
  object: CompiledObject
  /** Which of its records the caller may see. */
  limits: RawBuilder<unknown>[]
  /** Which of them the written conditions ask for. */
  wanted: RawBuilder<unknown>[]
  /** What of its records may be compared on its own: a hidden title, or other text, must not change their order. */
  sees: { title: boolean; email: boolean; phone: boolean; text: boolean }
}

export interface Search {
  tenantId: string
  userId: string | null
  objects: SearchedObject[]
  terms: Term[]
  /** The text as a whole, folded. */
  phrase: string
  /** What it may be as a record's number, an e-mail address, the beginning of one, or a phone number. */
  exact: { numbers: string[]; emails: string[]; emailBegun: string | null; phone: string | null }
}

/** Of each object, by each step; who sees that so many match narrows the search instead of reading them. */
export const mostOfObject = 30

/** What a step found of one object. */
export interface Step extends Row {
  object_id: string
  step: 'exact' | 'titled' | 'latest' | 'whole'
  ids: string[] | null
  /** How many of them hold words that begin with what was typed, and so come before all that hold it inside of words. */
  begun: number
  /** Whether the step has looked at all records of the object. */
  complete: boolean
  /** How it saw what was typed in records, even in such that the written conditions do not ask for; null where there are none. */
  known: 'whole' | 'begun' | null
}

export const idsOf = (objects: SearchedObject[]): string[] => objects.map(({ object }) => object.id)

/** One row for each object `o` in which there are such records, which are selected by their id. */
export const stepOf = (
  step: Step['step'],
  objects: RawBuilder<unknown>,
  records: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`select o.id as object_id, ${step}::text as step, f.ids, cardinality(f.ids) as begun, false as complete, null::text as known
    from ${objects} cross join lateral (select array_agg(r.id) as ids from (${records}) as r) as f where f.ids is not null`

/** Of the records `r` those that live and that the caller may see and means. */
export const visible = (objects: SearchedObject[]): RawBuilder<unknown> =>
  sql`r.deleted_at is null and ${narrowedTo(objects)}`

/** What a record `r` of one of these objects must fulfil for the caller to see and mean it. */
export const narrowedTo = (objects: SearchedObject[]): RawBuilder<unknown> =>
  ofEach(objects, ({ limits, wanted }) => [...limits, ...wanted])

/** The same for the caller to see it alone. */
export const limitedTo = (objects: SearchedObject[]): RawBuilder<unknown> => ofEach(objects, ({ limits }) => limits)

function ofEach(
  objects: SearchedObject[],
  conditionsOf: (one: SearchedObject) => RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const narrowed = objects.filter((one) => conditionsOf(one).length > 0)
  if (narrowed.length === 0) return sql`true`
  const each = narrowed.map((one) => sql`(r.object_id = ${one.object.id} and ${allTrue(conditionsOf(one))})`)
  return sql`(${sql.join([sql`r.object_id <> all(${idsOf(narrowed)}::uuid[])`, ...each], sql` or `)})`
}

/** Whether written conditions narrow any of the objects. */
export const isConditional = ({ objects }: Search): boolean => objects.some(({ wanted }) => wanted.length > 0)

export const allTrue = (conditions: RawBuilder<unknown>[]): RawBuilder<unknown> =>
  allOf(conditions.map((one) => sql`(${one})`))

const lastCharacter = '\u{10FFFF}'

/** Whether a text that is compared byte by byte begins so: a range, which an index of such texts is in the order of. */
export const begins = (text: RawBuilder<unknown>, start: string | RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${text} >= ${start} and ${text} < ${start}::text || ${lastCharacter}`
