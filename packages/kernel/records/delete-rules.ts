/**
 * What becomes of the records that point at one which goes to the trash: each relation says whether they keep the link,
 * lose it, go along, or forbid the deletion. The rule is the workspace's, so it holds for records the caller cannot see.
 */
import { systemPolicy } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import { type AppError, conflict } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { unlinkAll } from './links.ts'
import { lockRecords } from './lock.ts'
import { trashStatement } from './write.ts'

interface Pointer extends Row {
  relation_id: string
  /** The record that points. */
  from_id: string
  /** The record that is to be deleted. */
  to_id: string
}

/** One deletion takes at most so many others with it: more than that is a mistake in the model or in the click. */
const maxCascade = 10_000

/**
 * Applies the rules for records that are about to be deleted, which the transaction has locked. Returns the ones that
 * may not go, with the reason; the caller deletes the others.
 *
 * @param doomed all that is being deleted, when these go along with others: records may point at each other in a circle.
 */
export async function applyDeleteRules(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  doomed: ReadonlySet<string> = new Set(ids),
): Promise<Map<string, AppError>> {
  const rules = new Map(
    object.relations
      .filter((relation) => relation.direction === 'in' && relation.onDelete !== 'keep')
      .map((relation) => [relation.relationId, relation]),
  )
  if (rules.size === 0 || ids.length === 0) return new Map()
  const pointers = await pointersTo(context, [...rules.keys()], ids, doomed)
  const refused = refusals(object, rules, pointers)
  const going = pointers.filter((pointer) => !refused.has(pointer.to_id))
  for (const relation of rules.values()) {
    const own = going.filter((pointer) => pointer.relation_id === relation.relationId)
    if (own.length === 0) continue
    if (relation.onDelete === 'clear') await unlinkAll(context, object, relation, own)
    if (relation.onDelete === 'cascade') await deleteAlong(context, relation, own, doomed)
  }
  return refused
}

/** Living records that point at these, but for those that are deleted together with them. */
function pointersTo(
  context: RecordContext,
  relationIds: string[],
  ids: string[],
  doomed: ReadonlySet<string>,
): Promise<Pointer[]> {
  const { tenantId } = context.model
  return context.tx.query<Pointer>(sql`select l.relation_id, l.from_id, l.to_id
    from links l join records r on r.tenant_id = ${tenantId} and r.id = l.from_id and r.deleted_at is null
    where l.tenant_id = ${tenantId} and l.to_id = any(${ids}::uuid[]) and l.relation_id = any(${relationIds}::uuid[])
      and l.from_id <> all(${[...doomed]}::uuid[]) order by l.from_id`)
}

/** Names the objects that still point, never the records or how many: some may be hidden from the caller. */
function refusals(
  object: CompiledObject,
  rules: Map<string, CompiledRelation>,
  pointers: Pointer[],
): Map<string, AppError> {
  const refused = new Map<string, AppError>()
  for (const { to_id, relation_id } of pointers) {
    const relation = rules.get(relation_id)!
    if (relation.onDelete !== 'refuse') continue
    const reason = `The record is still the “${relation.inverse}” of some of ${relation.object}. Give those another of ${object.slug} first.`
    refused.set(to_id, conflict(reason, { details: [{ field: relation.key, message: 'still points here' }] }))
  }
  return refused
}

async function deleteAlong(
  context: RecordContext,
  relation: CompiledRelation,
  pointers: Pointer[],
  doomed: ReadonlySet<string>,
): Promise<void> {
  const other = context.model.objectById.get(relation.objectId)!
  const everybody = { ...context, policy: { ...systemPolicy(context.model), userId: context.policy.userId } }
  const ids = [...new Set(pointers.map((pointer) => pointer.from_id))]
  if (ids.length > maxCascade) {
    throw conflict(
      `More than ${maxCascade.toLocaleString('en')} of ${other.slug} would be deleted along. Delete those first.`,
    )
  }
  const locked = [...(await lockRecords(everybody, other, ids)).keys()]
  const [refusal] = (await applyDeleteRules(everybody, other, locked, new Set([...doomed, ...locked]))).values()
  if (refusal) throw refusal
  const records = locked.map((id) => ({ id, uniques: [] }))
  if (records.length > 0) await context.tx.query(trashStatement(everybody, other, records, 'deleted'))
}
