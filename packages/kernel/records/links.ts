/** Single links, added and removed from either side. */
import { requireAction } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import { notFound, validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { writeError } from './failures.ts'
import { lockRecord } from './lock.ts'
import { readRow } from './read.ts'
import { isSingleAtOtherSide } from './references.ts'

/** The relation of that name on this object, as far as the caller may know of it. */
export function findRelation(context: RecordContext, object: CompiledObject, key: string): CompiledRelation {
  const relation = object.relation.get(key)
  const other = relation && context.model.objectById.get(relation.objectId)
  if (!relation || !other || !context.policy.objects.has(other.slug))
    throw notFound(`The relation “${key}” of ${object.slug}`)
  return relation
}

/** Links two records. Where a side takes one link only, the new one replaces the old. Linking twice changes nothing. */
export async function addLink(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
): Promise<void> {
  const other = context.model.objectById.get(relation.objectId)!
  if (id === otherId) throw validationError([{ field: relation.key, message: 'cannot link a record to itself' }])
  await lockRecord(context, object, id, 'update')
  await readRow(context, other, otherId)
  const outgoing = relation.direction === 'out'
  const ends = { from: outgoing ? id : otherId, to: outgoing ? otherId : id }
  const singleHere = !relation.many
  const singleThere = isSingleAtOtherSide(context, relation)
  const single = { from: outgoing ? singleHere : singleThere, to: outgoing ? singleThere : singleHere }
  if (single.from) await removeOthers(context, relation, 'from_id', ends.from, 'to_id', ends.to)
  if (single.to) await removeOthers(context, relation, 'to_id', ends.to, 'from_id', ends.from)
  try {
    const added =
      await context.tx.query(sql`insert into links (tenant_id, relation_id, from_id, to_id, from_single, to_single, created_by)
      values (${context.model.tenantId}, ${relation.relationId}, ${ends.from}, ${ends.to}, ${single.from}, ${single.to}, ${context.actor.userId})
      on conflict (tenant_id, relation_id, from_id, to_id) do nothing returning from_id`)
    if (added.length > 0) await recordLinkFacts(context, object, id, relation, otherId, 'linked')
  } catch (error) {
    throw writeError(object, error)
  }
}

async function removeOthers(
  context: RecordContext,
  relation: CompiledRelation,
  near: string,
  nearId: string,
  far: string,
  farId: string,
): Promise<void> {
  await context.tx.query(sql`delete from links where tenant_id = ${context.model.tenantId} and relation_id = ${relation.relationId}
    and ${sql.ref(near)} = ${nearId} and ${sql.ref(far)} <> ${farId}`)
}

export async function removeLink(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
): Promise<void> {
  await lockRecord(context, object, id, 'update')
  const other = context.model.objectById.get(relation.objectId)!
  requireAction(context.policy, other, 'read')
  const [from, to] = relation.direction === 'out' ? [id, otherId] : [otherId, id]
  const removed = await context.tx.query<Row>(sql`delete from links where tenant_id = ${context.model.tenantId}
    and relation_id = ${relation.relationId} and from_id = ${from} and to_id = ${to} returning from_id`)
  if (removed.length === 0) throw notFound(`The link to ${otherId}`)
  await recordLinkFacts(context, object, id, relation, otherId, 'unlinked')
}

/** The history of both records tells of the link. */
async function recordLinkFacts(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
  action: 'linked' | 'unlinked',
): Promise<void> {
  const { tenantId } = context.model
  const sides = [
    { object_id: object.id, record_id: id, key: relation.key, other_id: otherId },
    { object_id: relation.objectId, record_id: otherId, key: relation.inverse, other_id: id },
  ]
  const pair =
    action === 'linked'
      ? sql`jsonb_build_array(null, jsonb_build_array(s.other_id))`
      : sql`jsonb_build_array(jsonb_build_array(s.other_id), null)`
  const sideRows = sql`jsonb_to_recordset(${JSON.stringify(sides)}::jsonb) as s(object_id uuid, record_id uuid, key text, other_id uuid)`
  await context.tx.batch([
    sql`insert into audit_entries (tenant_id, id, actor_id, actor_kind, action, object_id, record_id, changes, source, request_id, ip)
        select ${tenantId}, gen_random_uuid(), ${context.actor.userId}, ${context.actor.kind}, ${action}, s.object_id, s.record_id,
          jsonb_build_object(s.key, ${pair}), ${context.source}, ${context.requestId}, ${context.ip} from ${sideRows}`,
    sql`insert into events (tenant_id, type, object_id, record_id, actor_id, payload)
        select ${tenantId}, ${`record.${action}`}, s.object_id, s.record_id, ${context.actor.userId},
          jsonb_build_object('relation', s.key, 'other', s.other_id) from ${sideRows}`,
  ])
}
