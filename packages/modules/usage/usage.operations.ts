/** What a workspace has used of what its plan allows. */
import { inLocale } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { planOf } from '@oneforge/kernel/tenancy'
import { z } from 'zod'
import type { RequestBudgets } from './request-budgets.ts'
import { readUsage } from './usage.store.ts'

const limit = z.number().nullable().describe('Null: without limit.')

const usage = z
  .object({
    plan: z.object({ name: z.string() }),
    requests: z
      .object({
        perMinute: limit,
        thisMinute: z.int(),
        resetsInSeconds: z.int(),
        today: z.int(),
        refusedToday: z.int(),
        days: z.array(z.object({ date: z.string(), requests: z.int(), refused: z.int() })),
      })
      .describe('Weighted: a read counts 1, a write 2, a list one for each 50 records. Days are those of UTC.'),
    records: z.object({
      used: z.int(),
      limit,
      byObject: z.array(z.object({ object: z.string(), label: z.string(), count: z.int() })),
    }),
    storage: z.object({ usedBytes: z.int(), limitBytes: limit }),
    members: z.object({ used: z.int(), limit }),
  })
  .meta({ id: 'Usage' })

export const usageOperations = (budgets: RequestBudgets): AnyOperation[] => [
  defineOperation({
    name: 'usage.get',
    kind: 'query',
    tag: 'Workspace',
    summary: 'What has been used of what the plan allows',
    access: { admin: 'settings' },
    input: z.strictObject({}),
    output: usage,
    http: { method: 'GET', path: '/usage' },
    handler: (context) => presentUsage(context, budgets),
  }),
]

async function presentUsage({ tx, model, locale }: OperationContext, budgets: RequestBudgets): Promise<object> {
  await budgets.flush(model.tenantId)
  const used = await readUsage(tx, model.tenantId)
  const plan = planOf(model.plan)
  const today = used.days.at(-1)!
  const byObject = model.objects.map((object) => ({
    object: object.slug,
    label: inLocale(object.labelPlural, locale),
    count: used.objects.find(({ id }) => id === object.id)?.count ?? 0,
  }))
  const leased = Math.max(0, used.leased - budgets.unspent(model.tenantId))
  return {
    plan: { name: model.plan },
    requests: {
      perMinute: plan.requestsPerMinute,
      thisMinute: Math.min(leased, plan.requestsPerMinute ?? leased),
      resetsInSeconds: used.secondsLeft,
      today: today.requests,
      refusedToday: today.refused,
      days: used.days,
    },
    records: { used: byObject.reduce((sum, { count }) => sum + count, 0), limit: plan.records, byObject },
    storage: { usedBytes: used.storageBytes, limitBytes: plan.storageBytes },
    members: { used: used.members, limit: plan.members },
  }
}
