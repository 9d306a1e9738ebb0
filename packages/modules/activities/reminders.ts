/**
 * Reminders of tasks and meetings. When one is written, the moment that follows from it is written beside it in the same
 * transaction; each minute a job tells those whose time has come. It looks at the record again: what was done, moved or
 * deleted meanwhile reminds nobody. That it was told and the event that tells it are one transaction, so that of two
 * servers, or after a crash, it is told once.
 */
import type { Database } from '@oneforge/kernel/database'
import { appendEvents } from '@oneforge/kernel/events'
import type { JobKind } from '@oneforge/kernel/jobs'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { type RecordContext, type RecordData, whenActivityWritten } from '@oneforge/kernel/records'
import { type Transactions, WorkspaceHeld } from '../jobs/index.ts'
import { remindAt } from './reminder-time.ts'
import {
  dueReminders,
  markTold,
  type Plan,
  planReminders,
  type RemindableRow,
  remindable,
  tenantsToRemind,
} from './reminders.store.ts'

/** When the job comes by, as `createJobs().schedule` takes it: each minute. */
export const remindingSchedule = '* * * * *'

/** Fields of the pack; an object without the first has activities that remind nobody. */
const choiceField = 'reminder'
const allDayField = 'all_day'

/** Told by one transaction. */
const batchSize = 200

/** The fields that a reminder follows from; undefined where records of the object remind nobody. */
function remindingOf({ field, roles, activity }: CompiledObject): { due: string; isTask: boolean } | undefined {
  const due = activity === 'task' ? roles.dueAt : activity === 'meeting' ? roles.startsAt : undefined
  return due && field.get(choiceField)?.type === 'select' ? { due, isTask: activity === 'task' } : undefined
}

/** Registered where the module is loaded: there is no road to an activity without it. */
whenActivityWritten((context, object, records) => {
  const reminding = remindingOf(object)
  if (!reminding) return
  const counting = [choiceField, allDayField, reminding.due, 'ownerId']
  const ids = records.filter(({ changes }) => counting.some((key) => key in changes)).map(({ id }) => id)
  if (ids.length > 0) context.tx.beforeEnd(() => plan(context, object, ids))
})

async function plan(context: RecordContext, object: CompiledObject, ids: string[]): Promise<void> {
  const rows = await remindable(context, object, ids)
  await planReminders(
    context,
    rows.map((row) => planOf(object, row)),
  )
}

function planOf(object: CompiledObject, { id, data, time_zone: timeZone }: RemindableRow): Plan {
  return { id, at: momentOf(object, data, timeZone)?.getTime() ?? null }
}

function momentOf(object: CompiledObject, data: RecordData, timeZone: string): Date | undefined {
  const { due: dueField, isTask } = remindingOf(object) ?? {}
  const due = dueField && data[dueField]
  const choice = data[choiceField]
  if (typeof due !== 'string' || typeof choice !== 'string') return undefined
  return remindAt({ due, choice, midnightIsDay: isTask === true, allDay: data[allDayField] === true }, timeZone)
}

/** @param parts.now the clock, which tests move on. */
export function remindingKind(parts: { database: Database; transactions: Transactions; now?: () => Date }): JobKind {
  const { database, transactions, now = () => new Date() } = parts
  return {
    name: 'activities.reminders',
    async handle(_, { id }) {
      const failures: unknown[] = []
      for (const tenantId of await tenantsToRemind(database, now())) {
        const behalf = { tenantId, userId: null, asSystem: true, source: 'system' as const, requestId: id }
        const work = (context: RecordContext) => remind({ ...context, now: now() })
        try {
          while (await transactions.run(behalf, work)) {
            // So many at a time, so that no transaction is long.
          }
        } catch (error) {
          // They are told once the workspace is resumed. Nobody waits for another workspace where something is wrong.
          if (!(error instanceof WorkspaceHeld)) failures.push(error)
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Reminders of some workspaces were not told.')
    },
  }
}

/** @returns whether there may be more. */
async function remind(context: RecordContext): Promise<boolean> {
  const due = await dueReminders(context, batchSize)
  for (const [objectId, some] of Map.groupBy(due, ({ object_id }) => object_id)) {
    const ids = some.map(({ record_id }) => record_id)
    const object = context.model.objectById.get(objectId)
    if (object) await tell(context, object, ids)
    else
      await planReminders(
        context,
        ids.map((id) => ({ id, at: null })),
      )
  }
  return due.length === batchSize
}

/** Tells of those that are to be told now, as the records stand, and plans the others anew. */
async function tell(context: RecordContext, object: CompiledObject, ids: string[]): Promise<void> {
  const rows = await remindable(context, object, ids)
  const told = rows.filter((row) => isToBeTold(context, object, row))
  const others = rows.filter((row) => !told.includes(row))
  await planReminders(
    context,
    others.map((row) => (isOpen(object, row) ? planOf(object, row) : { id: row.id, at: null })),
  )
  const reminding = remindingOf(object)
  if (!reminding || told.length === 0) return
  await markTold(
    context,
    told.map(({ id }) => id),
  )
  await appendEvents(
    context.tx,
    told.map(({ id, data, user_id: userId }) => ({
      type: 'reminder.due',
      objectId: object.id,
      recordId: id,
      payload: { userId, due: data[reminding.due] },
    })),
  )
}

function isToBeTold({ now }: RecordContext, object: CompiledObject, row: RemindableRow): boolean {
  const at = momentOf(object, row.data, row.time_zone)
  return at !== undefined && at <= now && isOpen(object, row)
}

function isOpen({ stages }: CompiledObject, { stage, deleted }: RemindableRow): boolean {
  const kind = stages.find(({ value }) => value === stage)?.kind
  return !deleted && kind !== 'won' && kind !== 'lost'
}
