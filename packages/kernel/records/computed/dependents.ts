/** Finds and locks the records whose computed values a change calls for. Statements go by links only, never by row. */
import { type RawBuilder, type Row, sql } from '../../database/index.ts'
import type { ComputedField, ComputedGraph, Step } from '../../expressions/index.ts'
import type { RecordContext } from '../context.ts'
import type { RecordData } from '../project.ts'
import type { Changes } from './changes.ts'
import type { Route } from './deferred-work.ts'

/**
 * The ways by which changes reach a computed field; none where they do not. Over one link nobody has to look from a new
 * record: it has only links that the transaction has made, whose other ends it has noted as well.
 */
export function routesOf({ triggers }: ComputedField, changes: Changes): Route[] {
  return triggers.flatMap(({ objectId, keys, back }) => {
    const changed = changes.having(objectId, keys)
    const ids = back.length === 1 ? changed.filter((id) => !changes.isNew(id)) : changed
    return ids.length > 0 ? [{ back, ids }] : []
  })
}

const ends = ({ direction }: Step): [near: string, far: string] =>
  direction === 'out' ? ['from_id', 'to_id'] : ['to_id', 'from_id']

/** Selects as `id` what lies at the end of the steps, begun at these records. */
function walked(tenantId: string, steps: Step[], ids: string[]): RawBuilder<unknown> {
  if (steps.length === 0) return sql`select unnest(${ids}::uuid[]) as id`
  const hops = steps.map((step, index) => {
    const [near, far] = ends(step)
    const isHere = index === 0 ? sql`= any(${ids}::uuid[])` : sql`= ${sql.id(`l${index - 1}`)}.id`
    return sql`lateral (select links.${sql.ref(far)} as id from links where links.tenant_id = ${tenantId}
      and links.relation_id = ${step.relationId} and links.${sql.ref(near)} ${isHere} offset 0) as ${sql.id(`l${index}`)}`
  })
  return sql`select ${sql.id(`l${steps.length - 1}`)}.id from ${sql.join(hops, sql`, `)}`
}

/** Ids of dependents in their order, beginning after one of them. */
export function dependentsStatement(
  { model }: RecordContext,
  routes: Route[],
  { after, limit }: { after?: string; limit: number },
): RawBuilder<unknown> {
  const found = routes.map(({ back, ids }) => walked(model.tenantId, back, ids))
  return sql`select found.id from (${sql.join(found, sql` union `)}) as found
    ${after ? sql`where found.id > ${after}::uuid` : sql``} order by found.id limit ${limit}`
}

/** The same without asking the database where the changed records themselves are meant. */
export function dependentsAtHand(routes: Route[]): string[] | undefined {
  if (routes.some(({ back }) => back.length > 0)) return undefined
  return [...new Set(routes.flatMap(({ ids }) => ids))].sort()
}

export interface LockedTarget extends Row {
  id: string
  object_id: string
  data: RecordData
}

/**
 * Locks the records, in the order of their ids, and reads them as they are once nobody else changes them. Those in the
 * trash are among them: their values are kept up to date too.
 */
export const lockStatement = ({ model }: RecordContext, ids: string[]): RawBuilder<unknown> =>
  sql`select r.id, r.object_id, r.data from records r
    where r.tenant_id = ${model.tenantId} and r.id = any(${ids}::uuid[]) order by r.id for no key update of r`

/**
 * Holds still what new links lead to. Whoever changes such a record at the same time does not see the links yet, so
 * would not find the record that this transaction is about to work out: one of the two has to wait for the other. Gives
 * the statements that do it, which go ahead of the next round trip.
 *
 * @param ask a statement that finds what lies further along the way.
 */
export async function anchorsHeld(
  context: RecordContext,
  graph: ComputedGraph,
  changes: Changes,
  ask: (statement: RawBuilder<unknown>) => Promise<{ id: string }[]>,
): Promise<RawBuilder<unknown>[]> {
  const { tenantId } = context.model
  const anchors = graph.fields.flatMap((one) => (one.rank > 0 ? one.anchors : []))
  const reached = anchors.map((anchor) => ({ ...anchor, ids: changes.having(anchor.objectId, new Set([anchor.key])) }))
  // Nobody else sees a new record, so it holds still by itself.
  const ids = new Set(reached.flatMap((anchor) => anchor.ids.filter((id) => !changes.isNew(id))))
  const further = reached.flatMap(({ ids: from, ahead }) =>
    from.length === 0 ? [] : ahead.map((_, index) => walked(tenantId, ahead.slice(0, index + 1), from)),
  )
  if (further.length > 0) {
    for (const row of await ask(sql`${sql.join(further, sql` union `)}`)) ids.add(row.id)
  }
  if (ids.size === 0) return []
  // What is computed itself may have to be written in a moment: a shared lock would then make two wait for each other.
  const computed = [...graph.byObject].filter(([, fields]) => fields.some(({ rank }) => rank > 0)).map(([id]) => id)
  const held = sql`select r.id from records r where r.tenant_id = ${tenantId} and r.id = any(${[...ids]}::uuid[])`
  return [
    sql`${held} and r.object_id = any(${computed}::uuid[]) order by r.id for no key update of r`,
    sql`${held} and r.object_id <> all(${computed}::uuid[]) order by r.id for share of r`,
  ]
}
