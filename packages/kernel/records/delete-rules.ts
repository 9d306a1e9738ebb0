/**
 * What becomes of the records that point at one which goes to the trash: each relation says whether they keep the link,
 * lose it, go along, or forbid the deletion. The rule is the workspace's, so it holds for records the caller cannot see.
 * Who goes along is worked out first, level by level and in whatever circles they point at each other; then it is asked
 * who forbids it, and only then is anything changed.
 */
import { type AccessPolicy, systemPolicy } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import { type AppError, conflict } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { type LinkSide, linkSide } from './link-facts.ts'
import { carryOutLinks } from './link-plan.ts'
import { lockRecords } from './lock.ts'
import { trashStatement } from './write.ts'

interface Pointer extends Row {
  relation_id: string
  /** The record that points. */
  from_id: string
  /** The record that is to be deleted. */
  to_id: string
  /** Of the record that points. */
  object_id: string
}

/** One deletion takes at most so many others with it: more than that is a mistake in the model or in the click. */
const maxCascade = 10_000

/**
 * Applies the rules for records that are about to be deleted, which the transaction has locked. Returns the ones that
 * may not go, with the reason; the caller deletes the others.
 */
export async function applyDeleteRules(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
): Promise<Map<string, AppError>> {
  const refused = new Map<string, AppError>()
  const isRuled = object.relations.some(({ direction, onDelete }) => direction === 'in' && onDelete !== 'keep')
  let going = isRuled ? ids : []
  while (going.length > 0) {
    const doomed = await gatherHeld(context, object, going)
    const pointers = await pointersFromOutside(context, doomed)
    const reasons = refusals(context, doomed, pointers)
    if (reasons.size === 0) {
      await clear(context, pointers)
      await deleteAlong(context, doomed)
      break
    }
    for (const [id, reason] of reasons) refused.set(id, reason)
    going = going.filter((id) => !reasons.has(id))
  }
  return refused
}

/** All that goes: the records the caller deletes (roots), and those that go along with them. */
class Doomed {
  readonly roots: Set<string>
  readonly objectOf = new Map<string, string>()
  private readonly pointsAt = new Map<string, string[]>()

  constructor(object: CompiledObject, roots: string[]) {
    this.roots = new Set(roots)
    for (const id of roots) this.objectOf.set(id, object.id)
  }

  /** Takes over who points at the doomed; returns those who are new. */
  add(pointers: Pointer[]): string[] {
    const fresh = new Set<string>()
    for (const { from_id, to_id, object_id } of pointers) {
      this.pointsAt.set(from_id, [...(this.pointsAt.get(from_id) ?? []), to_id])
      if (this.objectOf.has(from_id)) continue
      this.objectOf.set(from_id, object_id)
      fresh.add(from_id)
    }
    return [...fresh]
  }

  /** The roots that take the record along. */
  rootsOf(id: string): string[] {
    const seen = new Set([id])
    for (const one of seen) for (const next of this.pointsAt.get(one) ?? []) seen.add(next)
    return [...seen].filter((one) => this.roots.has(one))
  }

  /** Those who go along, by the object they are of. */
  along(): Map<string, string[]> {
    const ids = [...this.objectOf.keys()].filter((id) => !this.roots.has(id))
    return Map.groupBy(ids, (id) => this.objectOf.get(id)!)
  }
}

/** Every relation of the workspace with one of these rules, as its field has it, by id. */
function sidesWith({ model }: RecordContext, rules: string[]): Map<string, LinkSide> {
  const held = model.objects.flatMap((object) =>
    object.relations
      .filter(({ direction, onDelete }) => direction === 'out' && rules.includes(onDelete))
      .map((relation) => [relation.relationId, linkSide(model, object, relation)] as const),
  )
  return new Map(held)
}

/** Holds those that go along as well, so that nobody links to them from now on; what did so before goes along too. */
async function gatherHeld(context: RecordContext, object: CompiledObject, roots: string[]): Promise<Doomed> {
  for (let held = 0; ; ) {
    const doomed = await gather(context, object, roots)
    const along = [...doomed.along().values()].flat()
    if (along.length === held) return doomed
    held = along.length
    await context.tx.query(sql`select r.id from records r where r.tenant_id = ${context.model.tenantId}
      and r.id = any(${along}::uuid[]) order by r.id for update of r`)
  }
}

