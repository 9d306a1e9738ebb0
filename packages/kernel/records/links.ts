/**
 * Single links, added and removed from either side. A link is the value of the field that holds the relation, so it
 * takes the right to change the record that has the field, and moves that record's version on.
 */
import { mayExpression } from '../access/index.ts'
import { allOf, type Row, sql } from '../database/index.ts'
import { conflict, forbidden, notFound } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { linkedElsewhere, writeError } from './failures.ts'
import { lockRecord } from './lock.ts'
import { readRow } from './read.ts'
import { isSingleAtOtherSide } from './references.ts'
import { relationAccess } from './relations.ts'
import { requireStaying } from './staying.ts'

interface End {
  object: CompiledObject
  id: string
  /** Name of the relation on this side. */
  key: string
  /** Whether a record of this side takes one link only. */
  single: boolean
}

/** The record whose field holds the relation, and the one it points to. */
interface Ends {
  from: End
  to: End
}

function endsOf(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
): Ends {
  const other = context.model.objectById.get(relation.objectId)!
  const here = { object, id, key: relation.key, single: !relation.many }
  const there = { object: other, id: otherId, key: relation.inverse, single: isSingleAtOtherSide(context, relation) }
  return relation.direction === 'out' ? { from: here, to: there } : { from: there, to: here }
}

async function requireChange(
  context: RecordContext,
  object: CompiledObject,
  relation: CompiledRelation,
  ends: Ends,
): Promise<void> {
  if (relationAccess(context, object, relation) !== 'write') {
    throw forbidden(`Your role may read “${relation.key}” but not change it.`)
  }
  await lockRecord(context, ends.from.object, ends.from.id, 'update')
}

/** Links two records. Where a side takes one link only, the new one replaces the old. Linking twice changes nothing. */
export async function addLink(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
): Promise<void> {
  const ends = endsOf(context, object, id, relation, otherId)
  const { from, to } = ends
  await requireChange(context, object, relation, ends)
  await readRow(context, to.object, to.id)
  const noLongerTo = from.single ? await unlinkOthers(context, relation, 'from_id', from.id, 'to_id', to.id) : []
  const noLongerFrom = to.single ? await unlinkOthers(context, relation, 'to_id', to.id, 'from_id', from.id) : []
  await requireMayTakeFrom(context, from.object, noLongerFrom)
  await requireStillLinked(context, relation, from, noLongerFrom)
  if (!(await insertLink(context, relation, ends))) return
  await recordFacts(context, [
    factOf(from, 'linked', noLongerTo, [to.id]),
    factOf(to, 'linked', noLongerFrom, [from.id]),
    ...noLongerTo.map((other) => factOf({ ...to, id: other }, 'unlinked', [from.id], [])),
    ...noLongerFrom.map((other) => factOf({ ...from, id: other }, 'unlinked', [to.id], [])),
  ])
  await moveVersions(context, [from.id, ...noLongerFrom])
  await requireStaying(context, from.object, [from.id, ...noLongerFrom], from.key)
}

/** Takes the other links of the near record away; returns the ids at their far ends. */
async function unlinkOthers(
  context: RecordContext,
  relation: CompiledRelation,
  near: string,
  nearId: string,
  far: string,
  farId: string,
): Promise<string[]> {
  const rows = await context.tx.query<{ id: string }>(sql`delete from links
    where tenant_id = ${context.model.tenantId} and relation_id = ${relation.relationId}
      and ${sql.ref(near)} = ${nearId} and ${sql.ref(far)} <> ${farId} returning ${sql.ref(far)} as id`)
  return rows.map((row) => row.id)
}

/** A link is taken only from records that the caller may change; those in the trash miss it no more. */
async function requireMayTakeFrom(context: RecordContext, object: CompiledObject, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const { model, policy } = context
  const may = allOf([mayExpression(policy, object, 'read', 'r'), mayExpression(policy, object, 'update', 'r')])
  const kept = await context.tx.query(sql`select r.id from records r
    where r.tenant_id = ${model.tenantId} and r.id = any(${ids}::uuid[]) and r.deleted_at is null and not (${may}) limit 1`)
  if (kept.length > 0) throw linkedElsewhere()
}

/** A required relation cannot be emptied, whichever side takes the link away. */
async function requireStillLinked(
  context: RecordContext,
  relation: CompiledRelation,
  { object, key }: End,
  ids: string[],
): Promise<void> {
  if (ids.length === 0 || !object.field.get(key)?.required) return
  const [emptied] = await context.tx.query<{ id: string }>(sql`select t.id from unnest(${ids}::uuid[]) as t(id)
    where not exists (select from links l where l.tenant_id = ${context.model.tenantId}
      and l.relation_id = ${relation.relationId} and l.from_id = t.id) limit 1`)
  if (emptied) {
    throw conflict(`Each of ${object.slug} needs its “${key}”: give it another one instead of taking this one away.`)
  }
}

