/** The door of the templates module. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { addingOperations } from './adding.operations.ts'
import { libraryOperations } from './library.operations.ts'
import { templateOperations as choosing } from './templates.operations.ts'
import { upgradeOperations } from './upgrade.operations.ts'

export { broughtDashboard } from './brought.ts'
export { applyTemplate } from './templates.service.ts'

export const templateOperations: AnyOperation[] = [
  ...choosing,
  ...upgradeOperations,
  ...addingOperations,
  ...libraryOperations,
]
