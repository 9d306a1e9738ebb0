/** The door of the duplicates module: records that may be the same, and making them one. */
import type { Database } from '@oneforge/kernel/database'
import type { EventConsumer } from '@oneforge/kernel/events'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { LongJobs } from '@oneforge/modules/jobs'
import { pairFinder } from './duplicates.listeners.ts'
import { lookingOperations } from './looking.operations.ts'
import { mergeOperations } from './merge.operations.ts'
import { scanKind } from './scan.ts'

/** The module's operations and its listener; its kind of work is registered with `longJobs`. */
export function createDuplicates(options: { database: Database; longJobs: LongJobs }): {
  operations: AnyOperation[]
  consumer: EventConsumer
} {
  options.longJobs.register(scanKind)
  return {
    operations: [...lookingOperations(options.longJobs), ...mergeOperations],
    consumer: pairFinder(options.database),
  }
}
