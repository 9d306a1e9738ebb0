/** What single members hold: roles, and exceptions beside them. */
import {
  adminOf,
  type ExceptionRule,
  givenRoles,
  locationsOf,
  memberRights,
  type RoleHeld,
} from '@oneforge/kernel/access'
import { isId } from '@oneforge/kernel/database'
import { type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import { type AdminPermission, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { HeldRoles, NewException } from './access.schemas.ts'
import {
  deleteException,
  type ExceptionRow,
  insertException,
  listMembers,
  type MemberRow,
  replaceRoles,
} from './access.store.ts'
import { beginChange, requireAdministrators, requireOwned, requireOwner } from './guards.ts'
import { requireHeldException, requireHeldRoles } from './handing-out.ts'
import { exceptionProblems } from './role-checks.ts'

export async function presentMembers(context: OperationContext): Promise<object[]> {
  const rows = await listMembers(context.tx, context.model.tenantId)
  return rows.map((row) => ({ ...summary(context, row), exceptions: row.exceptions.length }))
}

export async function presentMember(context: OperationContext, userId: string): Promise<object> {
  const row = await findMember(context, userId)
  const locations = locationsOf({ userId, roles: row.roles, exceptions: [], colleagues: [] })
  return { ...summary(context, row), exceptions: row.exceptions.map(presentException), locations }
}

/** Active members who look after users and have the permission, if one is named. Their names are no secret to members. */
export async function presentAdministrators(
  { tx, model }: OperationContext,
  permission: AdminPermission = 'users',
): Promise<{ userId: string; name: string; email: string }[]> {
  const members = await memberRights(tx, model.tenantId)
  return members
    .filter(({ rights }) => {
      const admin = adminOf(givenRoles(model, rights), rights)
      return admin.has('users') && admin.has(permission)
    })
    .map(({ userId, name, email }) => ({ userId, name, email }))
}

/** The member of any status, or 404. */
export async function findMember({ tx, model }: OperationContext, userId: string): Promise<MemberRow> {
  const [row] = isId(userId) ? await listMembers(tx, model.tenantId, userId) : []
  if (!row) throw notFound(`The member ${userId}`)
  return row
}

function summary(context: OperationContext, { userId, name, email, status, roles, teams }: MemberRow): object {
  return { userId, name, email, status, teams, roles: presentHeld(context, roles) }
}

export const presentHeld = ({ model, locale }: Pick<OperationContext, 'model' | 'locale'>, roles: RoleHeld[]) =>
  roles.map(({ key, locationId }) => ({ key, locationId, label: labelOf(model, key, locale) }))

export function labelOf(model: TenantModel, key: string, locale: string): string {
  const role = model.roles.get(key)
  return role ? inLocale(role.label, locale) : key
}

function presentException({ id, effect, rule, reason, createdAt, createdBy }: ExceptionRow): object {
  return {
    ...rule,
    id,
    effect,
    reason,
    createdAt: new Date(createdAt).toISOString(),
    createdBy: { id: createdBy.id, name: createdBy.name ?? 'OneForge' },
  }
}

/** The roles asked for, as they are stored; 400 names those, and the locations, that are not there. */
export function heldRoles(model: TenantModel, roles: HeldRoles): RoleHeld[] {
  const problems: FieldProblem[] = roles.flatMap(({ key, locationId }, index) => [
    ...(model.roles.has(key)
      ? []
      : [{ field: `roles[${index}].key`, message: `“${key}” is not a role of this workspace` }]),
    ...(!locationId || model.locations.has(locationId)
      ? []
      : [{ field: `roles[${index}].locationId`, message: 'is not a location of this workspace' }]),
  ])
  if (problems.length > 0) throw validationError(problems)
  return roles.map(({ key, locationId }) => ({ key, locationId: locationId ?? null }))
}

export async function changeMemberRoles(context: OperationContext, userId: string, roles: HeldRoles): Promise<object> {
  const model = await beginChange(context)
  const changed = { ...context, model }
  const before = await findMember(changed, userId)
  const held = heldRoles(model, roles)
  requireOwned(context.policy, adminOfChanged(model, before.roles, held))
  requireHeldRoles(changed, rolesAdded(before.roles, held))
  await replaceRoles(context.tx, model.tenantId, before.userId, held)
  await requireAdministrators(context)
  await requireOwner(context)
  return presentMember(changed, userId)
}

/** Administrative permissions of the roles that are given or taken. */
function adminOfChanged(model: TenantModel, before: RoleHeld[], after: RoleHeld[]): (AdminPermission | '*')[] {
  const isAmong = (roles: RoleHeld[], { key }: RoleHeld) => roles.some((role) => role.key === key)
  const changed = [...after.filter((role) => !isAmong(before, role)), ...before.filter((role) => !isAmong(after, role))]
  return changed.flatMap(({ key }) => model.roles.get(key)?.admin ?? [])
}

/** Roles that are given anew, or at more locations. */
const rolesAdded = (before: RoleHeld[], after: RoleHeld[]): RoleHeld[] =>
  after.filter(
    ({ key, locationId }) =>
      !before.some((held) => held.key === key && (held.locationId === null || held.locationId === locationId)),
  )

export async function addException(context: OperationContext, userId: string, input: NewException): Promise<object> {
  const model = await beginChange(context)
  const changed = { ...context, model }
  const member = await findMember(changed, userId)
  const { effect, reason, ...rule } = input
  const problems = exceptionProblems(model, rule as ExceptionRule)
  if (problems.length > 0) throw validationError(problems)
  if (rule.kind === 'admin') requireOwned(context.policy, [rule.permission])
  if (effect === 'grant') requireHeldException(changed, rule as ExceptionRule, member.roles)
  const id = await insertException(context.tx, model.tenantId, {
    userId: member.userId,
    effect,
    rule: rule as ExceptionRule,
    reason: reason || null,
    author: context.actor.userId!,
  })
  await requireAdministrators(context)
  const { exceptions } = await findMember(changed, userId)
  return presentException(exceptions.find((exception) => exception.id === id)!)
}

export async function removeException(context: OperationContext, userId: string, id: string): Promise<void> {
  const model = await beginChange(context)
  const { exceptions, roles } = await findMember({ ...context, model }, userId)
  const exception = exceptions.find((one) => one.id === id)
  if (!exception) throw notFound(`The exception ${id}`)
  if (exception.rule.kind === 'admin') requireOwned(context.policy, [exception.rule.permission])
  // To take a denial away is to give.
  if (exception.effect === 'deny') requireHeldException({ ...context, model }, exception.rule, roles)
  await deleteException(context.tx, model.tenantId, id)
  await requireAdministrators(context)
}
