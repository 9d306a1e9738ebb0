/** The door of the bulk module: the same done to many records, and taken back. */
import type { Database } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { FileStorage } from '@oneforge/modules/files'
import type { LongJobs } from '@oneforge/modules/jobs'
import { bulkOperations } from './bulk.operations.ts'
import { BulkService } from './bulk.service.ts'
import { type EnqueueLater, forgetKind, forgetLater } from './forget.ts'

/** The module's operations, and the job that forgets; its kind of long work is registered with `longJobs`. */
export function createBulk(options: {
  database: Database
  storage: FileStorage
  longJobs: LongJobs
  enqueue: EnqueueLater
}): { operations: AnyOperation[]; forgetting: JobKind } {
  const { database, storage, longJobs, enqueue } = options
  const service = new BulkService({ storage, longJobs, forgetLater: forgetLater(enqueue) })
  return { operations: bulkOperations(service), forgetting: forgetKind(database, enqueue) as JobKind }
}
