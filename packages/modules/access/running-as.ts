/**
 * Whose rights what runs by itself may have. A workflow acts when nobody is there to answer for it, so whoever lets one
 * act could do all of it themself: nobody gains a right by building one.
 */
import type { AccessPolicy } from '@oneforge/kernel/access'
import { forbidden } from '@oneforge/kernel/errors'
import { ownerRoleKey } from './guards.ts'

/** The first of the roles that the person does not hold at all locations. */
export function roleNotHeld({ rights }: AccessPolicy, keys: string[]): string | undefined {
  const held = new Set(rights.roles.filter(({ locationId }) => locationId === null).map(({ key }) => key))
  return keys.find((key) => !held.has(key))
}

/**
 * Whether the person has all that the role gives, or without a role all that there is. Exceptions made for somebody do
 * not pass on, so who has one may let nothing act in their place.
 */
export function mayRunAs(policy: AccessPolicy, role: string | undefined): boolean {
  if (policy.rights.exceptions.length > 0) return false
  const isOwner = roleNotHeld(policy, [ownerRoleKey]) === undefined
  return isOwner || (role !== undefined && roleNotHeld(policy, [role]) === undefined)
}

/** Throws FORBIDDEN unless the person may let the workflow act with the rights that it has. */
export function requireMayRunAs(policy: AccessPolicy, { key, runAs }: { key: string; runAs?: string }): void {
  if (mayRunAs(policy, runAs)) return
  throw forbidden(
    runAs === undefined
      ? `The workflow “${key}” would act with all rights there are, which only owners may allow. Let it run with the rights of a role that you hold at all locations, or ask an owner.`
      : `The workflow “${key}” would act with the rights of the role “${runAs}”, which you do not hold at all locations, or not without exceptions. Choose a role that you hold, or ask an owner.`,
  )
}
