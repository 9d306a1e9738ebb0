/** Who may give which roles: nobody gets more from somebody than that person has. */
import type { AccessPolicy } from '@oneforge/kernel/access'
import { forbidden, validationError } from '@oneforge/kernel/errors'
import type { RoleDefinition, TenantModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { requireHeldRoles, requireOwned, roleNotHeld } from '@oneforge/modules/access'

/** The roles of these keys. Throws VALIDATION_ERROR for one that is not there. */
export function knownRoles(model: TenantModel, keys: string[], field = 'roles'): RoleDefinition[] {
  return keys.map((key) => {
    const role = model.roles.get(key)
    if (!role) {
      const known = [...model.roles.keys()].join(', ')
      throw validationError([{ field, message: `There is no role “${key}”. Choose among ${known}.` }])
    }
    return role
  })
}

/** Throws FORBIDDEN when the roles, at these locations or everywhere, give more than the caller has. */
export function requireMayHandOut(
  context: Pick<OperationContext, 'model' | 'policy'>,
  keys: string[],
  locations: string[],
): void {
  requireMayGrant(context.policy, context.model, keys)
  const places = locations.length > 0 ? locations : [null]
  requireHeldRoles(
    context,
    keys.flatMap((key) => places.map((locationId) => ({ key, locationId }))),
  )
}

/** Throws FORBIDDEN when a role carries an administrative permission that the caller lacks. */
export const requireMayGrant = (policy: AccessPolicy, model: TenantModel, keys: string[]): void =>
  requireOwned(
    policy,
    keys.flatMap((key) => model.roles.get(key)?.admin ?? []),
  )

/**
 * For whatever acts in the caller's place: throws FORBIDDEN for a role that the caller does not hold at all locations,
 * unless they administer people and may give it to anybody. Denials of single rights do not pass on, so who has one may
 * not pass anything on.
 */
export function requireHeldEverywhere(policy: AccessPolicy, keys: string[]): void {
  if (policy.admin.has('users')) return
  const missing = roleNotHeld(policy, keys)
  if (missing === undefined && policy.rights.exceptions.length === 0) return
  throw forbidden(
    missing === undefined
      ? 'Exceptions were made for you that a key would not have. Ask somebody who administers people to make it.'
      : `You do not hold the role “${missing}” at all locations, so a key cannot have it from you. Ask somebody who administers people to make it.`,
  )
}
