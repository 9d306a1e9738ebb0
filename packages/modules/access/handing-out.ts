/**
 * Rights over records pass from those who have them, unless they administer roles and could write themselves any. What
 * somebody has for themself, their own records for instance, they may give to others for theirs.
 */
import {
  type AccessPolicy,
  atBest,
  compilePolicy,
  coversGrant,
  type ExceptionRule,
  explainReach,
  fieldAccess,
  followWay,
  givenRoles,
  type MemberRights,
  type Reach,
  type RoleHeld,
  type RowGrant,
  scopeOf,
} from '@oneforge/kernel/access'
import { because, forbidden } from '@oneforge/kernel/errors'
import { type CompiledObject, type FieldAccess, objectActions, type TenantModel } from '@oneforge/kernel/metadata'

interface Giver {
  model: TenantModel
  policy: AccessPolicy
}

/** Throws FORBIDDEN that names what the roles give and their giver does not have. */
export function requireHeldRoles({ model, policy }: Giver, roles: RoleHeld[]): void {
  if (policy.admin.has('roles')) return
  const given = compilePolicy(model, { ...nobody(policy), roles })
  for (const object of model.objects) {
    const action = objectActions.find((one) => !holds(policy, object, one, scopeOf(given, object, one)))
    if (action) throw lacking(`${action} ${nameOf(object)} as far as this goes`)
    const field = object.fields.find(
      ({ key }) => rank[fieldAccess(atBest(given), object, key)] > rank[fieldAccess(policy, object, key)],
    )
    if (field) throw lacking(`see or change “${field.label.en}” of ${nameOf(object)}`)
  }
}

/**
 * The same for a single right.
 *
 * @param roles those of its receiver: records that are read by it show what these roles show, or everything at none.
 */
export function requireHeldException({ model, policy }: Giver, rule: ExceptionRule, roles: RoleHeld[]): void {
  const object = rule.kind === 'admin' ? undefined : model.object.get(rule.object)
  if (rule.kind === 'admin' || !object || policy.admin.has('roles')) return
  if (rule.kind === 'relation') {
    if (!followWay(policy, model, object, [rule.relation])) throw lacking(`follow “${rule.relation}”`)
  } else if (rule.kind === 'field') {
    if (rank[fieldAccess(policy, object, rule.field)] < rank[rule.access])
      throw lacking(`${rule.access} “${rule.field}”`)
  } else {
    const { granted } = explainException(model, object, rule)
    const shown = scopeOf(compilePolicy(model, { ...nobody(policy), roles }), object, 'read')
    const showsAll = object.fields.every(({ key }) => fieldAccess(policy, object, key) === 'write')
    const held = holds(policy, object, rule.action, { granted }) && (rule.action !== 'read' || shown || showsAll)
    if (!held) throw lacking(`${rule.action} ${nameOf(object)} as far as this goes`)
  }
}

function explainException(model: TenantModel, object: CompiledObject, rule: ExceptionRule & { kind: 'action' }): Reach {
  const rights: MemberRights = {
    userId: null,
    roles: [],
    exceptions: [{ id: '', effect: 'grant', rule }],
    colleagues: [],
  }
  return explainReach(model, object, rule.action, givenRoles(model, rights), rights)
}

const nobody = ({ userId }: AccessPolicy): MemberRights => ({ userId, roles: [], exceptions: [], colleagues: [] })

const rank: Record<FieldAccess, number> = { hidden: 0, read: 1, write: 2 }

function holds(
  policy: AccessPolicy,
  object: CompiledObject,
  action: (typeof objectActions)[number],
  given: { granted: RowGrant[] } | undefined,
): boolean {
  if (!given) return true
  const own = scopeOf(policy, object, action)
  const covered = (inner: RowGrant) => own!.granted.some((outer) => coversGrant(outer, inner))
  return own !== undefined && own.denied.length === 0 && given.granted.every(covered)
}

const nameOf = (object: CompiledObject): string => object.labelPlural.en.toLowerCase()

const lacking = (right: string) =>
  forbidden(
    `You do not have the right to ${right} yourself, so you cannot give it. Ask somebody who has it.`,
    because('RIGHT_NOT_YOURS', 'right'),
  )