/** False where the link was there already. */
async function insertLink(context: RecordContext, relation: CompiledRelation, { from, to }: Ends): Promise<boolean> {
  try {
    const added =
      await context.tx.query(sql`insert into links (tenant_id, relation_id, from_id, to_id, from_single, to_single, created_by)
      values (${context.model.tenantId}, ${relation.relationId}, ${from.id}, ${to.id}, ${from.single}, ${to.single}, ${context.actor.userId})
      on conflict (tenant_id, relation_id, from_id, to_id) do nothing returning from_id`)
    return added.length > 0
  } catch (error) {
    throw writeError(from.object, error)
  }
}

export async function removeLink(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
): Promise<void> {
  const ends = endsOf(context, object, id, relation, otherId)
  const { from, to } = ends
  await requireChange(context, object, relation, ends)
  await readRow(context, to.object, to.id)
  const removed = await context.tx.query<Row>(sql`delete from links where tenant_id = ${context.model.tenantId}
    and relation_id = ${relation.relationId} and from_id = ${from.id} and to_id = ${to.id} returning from_id`)
  if (removed.length === 0) throw notFound(`The link to ${otherId}`)
  await requireStillLinked(context, relation, from, [from.id])
  await recordFacts(context, [factOf(from, 'unlinked', [to.id], []), factOf(to, 'unlinked', [from.id], [])])
  await moveVersions(context, [from.id])
  await requireStaying(context, from.object, [from.id], from.key)
}

/**
 * Takes links away that point at records of the object by the relation, as seen from the object, whoever may see them.
 */
export async function unlinkAll(
  context: RecordContext,
  object: CompiledObject,
  relation: CompiledRelation,
  links: { from_id: string; to_id: string }[],
): Promise<void> {
  const { tenantId } = context.model
  const other = context.model.objectById.get(relation.objectId)!
  await context.tx.query(sql`delete from links l
    using jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as gone(from_id uuid, to_id uuid)
    where l.tenant_id = ${tenantId} and l.relation_id = ${relation.relationId}
      and l.from_id = gone.from_id and l.to_id = gone.to_id`)
  const facts = links.flatMap(({ from_id, to_id }) => [
    factOf({ object: other, id: from_id, key: relation.inverse, single: false }, 'unlinked', [to_id], []),
    factOf({ object, id: to_id, key: relation.key, single: false }, 'unlinked', [from_id], []),
  ])
  await recordFacts(context, facts)
  await moveVersions(
    context,
    links.map((link) => link.from_id),
  )
}

interface LinkFact {
  object_id: string
  record_id: string
  action: 'linked' | 'unlinked'
  /** {relation: [ids before, ids after]} */
  changes: Row
  payload: Row
}

function factOf(end: End, action: LinkFact['action'], before: string[], after: string[]): LinkFact {
  const orNull = (ids: string[]) => (ids.length > 0 ? ids : null)
  return {
    object_id: end.object.id,
    record_id: end.id,
    action,
    changes: { [end.key]: [orNull(before), orNull(after)] },
    payload: { relation: end.key, other: after[0] ?? before[0] },
  }
}

/** The histories of all records that a link concerns tell of it. */
async function recordFacts(context: RecordContext, facts: LinkFact[]): Promise<void> {
  const { tenantId } = context.model
  const rows = sql`jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
    as f(object_id uuid, record_id uuid, action text, changes jsonb, payload jsonb)`
  await context.tx.batch([
    sql`insert into audit_entries (tenant_id, id, actor_id, actor_kind, action, object_id, record_id, changes, source, request_id, ip)
        select ${tenantId}, gen_random_uuid(), ${context.actor.userId}, ${context.actor.kind}, f.action, f.object_id, f.record_id,
          f.changes, ${context.source}, ${context.requestId}, ${context.ip} from ${rows}`,
    sql`insert into events (tenant_id, type, object_id, record_id, actor_id, payload)
        select ${tenantId}, 'record.' || f.action, f.object_id, f.record_id, ${context.actor.userId}, f.payload from ${rows}`,
  ])
}

/** Links are part of what a record shows: who edits an older state is told so. */
async function moveVersions(context: RecordContext, ids: string[]): Promise<void> {
  await context.tx.query(sql`update records set version = version + 1, updated_at = now(), updated_by = ${context.actor.userId}
    where tenant_id = ${context.model.tenantId} and id = any(${ids}::uuid[])`)
}
