/**
 * The records that a search may mean, found in bounded steps, whatever the number of records: numbers and addresses by their
 * indexes, titles that begin so, and the latest changed records, read until enough are found. The whole is searched only
 * where those did not hold enough, and what is found there is rare.
 */
import {
  allOf,
  plannedForValues,
  type Query,
  type RawBuilder,
  type Row,
  sql,
  type Transaction,
} from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import { foundAnywhere } from './conditions.ts'
import { shortestWithin, type Term } from './terms.ts'

/** What is asked of one object: what of it the caller may see and means. */
export interface SearchedObject {
  object: CompiledObject
  conditions: RawBuilder<unknown>[]
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
  /** What it is if it is a record's number, an e-mail address or a phone number. */
  exact: { numbers: string[]; email: string | null; phone: string | null }
}

/** Of each object, by each step; who sees that so many match narrows the search instead of reading them. */
export const mostOfObject = 30
/** Where the latest records hold so many, those are enough: what is so frequent has to be narrowed anyway. */
const enough = 6
/** How many of the latest changed records are read over all objects, shared out by their sizes, and of a small one. */
const latestRead = 700
const fewestRead = 60
const lastCharacter = '\u{10FFFF}'

interface Step extends Row {
  object_id: string
  step: 'exact' | 'titled' | 'latest'
  ids: string[] | null
  /** Whether the step has looked at all records of the object. */
  complete: boolean
}

export interface Candidates {
  ids: string[]
  /** Objects of which more than the counted ones may match. */
  cut: Set<string>
}

/** The records that may be meant. */
export async function candidatesOf(tx: Transaction, search: Search): Promise<Candidates> {
  if (search.terms.length === 0) return { ids: idsIn(await tx.query<{ id: string }>(listed(search))), cut: new Set() }
  const steps = await tx.query<Step>(plannedForValues(quickSteps(search)))
  const found = new Set(steps.flatMap(({ ids }) => ids ?? []))
  const open = openObjects(search, steps)
  const cut = cutObjects(steps, open)
  if (open.length === 0) return { ids: [...found], cut }
  const [, , rare] = await tx.batch<{ id: string }>([...byBitmaps, plannedForValues(within(search, open))])
  return { ids: [...found, ...idsIn(rare!)], cut }
}

const idsIn = (rows: { id: string }[]): string[] => rows.map(({ id }) => id)

/** With an order and a limit PostgreSQL would rather walk an index and hope: for a rare word that is all of it. */
const byBitmaps: Query[] = [
  sql`select set_config('enable_indexscan', 'off', true)`,
  sql`select set_config('enable_seqscan', 'off', true)`,
]

/** The objects of which too little was found; none where what was typed has been found as it stands. */
function openObjects({ objects, terms }: Search, steps: Step[]): string[] {
  const isIndexed = terms.some(({ forms }) =>
    forms.every((parts) => parts.some((part) => part.length >= shortestWithin)),
  )
  const foundBy = (kind: Step['step']) => steps.some(({ step, ids }) => step === kind && ids !== null)
  if (!isIndexed || foundBy('exact') || (terms.length > 1 && foundBy('titled'))) return []
  const closed = steps.filter(({ ids, complete }) => complete || (ids?.length ?? 0) >= enough)
  const isClosed = new Set(closed.map(({ object_id }) => object_id))
  return idsOf(objects).filter((id) => !isClosed.has(id))
}

/** Objects of which only the latest records were read, and which are not searched as a whole. */
function cutObjects(steps: Step[], open: string[]): Set<string> {
  const isOpen = new Set(open)
  const latest = steps.filter(({ step, complete }) => step === 'latest' && !complete)
  return new Set(latest.map(({ object_id }) => object_id).filter((id) => !isOpen.has(id)))
}

const idsOf = (objects: SearchedObject[]): string[] => objects.map(({ object }) => object.id)

/** What every step keeps to: living records of this object that the caller may see and means. */
const visible = ({ tenantId, objects }: Search): RawBuilder<unknown> =>
  sql`r.tenant_id = ${tenantId} and r.object_id = o.id and r.deleted_at is null and ${narrowedTo(objects)}`

