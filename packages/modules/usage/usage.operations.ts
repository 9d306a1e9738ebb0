/** What a workspace has used of what its plan allows. */
import { inLocale } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { hasTrialEnded, planInForce } from '@oneforge/kernel/tenancy'
import { z } from 'zod'
import type { RequestBudgets } from './request-budgets.ts'
import { readUsage } from './usage.store.ts'
import { warningShape, warningsOf } from './warnings.ts'

const limit = z.number().nullable().describe('Null: without limit.')

const usage = z
  .object({
    plan: z.object({
      name: z.string().describe('The plan that counts now.'),
      trial: z
        .object({ plan: z.string(), endsAt: z.string(), ended: z.boolean() })
        .nullable()
        .describe('The plan is given until then; the workspace is a starter afterwards.'),
    }),
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
    members: z
      .object({ used: z.int(), active: z.int(), invited: z.int(), limit })
      .describe('People; an open invitation takes a place. Service accounts do not count.'),
    warnings: z.array(warningShape),
  })
  .meta({ id: 'Usage' })

export const usageQueries = (budgets: RequestBudgets): AnyOperation[] => [
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

async function presentUsage({ tx, model, locale, now }: OperationContext, budgets: RequestBudgets): Promise<object> {
  await budgets.flush(model.tenantId)
  const used = await readUsage(tx, model.tenantId, now)
  const plan = planInForce(model, now)
  const today = used.days.at(-1)!
  const byObject = model.objects.map((object) => ({
    object: object.slug,
    label: inLocale(object.labelPlural, locale),
    count: used.objects.find(({ id }) => id === object.id)?.count ?? 0,
  }))
  const records = used.objects.reduce((sum, { count }) => sum + count, 0)
  const members = used.active + used.invited
  const trial = model.trialEndsAt && {
    plan: model.plan,
    endsAt: model.trialEndsAt,
    ended: hasTrialEnded(model, now),
  }
  const leased = Math.max(0, used.leased - budgets.unspent(model.tenantId))
  return {
    plan: { name: plan.name, trial },
    requests: {
      perMinute: plan.requestsPerMinute,
      thisMinute: Math.min(leased, plan.requestsPerMinute ?? leased),
      resetsInSeconds: used.secondsLeft,
      today: today.requests,
      refusedToday: today.refused,
      days: used.days,
    },
    records: { used: records, limit: plan.records, byObject },
    storage: { usedBytes: used.storageBytes, limitBytes: plan.storageBytes },
    members: { used: members, active: used.active, invited: used.invited, limit: plan.members },
    warnings: warningsOf(model, { records, members, storage: used.storageBytes }, now, locale),
  }
}
