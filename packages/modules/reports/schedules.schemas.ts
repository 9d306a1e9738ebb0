/** When dashboards go out by mail, as the API takes and answers it. */
import { z } from 'zod'
import { boardFilters, range } from './dashboards.schemas.ts'

const mostReceivers = 50

const planParts = z.strictObject({
  frequency: z.enum(['daily', 'weekly', 'monthly']),
  weekday: z.int().min(1).max(7).optional().describe('Of weekly mails: 1 is Monday, which it is unless said'),
  dayOfMonth: z
    .int()
    .min(1)
    .max(31)
    .optional()
    .describe('Of monthly mails: the last day of shorter months; 1 unless said'),
  hour: z.int().min(0).max(23).describe('On the workspace’s clock'),
  minute: z.union([z.literal(0), z.literal(15), z.literal(30), z.literal(45)]).optional(),
  range: range.nullish().describe('The dashboard’s own unless said'),
  filters: boardFilters.optional(),
})
export type SchedulePlan = z.output<typeof planParts>

const receivers = z
  .array(z.uuid('must be the id of a member'))
  .min(1, 'names nobody')
  .max(mostReceivers, `takes at most ${mostReceivers} people`)
  .describe('User ids of members: each gets the figures that they may see')

export const scheduleInput = planParts.extend({ receivers, active: z.boolean().default(true) })
export const scheduleChange = planParts.extend({ receivers, active: z.boolean() }).partial()

export const schedule = planParts
  .extend({
    id: z.uuid(),
    createdBy: z.uuid(),
    receivers: z.array(z.object({ id: z.uuid(), name: z.string() })),
    active: z.boolean(),
    nextAt: z.iso.datetime().nullable(),
    lastSentAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'DashboardSchedule' })
