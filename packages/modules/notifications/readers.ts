/** Who may see a record: asked before anybody is told of it, or named on it. */
import { compilePolicy, type MemberRights, memberRights, rowCondition, scopeOf } from '@oneforge/kernel/access'
import type { Transaction } from '@oneforge/kernel/database'
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

/** Of these people, or of all active members, those who may see the record now; by name. */
export async function readersOf(
  { tx, model }: Question,
  object: CompiledObject,
  recordId: string,
  userIds?: string[],
): Promise<Reader[]> {
  if (userIds?.length === 0) return []
  const members = await memberRights(tx, model.tenantId, userIds)
  const asked = members.flatMap((member) => {
    const reach = reachOf(model, object, member.rights)
    return reach ? [{ member, condition: reach.condition }] : []
  })
  if (asked.length === 0) return []
  const conditions = asked.map(({ condition }) => condition)
  const holds = await whoseConditionHolds(tx, model.tenantId, recordId, conditions)
  return asked.filter((_, index) => holds.has(index)).map(({ member: { userId, name } }) => ({ userId, name }))
}

function reachOf(model: TenantModel, object: CompiledObject, rights: MemberRights) {
  const policy = compilePolicy(model, rights)
  const reach = scopeOf(policy, object, 'read')
  return reach && { condition: rowCondition(policy, reach, 'r') }
}
