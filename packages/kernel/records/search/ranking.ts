/** The order in which found records are shown, and how they match. */
import { allOf, compile, type RawBuilder, type Statement, sql } from '../../database/index.ts'
import { anyForm, escaped } from './conditions.ts'
import { begins, type Search, type SearchedObject } from './searched.ts'

/**
 * How a record matches, the best first: by the start of its title, of a word in it, of a word elsewhere, or inside one: of its
 * title, so that somebody comes before the messages to them, or elsewhere.
 */
export const ranks = ['exact', 'title', 'word', 'field', 'within', 'within', 'listed'] as const

/** Of each object so many come before the best of others, so that no object hides the rest. */
const shownOfEach = 4

export interface RankedRow {
  id: string
  object_id: string
  title: string
  record_number: string
  email: string | null
  phone: string | null
  data: Record<string, unknown>
  rank: number
  /** How many of its object were found. */
  found: number
}

/** Of the candidates, the best; among equals those that the caller opened lately, then those that changed lately. */
export function best(search: Search, ids: string[], limit: number): Statement {
  const { tenantId, userId } = search
  return compile(sql`with ranked as (
      select r.id, r.object_id, r.updated_at, v.opened_at, ${rankOf(search)} as rank
      from unnest(${ids}::uuid[]) as c (id) join records r on r.tenant_id = ${tenantId} and r.id = c.id and r.deleted_at is null
        left join record_visits v on v.tenant_id = ${tenantId} and v.user_id = ${userId} and v.record_id = c.id
    ),
    placed as (
      select *, count(*) over (partition by object_id)::int as found,
        row_number() over (partition by object_id order by ${order}) as place
      from ranked
    ),
    chosen as (select * from placed order by place > ${shownOfEach}, ${order}, id desc limit ${limit})
    select r.id, r.object_id, r.title, r.record_number, r.email, r.phone, r.data, p.rank, p.found
    from chosen p join records r on r.tenant_id = ${tenantId} and r.id = p.id
    order by p.rank, p.opened_at desc nulls last, p.updated_at desc, p.id desc`)
}

const order = sql`rank, opened_at desc nulls last, updated_at desc`

/** Places in `ranks`, by how the record matches and not by which step found it. */
function rankOf(search: Search): RawBuilder<unknown> {
  const { objects, terms, phrase, exact } = search
  if (terms.length === 0) return sql`${ranks.indexOf('listed')}::int`
  const seeing = (what: keyof SearchedObject['sees']) =>
    sql`r.object_id = any(${objects.filter(({ sees }) => sees[what]).map(({ object }) => object.id)}::uuid[])`
  const inTitle = (part: string) => sql`(' ' || r.title_key) like ${`% ${escaped(part)}%`}`
  const insideTitle = (part: string) => sql`r.title_key like ${`%${escaped(part)}%`}`
  const inText = (part: string) => sql`(' ' || r.search) like ${`% ${escaped(part)}%`}`
  return sql`case when r.record_number = any(${exact.numbers}::text[])
      or (${seeing('email')} and r.email = any(${exact.emails}::text[])) or (${seeing('phone')} and r.phone = ${exact.phone}::text)
      or (${seeing('title')} and r.title_key = ${phrase}) then 0
    when ${seeing('title')} and ${begins(sql`r.title_key`, phrase)} then 1
    when ${seeing('title')} and ${allOf(terms.map((term) => anyForm(term, inTitle)))} then 2
    when ${seeing('text')} and ${allOf(terms.map((term) => anyForm(term, inText)))} then 3
    when ${seeing('title')} and ${allOf(terms.map((term) => anyForm(term, insideTitle)))} then 4
    else 5 end`
}
