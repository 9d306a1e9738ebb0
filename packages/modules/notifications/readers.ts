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
import type { Transaction } from '@oneforge/kernel/database'
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { type RowConditions, whoseConditionHolds } from './notifications.store.ts'

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
    return reach ? [{ member, reach }] : []
  })
  if (asked.length === 0) return []
  const conditions = asked.map(({ reach }) => reach)
  const holds = await whoseConditionHolds(tx, model.tenantId, recordId, conditions)
  return asked.filter((_, index) => holds.has(index)).map(({ member: { userId, name } }) => ({ userId, name }))
}

/** The conditions under which the record, and one of the fields, is seen; undefined where it never is. */
function reachOf(
  model: TenantModel,
  object: CompiledObject,
  rights: MemberRights,
  fields: string[] | undefined,
): RowConditions | undefined {
  const policy = compilePolicy(model, rights)
  const reach = scopeOf(policy, object, 'read')
  if (!reach) return undefined
  const row = rowCondition(policy, reach, 'r')
  if (!fields || fields.some((key) => fieldAccess(policy, object, key) !== 'hidden')) return { row, anyOf: [] }
  const anyOf = fields.flatMap((key) => seenCondition(policy, object, key, 'r') ?? [])
  return anyOf.length > 0 ? { row, anyOf } : undefined
}
