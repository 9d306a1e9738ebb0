/** The door of the access module: roles of the tenant, what members hold, teams, and explanations. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { rightsOperations } from './access.operations.ts'
import { teamOperations } from './teams.operations.ts'

export { requireAdministrators, requireOwned } from './guards.ts'

export const accessOperations: AnyOperation[] = [...rightsOperations, ...teamOperations]
