/** What keeps a workspace governable: nobody hands out what they do not have, and somebody can always administer. */
import { type AccessPolicy, adminOf, givenRoles, type MemberRights, memberRights } from '@oneforge/kernel/access'
import { because, conflict, forbidden } from '@oneforge/kernel/errors'
import {
  type AdminPermission,
  adminPermissions,
  bumpVersion,
  loadModel,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { isHeldByActive } from './access.store.ts'

/** Takes the tenant's turn and reads its metadata as nobody else can change it any more. */
export async function beginChange({ tx, model }: OperationContext): Promise<TenantModel> {
  await bumpVersion(tx, model.tenantId)
  return loadModel(tx, model.tenantId)
}

/** Those who administer users and those who administer roles read one another's settings. */
export function requireAccessAdmin(policy: AccessPolicy): void {
  if (policy.admin.has('users') || policy.admin.has('roles')) return
  throw forbidden(
    'This needs the administrative permission “users” or “roles”. Ask an administrator for it.',
    because('PERMISSION_NEEDED', 'roles'),
  )
}

/** Administrative permissions pass from those who have them only. */
export function requireOwned(policy: AccessPolicy, admin: Iterable<AdminPermission | '*'>): void {
  const wanted = [...admin].flatMap((permission) => (permission === '*' ? adminPermissions : [permission]))
  const missing = wanted.find((permission) => !policy.admin.has(permission))
  if (missing === undefined) return
  throw forbidden(
    `You do not have the administrative permission “${missing}” yourself, so you can neither give it nor take it away. Ask somebody who has it.`,
    because('PERMISSION_NOT_YOURS', missing),
  )
}

/** The role that may do everything. Whoever makes a workspace holds it, and somebody always does. */
export const ownerRoleKey = 'owner'

/** Called after a change of roles or memberships in the same transaction: refuses it where it took the last owner. */
export async function requireOwner({ tx, model }: Pick<OperationContext, 'tx' | 'model'>): Promise<void> {
  if (await isHeldByActive(tx, model.tenantId, ownerRoleKey)) return
  throw conflict('This is the last owner. Make somebody else an owner first.', because('LAST_OWNER', 'status'))
}

/** What it takes to give rights back to anybody. */
const governing = ['users', 'roles'] as const

/**
 * Called after a change of roles or memberships in the same transaction: refuses it when the caller would lose the right
 * to undo it, or nobody were left who can administer.
 */
export async function requireAdministrators({ tx, model, policy }: OperationContext): Promise<void> {
  const changed = await loadModel(tx, model.tenantId)
  const adminOfMember = (rights: MemberRights) => adminOf(givenRoles(changed, rights), rights)
  const [author] = policy.userId ? await memberRights(tx, model.tenantId, [policy.userId]) : []
  const left = author ? adminOfMember(author.rights) : new Set<AdminPermission>()
  const lost = governing.find((permission) => policy.admin.has(permission) && !left.has(permission))
  if (lost) {
    throw conflict(
      `You would lose the administrative permission “${lost}” and could not undo this. Let another administrator do it.`,
      because('PERMISSION_LOST', lost),
    )
  }
  if (governing.every((permission) => left.has(permission))) return
  const members = await memberRights(tx, model.tenantId)
  const governs = members.some(({ rights }) => governing.every((permission) => adminOfMember(rights).has(permission)))
  if (!governs) {
    throw conflict(
      'Nobody would be left who can administer both users and roles. Give somebody these rights first.',
      because('NOBODY_ADMINISTERS', 'roles'),
    )
  }
}
