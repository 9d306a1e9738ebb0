/** When dashboards go out by mail, and to whom. */
import { isId } from '@oneforge/kernel/database'
import { forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { seenDashboard } from './dashboards.service.ts'
import type { StoredDashboard } from './dashboards.store.ts'
import { namesOfUsers } from './names.store.ts'
import { nextTime } from './schedule-time.ts'
import { schedule, scheduleChange, scheduleInput } from './schedules.schemas.ts'
import {
  deleteSchedule,
  findSchedule,
  insertSchedule,
  listSchedules,
  membersAmong,
  type ScheduleWrite,
  type StoredSchedule,
  updateSchedule,
} from './schedules.store.ts'

const base = { tag: 'Dashboards', access: 'member' } as const
const path = z.object({ id: z.string() })
const schedulePath = path.extend({ scheduleId: z.string() })

const administers = ({ policy }: OperationContext): boolean => policy.admin.has('views')

/** One's own; who administers views also has those of others, of shared dashboards. */
const isOpenTo = (context: OperationContext, row: StoredSchedule): boolean =>
  row.created_by === context.actor.userId || administers(context)

async function openSchedule(
  context: OperationContext,
  dashboard: StoredDashboard,
  id: string,
): Promise<StoredSchedule> {
  const row = isId(id) ? await findSchedule(context.tx, context.model.tenantId, id) : undefined
  if (!row || row.dashboard_id !== dashboard.id || !isOpenTo(context, row)) throw notFound('The schedule')
  return row
}

/** Who plans mails for others sends them something: of everybody's dashboards alone, and only administrators. */
async function requireReceivers(context: OperationContext, dashboard: StoredDashboard, ids: string[]): Promise<void> {
  const others = ids.filter((id) => id !== context.actor.userId)
  if (others.length > 0 && (dashboard.owner_id !== null || !administers(context))) {
    throw forbidden(
      'Mails to others are planned by administrators, of dashboards that are shared. Plan one for yourself.',
    )
  }
  const members = new Set((await membersAmong(context.tx, context.model.tenantId, ids)).map(({ id }) => id))
  const problems = ids.flatMap((id, index) =>
    members.has(id) ? [] : [{ field: `receivers[${index}]`, message: 'is not a member of this workspace' }],
  )
  if (problems.length > 0) throw validationError(problems)
}

async function presented(context: OperationContext, rows: StoredSchedule[]): Promise<z.input<typeof schedule>[]> {
  const names = await namesOfUsers(context.tx, [...new Set(rows.flatMap(({ receivers }) => receivers))])
  return rows.map((row) => ({
    ...row.plan,
    id: row.id,
    createdBy: row.created_by,
    receivers: row.receivers.map((id) => ({ id, name: names.get(id) ?? '' })),
    active: row.active,
    nextAt: row.next_at,
    lastSentAt: row.last_sent_at,
  }))
}

function written(
  context: OperationContext,
  { receivers, active, ...plan }: z.output<typeof scheduleInput>,
): ScheduleWrite {
  const next = active ? nextTime(plan, context.now, context.model.timeZone).toISOString() : null
  return { plan, receivers: [...new Set(receivers)], active, next_at: next }
}

async function settled(context: OperationContext, dashboard: StoredDashboard, id: string) {
  const row = await openSchedule(context, dashboard, id)
  return (await presented(context, [row]))[0]!
}

export const scheduleOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'dashboards.schedules',
    kind: 'query',
    summary: 'When a dashboard goes out by mail',
    input: path,
    output: z.array(schedule),
    http: { method: 'GET', path: '/dashboards/{id}/schedules' },
    async handler(context, { id }) {
      const dashboard = await seenDashboard(context, id)
      const rows = await listSchedules(context.tx, context.model.tenantId, dashboard.id)
      return presented(
        context,
        rows.filter((row) => isOpenTo(context, row)),
      )
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.plan',
    kind: 'command',
    summary: 'Send a dashboard by mail, again and again',
    description: 'Each receiver gets the figures that they may see, as a PDF and in words.',
    input: path.extend({ schedule: scheduleInput }),
    output: schedule,
    http: { method: 'POST', path: '/dashboards/{id}/schedules', status: 201, bodyAs: 'schedule' },
    async handler(context, { id, schedule: input }) {
      const dashboard = await seenDashboard(context, id)
      await requireReceivers(context, dashboard, input.receivers)
      const whose = { dashboardId: dashboard.id, createdBy: context.actor.userId! }
      const made = await insertSchedule(context.tx, context.model.tenantId, whose, written(context, input))
      return settled(context, dashboard, made)
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.changePlan',
    kind: 'command',
    summary: 'Change when a dashboard goes out by mail',
    input: schedulePath.extend({ change: scheduleChange }),
    output: schedule,
    http: { method: 'PATCH', path: '/dashboards/{id}/schedules/{scheduleId}', bodyAs: 'change' },
    async handler(context, { id, scheduleId, change }) {
      const dashboard = await seenDashboard(context, id)
      const row = await openSchedule(context, dashboard, scheduleId)
      if (change.receivers) await requireReceivers(context, dashboard, change.receivers)
      const after = { ...row.plan, receivers: row.receivers, active: row.active, ...change }
      await updateSchedule(context.tx, context.model.tenantId, row.id, written(context, after))
      return settled(context, dashboard, row.id)
    },
  }),
  defineOperation({
    ...base,
    name: 'dashboards.removePlan',
    kind: 'command',
    summary: 'Send a dashboard by mail no more',
    input: schedulePath,
    output: z.void(),
    http: { method: 'DELETE', path: '/dashboards/{id}/schedules/{scheduleId}', status: 204 },
    async handler(context, { id, scheduleId }) {
      const row = await openSchedule(context, await seenDashboard(context, id), scheduleId)
      await deleteSchedule(context.tx, context.model.tenantId, row.id)
    },
  }),
]
