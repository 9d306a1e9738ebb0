/**
 * Ways over relations, gone from their far end. Whether somebody's country is Norway would otherwise be asked of each
 * record, over all the relations in between; the buildings that stand in Norway are found at once. Knowing them, the
 * database sees how many records they are linked with, and chooses whether it starts from the list or from those.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Condition, Filter, FilterAccess, Hop } from './filter.ts'
import { meaningOf, type Test } from './meaning.ts'
import { column, endsOf, isVisible, type SqlContext, valueToSql } from './to-sql.ts'

/** Where more are found at any stop, the records go the way themselves: most of them will get there. */
const most = 1_000

/** Links that lead to the first stops are counted up to here: so many records are sooner met in a list than gathered. */
export const mostCounted = 5_000

/** The conditions of the filter whose first stops are worth looking for: what their ways end at is found by an index. */
export function conditionsFromAfar(filter: Filter, context: SqlContext): Condition[] {
  if ('and' in filter) return filter.and.flatMap((part) => conditionsFromAfar(part, context))
  if ('or' in filter) return filter.or.flatMap((part) => conditionsFromAfar(part, context))
  if ('not' in filter) return conditionsFromAfar(filter.not, context)
  const isFound = filter.target.kind === 'value' && meaningOf(filter, context).test.kind === 'oneOf'
  return filter.path.length > 0 && isFound ? [filter] : []
}

/**
 * Selects the ids of a condition's first stops as `ids`, null where there are too many, and how many links lead to them as
 * `links`. Each stop asks of its records what the way there asks: that they live and that the caller may read them.
 */
export function firstStopsOf(condition: Condition, context: SqlContext): RawBuilder<unknown> {
  const { path } = condition
  const last = path.length - 1
  const stops = [farEnd(condition, meaningOf(condition, context).test, context.access)]
  for (let index = last - 1; index >= 0; index--) stops.push(stopBefore(path, index, context.access))
  return sql`with ${sql.join(stops)} select case when cardinality(ids) <= ${most} then ids end as ids,
    ${linksTo(path[0]!)} as links from stops_0`
}

/** How many links lead to the first stops. */
function linksTo(hop: Hop): RawBuilder<unknown> {
  const [, there] = endsOf(hop)
  return sql`(select count(*) from (select from links as first
    where first.tenant_id = ${hop.tenantId}::uuid and first.relation_id = ${hop.relation.relationId}::uuid
      and ${column('first', there)} = any(stops_0.ids) limit ${mostCounted}) as counted)`
}

const stopName = (index: number) => `stop_${index}`

function farEnd({ path, target }: Condition, test: Test, access: FilterAccess | undefined): RawBuilder<unknown> {
  const last = path.length - 1
  const [hop, stop] = [path[last]!, stopName(last)]
  if (target.kind !== 'value') throw new TypeError('A way from afar ends at a value.')
  return sql`${sql.id(`stops_${last}`)} as materialized (select array(
    select ${column(stop, 'id')} from records as ${sql.id(stop)}
    where ${column(stop, 'object_id')} = ${hop.object.id}::uuid and ${isVisible(hop, stop, access)}
      and ${valueToSql(target, test, stop)}
    limit ${most + 1}) as ids)`
}

/** The records that are linked with those of the stop after it; `offset 0` keeps each a look into an index, see `isLinked`. */
function stopBefore(path: Hop[], index: number, access: FilterAccess | undefined): RawBuilder<unknown> {
  const [hop, next] = [path[index]!, path[index + 1]!]
  const [here, there] = endsOf(next)
  const [stop, link, after] = [stopName(index), `${stopName(index)}_link`, sql.id(`stops_${index + 1}`)]
  return sql`${sql.id(`stops_${index}`)} as materialized (select case when cardinality(ids) <= ${most} then array(
    select ${column(link, here)} from links as ${sql.id(link)}
    where ${column(link, 'tenant_id')} = ${hop.tenantId}::uuid
      and ${column(link, 'relation_id')} = ${next.relation.relationId}::uuid
      and ${column(link, there)} = any(${after}.ids)
      and exists (
        select 1 from records as ${sql.id(stop)}
        where ${column(stop, 'id')} = ${column(link, here)} and ${isVisible(hop, stop, access)} offset 0)
    limit ${most + 1}) end as ids from ${after})`
}
