/** The door of the usage module. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { installationOperations } from './installation.operations.ts'
import type { RequestBudgets } from './request-budgets.ts'
import { usageQueries } from './usage.operations.ts'

export { setPlan } from './installation.store.ts'
export { RequestBudgets, type Standing } from './request-budgets.ts'
export { whileInUse } from './suspension.ts'
export { tellOfTrials } from './trial-notices.ts'
export { readWarnings, warningShape } from './warnings.ts'

export const usageOperations = (budgets: RequestBudgets): AnyOperation[] => [
  ...usageQueries(budgets),
  ...installationOperations,
]
