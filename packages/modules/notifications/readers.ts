/** Who may see a record: asked before anybody is told of it, or named on it. */
import {
  compilePolicy,
  fieldAccess,
  type MemberRights,
  memberRights,
  rowCondition,
  scopeOf,
  seenCondition,
} from '@oneforge/kernel/access'
import { allOf, type SqlBool, sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { whoseConditionHolds } from './notifications.store.ts'

export interface Reader {
  userId: string
  name: string
}

interface Question {
  tx: Transaction
  model: TenantModel
}

/**
 * Of these people, or of all active members, those who may see the record now; by name.
 *
 * @param fields keys by person, where only those are meant who see at least one of theirs.
 */
export async function readersOf(
  { tx, model }: Question,
  object: CompiledObject,
  recordId: string,
  userIds?: string[],
  fields?: Record<string, string[]>,
): Promise<Reader[]> {
  if (userIds?.length === 0) return []
  const members = await memberRights(tx, model.tenantId, userIds)
  const asked = members.flatMap((member) => {
    const reach = reachOf(model, object, member.rights, fields?.[member.userId])
    return reach ? [{ member, condition: reach.condition }] : []
  })
  if (asked.length === 0) return []
  const conditions = asked.map(({ condition }) => condition)
  const holds = await whoseConditionHolds(tx, model.tenantId, recordId, conditions)
  return asked.filter((_, index) => holds.has(index)).map(({ member: { userId, name } }) => ({ userId, name }))
}

/** The condition under which the record is seen; undefined within it for every record, in its place for none. */
function reachOf(model: TenantModel, object: CompiledObject, rights: MemberRights, fields: string[] | undefined) {
  const policy = compilePolicy(model, rights)
  const reach = scopeOf(policy, object, 'read')
  if (!reach) return undefined
  const condition = rowCondition(policy, reach, 'r')
  if (!fields || fields.some((key) => fieldAccess(policy, object, key) !== 'hidden')) return { condition }
  const seen = fields.flatMap((key) => seenCondition(policy, object, key, 'r') ?? [])
  if (seen.length === 0) return undefined
  return { condition: allOf([...(condition ? [condition] : []), sql<SqlBool>`(${sql.join(seen, sql` or `)})`]) }
}
