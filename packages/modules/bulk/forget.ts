/** Forgets what a change did to each record once it cannot be taken back any more. */
import type { Database, Transaction } from '@oneforge/kernel/database'
import type { EnqueueOptions, JobKind } from '@oneforge/kernel/jobs'
import { forgetRecords } from './bulk.store.ts'

type Forget = { changeId: string }
export type ForgetLater = (tx: Transaction, payload: Forget) => Promise<unknown>

const hour = 3_600
const name = 'bulk.forget'

/** Adds a job in the transaction that looks at the change after a day. */
export type EnqueueLater = (tx: Transaction, kind: string, payload: object, options: EnqueueOptions) => Promise<unknown>

export const forgetLater =
  (enqueue: EnqueueLater): ForgetLater =>
  (tx, payload) =>
    enqueue(tx, name, payload, { startAfter: 25 * hour })

/** A change that has not ended for a day yet is looked at again later. */
export const forgetKind = (database: Database, enqueue: EnqueueLater): JobKind<Forget> => ({
  name,
  handle: ({ tenantId, changeId }) =>
    database.transaction({ tenantId }, async (tx) => {
      if (await forgetRecords(tx, tenantId, changeId)) return
      await enqueue(tx, name, { changeId }, { startAfter: hour })
    }),
})
