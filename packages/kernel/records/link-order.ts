/** The order of a record's links under one relation: each side has its own. */
import { type Row, sql } from '../database/index.ts'
import { validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { auditOfFacts, eventsOfFacts, type LinkFact, linkSide, versionsMoved } from './link-facts.ts'
import { requireChangeable } from './links.ts'
import { lockRecord } from './lock.ts'
import { requireStaying } from './staying.ts'

/** Where links stand on this side: columns of `links`, and the order of those that nobody has put in one. */
export const linkEnds = ({ direction }: CompiledRelation) =>
  direction === 'out'
    ? ({ near: 'from_id', far: 'to_id', position: 'position' } as const)
    : ({ near: 'to_id', far: 'from_id', position: 'to_position' } as const)

/**
 * Puts the named links first, in this order; the others follow in the one they had. It takes the right to change the
 * record whose links they are.
 */
export async function orderLinks(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  ids: string[],
): Promise<void> {
  requireChangeable(context, object, relation)
  await lockRecord(context, object, id, 'update')
  const { near, far, position } = linkEnds(relation)
  const { tenantId } = context.model
  const mine = sql`l.tenant_id = ${tenantId} and l.relation_id = ${relation.relationId} and l.${sql.ref(near)} = ${id}`
  const links = await context.tx.query<
    Row & { id: string }
  >(sql`select l.${sql.ref(far)} as id from links l where ${mine}
    order by l.${sql.ref(position)} nulls last, l.created_at, l.${sql.ref(far)} for update`)
  const before = links.map((link) => link.id)
  const missing = ids.find((other) => !before.includes(other))
  if (missing) throw validationError([{ field: 'ids', message: `${missing} is not linked under “${relation.key}”` }])
  const after = [...new Set([...ids, ...before])]
  if (after.join() === before.join()) return
  const fact: LinkFact = {
    record_id: id,
    action: 'links_ordered',
    changes: { [relation.key]: [before, after] },
    payload: { relation: relation.key },
  }
  await context.tx.batch([
    sql`update links l set ${sql.ref(position)} = t.position - 1
        from unnest(${after}::uuid[]) with ordinality as t(id, position) where ${mine} and l.${sql.ref(far)} = t.id`,
    auditOfFacts(context, [fact]),
    eventsOfFacts(context, [fact]),
    versionsMoved(context, [id]),
  ])
  const { holder, key } = linkSide(context.model, object, relation)
  if (holder.id === object.id) await requireStaying(context, object, [id], key)
}