/** One statement for each level. */
async function gather(context: RecordContext, object: CompiledObject, roots: string[]): Promise<Doomed> {
  const { tenantId } = context.model
  const relationIds = [...sidesWith(context, ['cascade']).keys()]
  const doomed = new Doomed(object, roots)
  let frontier = relationIds.length > 0 ? roots : []
  while (frontier.length > 0) {
    const pointers = await context.tx.query<Pointer>(sql`select l.relation_id, l.from_id, l.to_id, r.object_id
      from links l join records r on r.tenant_id = ${tenantId} and r.id = l.from_id and r.deleted_at is null
      where l.tenant_id = ${tenantId} and l.to_id = any(${frontier}::uuid[]) and l.relation_id = any(${relationIds}::uuid[])
      order by l.from_id limit ${maxCascade + 1}`)
    frontier = doomed.add(pointers)
    if (pointers.length > maxCascade || doomed.objectOf.size - doomed.roots.size > maxCascade) {
      const slug = context.model.objectById.get(pointers[0]!.object_id)!.slug
      throw conflict(
        `More than ${maxCascade.toLocaleString('en')} records, ${slug} among them, would be deleted along. Delete those first.`,
      )
    }
  }
  return doomed
}

type OutsidePointer = Pointer & {
  /** Nothing else stands in the relation of the record that points. */
  last: boolean
}

/** Living records that point at the doomed without going along, by relations that have something to say of it. */
async function pointersFromOutside(context: RecordContext, doomed: Doomed): Promise<OutsidePointer[]> {
  const { tenantId } = context.model
  const relationIds = [...sidesWith(context, ['refuse', 'clear']).keys()]
  if (relationIds.length === 0) return []
  const ids = [...doomed.objectOf.keys()]
  return context.tx.query<OutsidePointer>(sql`select l.relation_id, l.from_id, l.to_id, r.object_id,
      not exists (select from links o where o.tenant_id = ${tenantId} and o.relation_id = l.relation_id
        and o.from_id = l.from_id and o.to_id <> all(${ids}::uuid[])) as last
    from links l join records r on r.tenant_id = ${tenantId} and r.id = l.from_id and r.deleted_at is null
    where l.tenant_id = ${tenantId} and l.to_id = any(${ids}::uuid[]) and l.relation_id = any(${relationIds}::uuid[])
      and l.from_id <> all(${ids}::uuid[]) order by l.from_id`)
}

/**
 * Why roots may not go. A required relation is not cleared of its last link: that forbids the deletion as well. Names
 * the objects that still point, never the records or how many: some may be hidden from the caller.
 */
function refusals(context: RecordContext, doomed: Doomed, pointers: OutsidePointer[]): Map<string, AppError> {
  const sides = sidesWith(context, ['refuse', 'clear'])
  const refused = new Map<string, AppError>()
  for (const { to_id, relation_id, last } of pointers) {
    const { relation, holder, key, inverse, required } = sides.get(relation_id)!
    if (relation.onDelete === 'clear' && !(required && last)) continue
    const { slug } = context.model.objectById.get(doomed.objectOf.get(to_id)!)!
    for (const root of doomed.rootsOf(to_id)) {
      const which = root === to_id ? 'The record' : `One of ${slug}, which would be deleted along,`
      const reason = `${which} is still the “${key}” of some of ${holder.slug}. Give those another of ${slug} first.`
      refused.set(root, conflict(reason, { details: [{ field: inverse, message: 'still points here' }] }))
    }
  }
  return refused
}

async function clear(context: RecordContext, pointers: OutsidePointer[]): Promise<void> {
  const sides = sidesWith(context, ['clear'])
  const holders = pointers.filter(({ relation_id }) => sides.has(relation_id)).map(({ from_id }) => from_id)
  if (holders.length > 0) {
    await context.tx.query(sql`select r.id from records r where r.tenant_id = ${context.model.tenantId}
      and r.id = any(${holders}::uuid[]) order by r.id for no key update of r`)
  }
  for (const [relationId, links] of Map.groupBy(pointers, (pointer) => pointer.relation_id)) {
    const side = sides.get(relationId)
    const removed = links.map(({ from_id, to_id }) => ({ from_id, to_id, index: 0 }))
    if (side) await carryOutLinks(context, { side, added: [], removed })
  }
}

/** The records that go along remember with whom, and come back with it. */
async function deleteAlong(context: RecordContext, doomed: Doomed): Promise<void> {
  const everybody = asEverybody(context)
  for (const [objectId, ids] of doomed.along()) {
    const object = context.model.objectById.get(objectId)!
    const locked = [...(await lockRecords(everybody, object, ids)).keys()]
    const records = locked.map((id) => ({ id, uniques: [], takenBy: doomed.rootsOf(id)[0] }))
    if (records.length > 0) await context.tx.query(trashStatement(everybody, object, records, 'deleted'))
  }
}

/** The caller, with the rights that the rules of the workspace have. */
export const asEverybody = <C extends RecordContext>(context: C): C => {
  const policy: AccessPolicy = { ...systemPolicy(context.model), userId: context.policy.userId }
  return { ...context, policy }
}
