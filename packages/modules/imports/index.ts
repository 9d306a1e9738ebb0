/** The door of the imports module: files of rows that become records. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { FileStorage } from '@oneforge/modules/files'
import type { LongJobs } from '@oneforge/modules/jobs'
import { importKind } from './importer.ts'
import { importOperations } from './imports.operations.ts'
import { ImportService } from './imports.service.ts'
import { undoKind } from './undo.ts'

/** The module's operations; its kinds of work are registered with `longJobs`. */
export function createImports(options: { storage: FileStorage; longJobs: LongJobs }): { operations: AnyOperation[] } {
  options.longJobs.register(importKind(options.storage))
  options.longJobs.register(undoKind)
  return { operations: importOperations(new ImportService(options)) }
}
