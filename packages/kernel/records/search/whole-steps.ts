/** The steps of a search that ask the indexes of all records of an object, for what the latest of them did not show. */
import { allOf, plannedForValues, type Query, type RawBuilder, sql } from '../../database/index.ts'
import { foundAnywhere } from './conditions.ts'
import {
  allTrue,
  idsOf,
  mostOfObject,
  narrowedTo,
  type Search,
  type SearchedObject,
  stepOf,
  visible,
} from './searched.ts'
import type { Term } from './terms.ts'

/**
 * Sent before these steps: with a limit PostgreSQL would rather walk an index and hope, which for a rare word is all of it;
 * and as it does not know how rare the words are, it would read all of the tenant from another index to narrow them further.
 */
export const byBitmaps: Query[] = [
  sql`select set_config('enable_indexscan', 'off', true), set_config('enable_seqscan', 'off', true),
    set_config('cpu_index_tuple_cost', '1', true)`,
]

/** More than are counted, so that the best of them are among those ranked. */
const mostRead = 2 * mostOfObject

/** Compared so, no index takes part for the text. */
const bareText = sql`(r.search || '')`

/**
 * The records of these objects that hold what the words ask, each a tsquery for its object; these alone lead to few. An object
 * with written conditions is asked for itself, so that the index finds its words and values together: each may be frequent.
 */
export function heldWords({ tenantId, objects, terms }: Search, asked: Map<string, string>): Query {
  const among = objects.filter(({ object }) => asked.has(object.id))
  const step = (some: SearchedObject[], narrowed: RawBuilder<unknown>) =>
    stepOf(
      'whole',
      sql`unnest(${idsOf(some)}::uuid[], ${some.map(({ object }) => asked.get(object.id)!)}::text[]) as o (id, words)`,
      sql`select r.id from records r
        where r.tenant_id = ${tenantId} and search_words(r.object_id, r.search) @@ o.words::tsquery
          and is_of_object(r.object_id, o.id) and r.deleted_at is null and ${narrowed}
          and ${allOf(terms.map((term) => foundAnywhere(term, bareText)))} limit ${mostRead}`,
    )
  const [asWritten, plain] = [
    among.filter(({ wanted }) => wanted.length > 0),
    among.filter(({ wanted }) => wanted.length === 0),
  ]
  const steps = asWritten.map((one) => step([one], allTrue([...one.limits, ...one.wanted])))
  if (plain.length > 0) steps.push(step(plain, narrowedTo(plain)))
  return sql.join(steps, sql` union all `)
}

/**
 * The same by the index of three letters, which finds what stands inside of words and numbers. Where there are long numbers
 * it is asked for these alone: hardly any text has their digits, and many have most letters of an address.
 */
export function within({ tenantId, objects, terms }: Search, asked: string[]): Query {
  const numbers = longNumbers(terms)
  const sought = numbers.length > 0 ? [{ forms: [numbers] }] : terms
  const meant = numbers.length > 0 ? terms.map((term) => foundAnywhere(term, bareText)) : []
  return plannedForValues(
    stepOf(
      'whole',
      sql`unnest(${asked}::uuid[]) as o (id)`,
      sql`select r.id from records r where r.tenant_id = ${tenantId} and r.object_id = o.id
        and ${allOf([...sought.map((term) => foundAnywhere(term)), ...meant])} and ${visible(objects)} limit ${mostRead}`,
    ),
  )
}

/** What every form of a term holds is held wherever the term is found. */
const longNumbers = (terms: Term[]): string[] =>
  terms
    .filter(({ forms }) => forms.length === 1)
    .flatMap(
      ({ forms }) =>
        forms
          .flat()
          .join(' ')
          .match(/\d{5,}/g) ?? [],
    )

/** Filters without words: the latest changed records of these objects that pass them. */
export function passing({ tenantId, objects }: Search, asked: string[]): Query {
  const each = objects
    .filter(({ object }) => asked.includes(object.id))
    .map(({ object, limits, wanted }) =>
      stepOf(
        'whole',
        sql`(select ${object.id}::uuid as id) as o`,
        sql`select r.id from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id}
        and r.deleted_at is null and ${allTrue([...limits, ...wanted])} order by r.updated_at desc limit ${mostOfObject}`,
      ),
    )
  return plannedForValues(sql.join(each, sql` union all `))
}
