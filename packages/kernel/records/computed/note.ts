/**
 * Where the statements that write records and links tell what they change. What follows from it is settled before the
 * transaction ends, if not earlier.
 */
import { sql } from '../../database/index.ts'
import { computedGraph, existence } from '../../expressions/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { pendingChanges } from './changes.ts'
import { settle } from './settle.ts'

function note(context: RecordContext, recordId: string, objectId: string | undefined, keys: string[]): void {
  const changes = pendingChanges(context.tx)
  if (changes.isEmpty) changes.withdraw = context.tx.beforeEnd(() => settle(context, {}, { isLast: true }))
  changes.add(recordId, objectId, keys)
}

/** Records that were made; new children of a parent add to it without all others being looked at. */
export function noteNew(context: RecordContext, object: CompiledObject, ids: string[]): void {
  if (!computedGraph(context.model).watched.get(object.id)?.has(existence)) return
  for (const id of ids) {
    note(context, id, object.id, [existence])
    pendingChanges(context.tx).addNew(id)
  }
}

/** Records that were deleted or brought back. */
export function noteExistence(context: RecordContext, object: CompiledObject, ids: string[]): void {
  if (!computedGraph(context.model).watched.get(object.id)?.has(existence)) return
  for (const id of ids) note(context, id, object.id, [existence])
}

/** Records with {key: [before, after]}, or {key: value} of new ones, and the keys of formulas that followed. */
export function noteValues(
  context: RecordContext,
  object: CompiledObject,
  records: { id: string; changes: Record<string, unknown>; derived: string[] }[],
): void {
  const graph = computedGraph(context.model)
  if (graph.watched.size === 0) return
  const watched = graph.watched.get(object.id)
  for (const { id, changes, derived } of records) {
    const keys = [...Object.keys(changes), ...derived].filter((key) => watched?.has(key))
    if (keys.length > 0) note(context, id, object.id, keys)
    noteOtherEnds(context, object, changes)
  }
}

/** The records at the other sides of links that a change makes or takes away. */
function noteOtherEnds(context: RecordContext, object: CompiledObject, changes: Record<string, unknown>): void {
  for (const { key, inverse } of object.relations) {
    if (!(key in changes) || !isWatched(context, inverse)) continue
    for (const id of [changes[key]].flat(2)) if (typeof id === 'string') note(context, id, undefined, [inverse])
  }
}

/** Links that were made or taken away, as both of their ends tell of them. */
export function noteLinks(
  context: RecordContext,
  facts: { record_id: string; changes: Record<string, unknown> }[],
): void {
  for (const { record_id, changes } of facts) {
    const keys = Object.keys(changes).filter((key) => isWatched(context, key))
    if (keys.length > 0) note(context, record_id, undefined, keys)
  }
}

/** The records that are linked with sample records, which are about to be removed for good. */
export async function noteSamplesGoing(context: RecordContext): Promise<void> {
  const { model, tx } = context
  if (computedGraph(model).watched.size === 0) return
  const { tenantId } = model
  const links = await tx.query<{ relation_id: string; from_id: string; to_id: string }>(sql`
    select l.relation_id, l.from_id, l.to_id from records r join links l on l.tenant_id = ${tenantId} and l.from_id = r.id
    where r.tenant_id = ${tenantId} and r.sample
    union select l.relation_id, l.from_id, l.to_id from records r join links l on l.tenant_id = ${tenantId} and l.to_id = r.id
    where r.tenant_id = ${tenantId} and r.sample`)
  const outgoing = model.objects.flatMap((object) => object.relations.filter(({ direction }) => direction === 'out'))
  const relations = new Map(outgoing.map((relation) => [relation.relationId, relation]))
  for (const { relation_id, from_id, to_id } of links) {
    const relation = relations.get(relation_id)
    if (!relation) continue
    noteLinks(context, [
      { record_id: from_id, changes: { [relation.key]: to_id } },
      { record_id: to_id, changes: { [relation.inverse]: from_id } },
    ])
  }
}

/** Whether anything is made of what any object has under this name. */
const isWatched = ({ model }: RecordContext, key: string): boolean =>
  computedGraph(model)
    .watched.values()
    .some((keys) => keys.has(key))