/** What a record `r` of one of these objects must fulfil for the caller to see and mean it. */
export function narrowedTo(objects: SearchedObject[]): RawBuilder<unknown> {
  const narrowed = objects.filter(({ conditions }) => conditions.length > 0)
  if (narrowed.length === 0) return sql`true`
  const each = narrowed.map(({ object, conditions }) => sql`(r.object_id = ${object.id} and ${allTrue(conditions)})`)
  return sql`(${sql.join([sql`r.object_id <> all(${idsOf(narrowed)}::uuid[])`, ...each], sql` or `)})`
}

const allTrue = (conditions: RawBuilder<unknown>[]): RawBuilder<unknown> =>
  allOf(conditions.map((one) => sql`(${one})`))

function quickSteps(search: Search): RawBuilder<unknown> {
  return sql.join([...exact(search), titled(search), latest(search)], sql` union all `)
}

/** One row for each of the objects in which the step finds records. */
const stepOf = (step: Step['step'], objects: string[], records: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select o.id as object_id, ${step}::text as step, array_agg(r.id) as ids, false as complete
    from unnest(${objects}::uuid[]) as o (id) cross join lateral (${records}) as r group by o.id`

function exact(search: Search): RawBuilder<unknown>[] {
  const { objects, exact } = search
  const matching = (seeing: SearchedObject[], condition: RawBuilder<unknown>) =>
    stepOf(
      'exact',
      idsOf(seeing),
      sql`select r.id from records r where ${visible(search)} and ${condition} limit ${mostOfObject}`,
    )
  const ways = [matching(objects, sql`r.record_number = any(${exact.numbers}::text[])`)]
  if (exact.email)
    ways.push(
      matching(
        objects.filter(({ sees }) => sees.email),
        sql`r.email = ${exact.email}`,
      ),
    )
  if (exact.phone)
    ways.push(
      matching(
        objects.filter(({ sees }) => sees.phone),
        sql`r.phone = ${exact.phone}`,
      ),
    )
  return ways
}

export const titleBegins = (phrase: string): RawBuilder<unknown> =>
  sql`r.title_key >= ${phrase} and r.title_key < ${phrase + lastCharacter}`

function titled(search: Search): RawBuilder<unknown> {
  return stepOf(
    'titled',
    idsOf(search.objects.filter(({ sees }) => sees.title)),
    sql`select r.id from records r where ${visible(search)} and ${titleBegins(search.phrase)}
      order by r.title_key limit ${mostOfObject}`,
  )
}

/** A word that many records hold is found among the latest of them; an object of few records is read as a whole. */
function latest({ tenantId, objects, terms }: Search): RawBuilder<unknown> {
  const wanted = allOf([...terms.map(foundAnywhere), sql`r.deleted_at is null`, narrowedTo(objects)])
  return sql`select o.id as object_id, 'latest' as step, l.ids[1:${mostOfObject}] as ids, l.read < o.share as complete
    from (
      select w.id, (${fewestRead} + ${latestRead} * coalesce(k.live, 0) / greatest(sum(k.live) over (), 1))::int as share
      from unnest(${idsOf(objects)}::uuid[]) as w (id)
        left join record_counters k on k.tenant_id = ${tenantId} and k.object_id = w.id
    ) as o cross join lateral (
      select count(*) as read, array_agg(r.id order by r.updated_at desc) filter (where ${wanted}) as ids
      from (
        select r.* from records r where r.tenant_id = ${tenantId} and r.object_id = o.id
        order by r.updated_at desc limit o.share
      ) as r
    ) as l`
}

/** All records of these objects, by the index of three letters. */
const within = (search: Search, objects: string[]): RawBuilder<unknown> =>
  sql`select r.id from unnest(${objects}::uuid[]) as o (id) cross join lateral (
    select r.id from records r where ${visible(search)} and ${allOf(search.terms.map(foundAnywhere))} limit ${2 * mostOfObject}
  ) as r`

/** Filters without words: the latest changed records that pass them. */
function listed(search: Search): Query {
  const each = search.objects.map(
    ({
      object,
      conditions,
    }) => sql`(select r.id from records r where r.tenant_id = ${search.tenantId} and r.object_id = ${object.id}
      and r.deleted_at is null and ${allTrue(conditions)} order by r.updated_at desc limit ${mostOfObject})`,
  )
  return plannedForValues(sql.join(each, sql` union all `))
}
