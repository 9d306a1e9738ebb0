/** The door of the access module: roles of the tenant, what members hold, teams, and explanations. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { rightsOperations } from './access.operations.ts'
import { teamOperations } from './teams.operations.ts'

export { ownerRoleKey, requireAdministrators, requireOwned, requireOwner } from './guards.ts'
export { requireHeldRoles } from './handing-out.ts'
export { mayRunAs, requireMayRunAs, roleNotHeld } from './running-as.ts'

export const accessOperations: AnyOperation[] = [...rightsOperations, ...teamOperations]
