/** The door of the usage module. */
export { RequestBudgets, type Standing } from './request-budgets.ts'
export { usageOperations } from './usage.operations.ts'
