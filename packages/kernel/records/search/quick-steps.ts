/** The steps of a search for which few records have to be read, however many there are. */
import { allOf, type Query, type RawBuilder, sql, walkingAlong } from '../../database/index.ts'
import { foundAnywhere, foundBegun, foundWhole } from './conditions.ts'
import {
  begins,
  idsOf,
  isConditional,
  limitedTo,
  mostOfObject,
  narrowedTo,
  type Search,
  type SearchedObject,
  stepOf,
  visible,
} from './searched.ts'

/** How many of the latest changed records are read over all objects, shared out by their sizes, and of a small one. */
const latestRead = 700
const fewestRead = 60
/** Of titles that begin so, at most so many are asked whether they are meant otherwise as well. */
const titlesRead = 100

/** Numbers and addresses, titles that begin so, and the latest changed records. Its rows are `Step`s. */
export const quickSteps = (search: Search): Query =>
  walkingAlong(sql.join([...exact(search), titled(search), latest(search)], sql` union all `))

/** The latest changed records alone, for filters without words: whatever passes among them is the latest that does. */
export const latestOnly = (search: Search): Query => walkingAlong(latest(search))

const among = (objects: SearchedObject[]): RawBuilder<unknown> => sql`unnest(${idsOf(objects)}::uuid[]) as o (id)`

function exact({ tenantId, objects, exact }: Search): RawBuilder<unknown>[] {
  const matching = (seeing: SearchedObject[], condition: RawBuilder<unknown>) =>
    stepOf(
      'exact',
      among(seeing),
      sql`select r.id from records r where r.tenant_id = ${tenantId} and r.object_id = o.id and ${condition}
        and ${visible(objects)} limit ${mostOfObject}`,
    )
  const ways = [matching(objects, sql`r.record_number = any(${exact.numbers}::text[])`)]
  const [seeEmail, seePhone] = [objects.filter(({ sees }) => sees.email), objects.filter(({ sees }) => sees.phone)]
  if (exact.emails.length > 0) ways.push(matching(seeEmail, sql`r.email = any(${exact.emails}::text[])`))
  if (exact.emailBegun) ways.push(matching(seeEmail, begins(sql`(r.email collate "C")`, exact.emailBegun)))
  if (exact.phone) ways.push(matching(seePhone, sql`r.phone = ${exact.phone}`))
  return ways
}

function titled({ tenantId, objects, phrase }: Search): RawBuilder<unknown> {
  return stepOf(
    'titled',
    among(objects.filter(({ sees }) => sees.title)),
    sql`select r.id from (
        select r.* from records r
        where r.tenant_id = ${tenantId} and r.object_id = o.id and ${begins(sql`r.title_key`, phrase)}
        order by r.title_key limit ${titlesRead}
      ) as r where ${visible(objects)} limit ${mostOfObject}`,
  )
}

/** A word that many records hold is found among the latest of them; an object of few records is read as a whole. */
function latest(search: Search): RawBuilder<unknown> {
  const { tenantId, objects, terms } = search
  const wanted = allOf([...terms.map((term) => foundAnywhere(term)), sql`r.deleted_at is null`, narrowedTo(objects)])
  const begun = allOf(terms.map(foundBegun))
  const known = isConditional(search) ? knownAs(begun, search) : sql`null::text`
  // `offset 0` keeps what is wanted from being asked of each record once for every column.
  return sql`select o.id as object_id, 'latest' as step, l.ids[1:${mostOfObject}] as ids, l.begun, l.read < o.share as complete, l.known
    from (
      select w.id, (${fewestRead} + ${latestRead} * coalesce(k.live, 0) / greatest(sum(k.live) over (), 1))::int as share
      from unnest(${idsOf(objects)}::uuid[]) as w (id)
        left join record_counters k on k.tenant_id = ${tenantId} and k.object_id = w.id
    ) as o cross join lateral (
      select count(*) as read, array_agg(r.id order by r.updated_at desc) filter (where r.wanted) as ids,
        (count(*) filter (where r.wanted and ${begun}))::int as begun, ${known} as known
      from (
        select r.*, ${wanted} as wanted
        from (
          select r.* from records r where r.tenant_id = ${tenantId} and r.object_id = o.id
          order by r.updated_at desc limit o.share
        ) as r offset 0
      ) as r
    ) as l`
}

/** How the read records that the caller may see hold what was typed, whatever was written beside it. */
function knownAs(begun: RawBuilder<unknown>, { objects, terms }: Search): RawBuilder<unknown> {
  const seen = limitedTo(objects)
  return sql`case when bool_or(${allOf(terms.map(foundWhole))} and ${seen}) then 'whole'
    when bool_or(${begun} and ${seen}) then 'begun' end`
}
