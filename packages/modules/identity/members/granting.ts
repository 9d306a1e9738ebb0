/** Who may give which roles: nobody gets more administrative power from somebody than that person has. */
import type { AccessPolicy } from '@oneforge/kernel/access'
import { validationError } from '@oneforge/kernel/errors'
import type { RoleDefinition, TenantModel } from '@oneforge/kernel/metadata'
import { requireOwned } from '@oneforge/modules/access'

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

/** Throws FORBIDDEN when a role carries an administrative permission that the caller lacks. */
export const requireMayGrant = (policy: AccessPolicy, model: TenantModel, keys: string[]): void =>
  requireOwned(
    policy,
    keys.flatMap((key) => model.roles.get(key)?.admin ?? []),
  )
