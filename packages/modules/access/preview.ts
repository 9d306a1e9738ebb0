/** What a change of roles would give and take, member by member, before it is made. */
import {
  type AccessPolicy,
  atBest,
  compilePolicy,
  fieldAccess,
  type MemberRights,
  memberRights,
  type RoleHeld,
  scopeOf,
} from '@oneforge/kernel/access'
import { notFound, validationError } from '@oneforge/kernel/errors'
import {
  adminPermissions,
  type CompiledObject,
  type FieldAccess,
  inLocale,
  objectActions,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { relationAccess } from '@oneforge/kernel/records'
import type { HeldRoles, RoleRules } from './access.schemas.ts'
import { heldRoles } from './members.service.ts'
import { countCap, DifferenceCounter } from './preview.store.ts'
import { roleProblems } from './role-checks.ts'
import { definitionOf } from './roles.service.ts'

const maxMembers = 50

interface Affected {
  userId: string
  name: string
  roles: RoleHeld[]
  before: { model: TenantModel; policy: AccessPolicy }
  after: { model: TenantModel; policy: AccessPolicy }
}

/** For those who hold the role: with other rules, or without the role. */
export async function previewRole(
  context: OperationContext,
  key: string,
  { delete: removed, ...rules }: RoleRules & { delete?: boolean },
): Promise<object> {
  const { model, tx } = context
  const role = model.roles.get(key)
  if (!role) throw notFound(`The role “${key}”`)
  const problems = roleProblems(model, rules)
  if (problems.length > 0) throw validationError(problems)
  const roles = new Map(model.roles)
  if (removed) roles.delete(key)
  else roles.set(key, definitionOf(role, rules))
  const changed = { ...model, roles }
  const members = await memberRights(tx, model.tenantId)
  const holders = members.filter(({ rights }) => rights.roles.some((held) => held.key === key))
  return differences(
    context,
    holders.map(({ rights, ...member }) => affected(member, model, rights, changed, rights)),
  )
}

/** For one member with other roles. */
export async function previewMember(context: OperationContext, userId: string, roles: HeldRoles): Promise<object> {
  const { model, tx } = context
  const [member] = await memberRights(tx, model.tenantId, [userId])
  if (!member) throw notFound(`The member ${userId}`)
  const { rights } = member
  const changed = { ...rights, roles: heldRoles(model, roles) }
  return differences(context, [affected(member, model, rights, model, changed)])
}

const affected = (
  { userId, name }: { userId: string; name: string },
  model: TenantModel,
  rights: MemberRights,
  changedModel: TenantModel,
  changedRights: MemberRights,
): Affected => ({
  userId,
  name,
  roles: rights.roles,
  before: { model, policy: compilePolicy(model, rights) },
  after: { model: changedModel, policy: compilePolicy(changedModel, changedRights) },
})

async function differences(context: OperationContext, members: Affected[]): Promise<object> {
  const counter = new DifferenceCounter(context.tx, context.model.tenantId)
  const shown: object[] = []
  for (const member of members.slice(0, maxMembers)) {
    const difference = await differenceFor(context, counter, member)
    if (difference) shown.push(difference)
  }
  return { members: shown, totalMembers: members.length, truncated: members.length > maxMembers, cap: countCap }
}

/** Undefined where nothing changes for the member. */
async function differenceFor(
  context: OperationContext,
  counter: DifferenceCounter,
  { userId, name, roles, before, after }: Affected,
): Promise<object | undefined> {
  const objects: object[] = []
  for (const object of context.model.objects) {
    const actions = await actionDifferences(counter, object, before.policy, after.policy)
    const fields = fieldDifferences(object, before.policy, after.policy)
    const relations = relationDifferences(object, before, after)
    const parts = [actions, fields.gained, fields.lost, relations.gained, relations.lost]
    const label = inLocale(object.labelPlural, context.locale)
    if (parts.some((part) => part.length > 0)) objects.push({ object: object.slug, label, actions, fields, relations })
  }
  const admin = {
    gained: adminPermissions.filter((one) => after.policy.admin.has(one) && !before.policy.admin.has(one)),
    lost: adminPermissions.filter((one) => before.policy.admin.has(one) && !after.policy.admin.has(one)),
  }
  if (objects.length + admin.gained.length + admin.lost.length === 0) return undefined
  return { userId, name, roles: [...new Set(roles.map((role) => role.key))], objects, admin }
}

async function actionDifferences(
  counter: DifferenceCounter,
  object: CompiledObject,
  before: AccessPolicy,
  after: AccessPolicy,
): Promise<object[]> {
  const actions: object[] = []
  for (const action of objectActions) {
    const gained = await counter.reachedOnlyBy(after, before, object, action)
    const lost = await counter.reachedOnlyBy(before, after, object, action)
    const [had, has] = [before, after].map((policy) => scopeOf(policy, object, action) !== undefined)
    const right = had === has ? null : has ? 'gained' : 'lost'
    if (gained + lost === 0 && right === null) continue
    const capped = gained > countCap || lost > countCap
    actions.push({ action, right, gained: Math.min(gained, countCap), lost: Math.min(lost, countCap), capped })
  }
  return actions
}

const rank: Record<FieldAccess, number> = { hidden: 0, read: 1, write: 2 }

/** Fields with the access that they would have, on the records that most is granted of. */
function fieldDifferences(object: CompiledObject, before: AccessPolicy, after: AccessPolicy) {
  const [then, now] = [atBest(after), atBest(before)]
  const changes = object.fields.map(({ key }) => ({
    key,
    access: fieldAccess(then, object, key),
    grown: rank[fieldAccess(then, object, key)] - rank[fieldAccess(now, object, key)],
  }))
  const pick = (sign: number) =>
    changes.filter((change) => Math.sign(change.grown) === sign).map(({ key, access }) => ({ key, access }))
  return { gained: pick(1), lost: pick(-1) }
}

function relationDifferences(object: CompiledObject, before: Affected['before'], after: Affected['after']) {
  const followable = (side: Affected['before']) =>
    object.relations
      .filter((relation) => relationAccess(side, object, relation) !== 'hidden')
      .map((relation) => relation.key)
  const [known, wanted] = [followable(before), followable(after)]
  return {
    gained: wanted.filter((key) => !known.includes(key)),
    lost: known.filter((key) => !wanted.includes(key)),
  }
}
