/** How long a workspace keeps runs that have ended. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { readRetention, writeRetention } from './retention.store.ts'

const base = { tag: 'Workflows', access: { admin: 'automation' } } as const

/** A week, so that what went wrong over the holidays can be looked at; two years. */
const leastDays = 7
const mostDays = 730

const days = z.int().min(leastDays).max(mostDays)

const shape = {
  days: days.describe('Days for which a run is kept after its end.'),
  failedDays: days.describe('Days for which a run that failed is kept: as many, or more.'),
}

const retention = z.object(shape).meta({ id: 'WorkflowRetention' })

export const retentionOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'workflowRetention.get',
    kind: 'query',
    summary: 'Tell how long runs of workflows are kept',
    description: 'For 90 days, as long as nobody has said otherwise. What has not ended is kept in any case.',
    input: z.strictObject({}),
    output: retention,
    http: { method: 'GET', path: '/workflow-retention' },
    handler: ({ tx }) => readRetention(tx),
  }),
  defineOperation({
    ...base,
    name: 'workflowRetention.update',
    kind: 'command',
    summary: 'Change how long runs of workflows are kept',
    description: 'What is older is forgotten within the next night, and cannot be brought back.',
    input: z.strictObject(shape).refine(({ days: all, failedDays }) => failedDays >= all, {
      path: ['failedDays'],
      message: 'must be at least as many as those of all runs',
    }),
    output: retention,
    http: { method: 'PUT', path: '/workflow-retention' },
    async handler(context, after) {
      const { tx, actor } = context
      const before = await readRetention(tx)
      await writeRetention(tx, { before, after, by: actor }, context)
      return after
    },
  }),
]
