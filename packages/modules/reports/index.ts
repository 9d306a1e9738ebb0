/** The door of the reports module: dashboards, the figures in them, and their way out. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { dashboardOperations } from './dashboards.operations.ts'
import { figureOperations } from './figures.operations.ts'

export const reportOperations: AnyOperation[] = [...dashboardOperations, ...figureOperations]
