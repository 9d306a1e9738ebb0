/** Forgets runs that ended long ago. */
import type { Database } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import { forgetRuns } from './runs.store.ts'

/** How long what has ended is kept. */
const keepDays = 90

/** At a time, so that no transaction is long. */
const batchSize = 5_000

/** When the job comes by, as `createJobs().schedule` takes it. */
export const forgettingSchedule = '11 2 * * *'

/** @param parts.now the clock, which tests move on. */
export function forgettingKind({
  database,
  now = () => new Date(),
}: {
  database: Database
  now?: () => Date
}): JobKind {
  return {
    name: 'workflows.forgetting',
    async handle(_, { signal }) {
      const before = new Date(now().getTime() - keepDays * 86_400_000)
      while (!signal.aborted && (await forgetRuns(database, before, batchSize)) === batchSize) {
        // The rest is asked for with the next turn.
      }
    },
  }
}
