/** The door of the exports module: lists that become files. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { FileStorage } from '@oneforge/modules/files'
import type { LongJobs } from '@oneforge/modules/jobs'
import { exportOperations } from './exports.operations.ts'
import { ExportService } from './exports.service.ts'

export type { CellMoment, ExportCell } from './cell.ts'
export {
  contentTypes,
  csvStream,
  type ExportFormat,
  type ExportRows,
  exportFormats,
  jsonStream,
  xlsxStream,
} from './formats.ts'

/** The module's operations; its kind of work is registered with `longJobs`. */
export function createExports(options: { storage: FileStorage; longJobs: LongJobs }): { operations: AnyOperation[] } {
  return { operations: exportOperations(new ExportService(options)) }
}
