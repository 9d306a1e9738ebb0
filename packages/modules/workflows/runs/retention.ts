/** Forgets runs that ended longer ago than their workspace keeps them. */
import type { Database } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import { forgetRuns } from './retention.store.ts'

/** At a time, so that no transaction is long. */
const batchSize = 5_000

/** When the job comes by, as `createJobs().schedule` takes it. */
export const forgettingSchedule = '11 2 * * *'

/** @param parts.together runs forgotten by one transaction. */
export function forgettingKind({ database, together = batchSize }: { database: Database; together?: number }): JobKind {
  return {
    name: 'workflows.forgetting',
    async handle(_, { signal }) {
      while (!signal.aborted && (await forgetRuns(database, together)) === together) {
        // The rest is asked for with the next turn.
      }
    },
  }
}
