/** Jobs of a workspace that is suspended: nothing of it is worked on, and nothing is lost. */
import type { Database, Transaction } from '@oneforge/kernel/database'
import { type EnqueueOptions, type JobKind, noTenant } from '@oneforge/kernel/jobs'
import { isSuspended } from './installation.store.ts'

/** How long a job waits until it is looked whether its workspace has been resumed. */
const holdSeconds = 60

type Enqueue = (tx: Transaction, kind: string, payload: object, options: EnqueueOptions) => Promise<unknown>

/** The same kind of job; one of a suspended workspace goes back into the queue, untouched, until that is resumed. */
export function whileInUse<P extends object>(
  kind: JobKind<P>,
  { database, enqueue }: { database: Database; enqueue: Enqueue },
): JobKind<P> {
  return {
    ...kind,
    async handle(payload, job) {
      const { tenantId } = payload
      const isHeld =
        tenantId !== noTenant &&
        (await database.transaction({ tenantId }, async (tx) => {
          if (!(await isSuspended(tx))) return false
          await enqueue(tx, kind.name, payload, { startAfter: holdSeconds })
          return true
        }))
      if (!isHeld) await kind.handle(payload, job)
    },
  }
}
