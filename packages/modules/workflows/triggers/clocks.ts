/**
 * What goes by the clock, worked on by a job that comes by each minute: timers that are due, schedules, and the timers of
 * records that were there before their workflow was turned on. Each piece of work locks what it is about, so that of two
 * servers one does it; a run and the step of the clock that began it are one transaction.
 */
import type { Database } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import { listRecords, type RecordContext } from '@oneforge/kernel/records'
import { type Transactions, WorkspaceHeld } from '../../jobs/index.ts'
import type { Workflow } from '../definition.ts'
import { actingFor, type RunRequest, startRuns } from '../engine/index.ts'
import { workflowOf } from '../stored-form.ts'
import { nextTime, type Schedule } from './schedules.ts'
import { type DueClock, datesAfter, dueClock, setClock, tenantsWithDue, timersAmong } from './timers.store.ts'
import { askCondition, fireTimers, plan, timedOf } from './timers.ts'

/** When the job comes by, as `createJobs().schedule` takes it: each minute. */
export const clockSchedule = '* * * * *'

/** Records whose timers one transaction notes. */
const filledTogether = 1_000

/** Records for which a schedule runs, at the most. */
const mostScheduled = 10_000
const listedTogether = 500

/**
 * @param parts.wake there are runs to go on with.
 * @param parts.now the clock, which tests move on.
 */
export function clockKind(parts: {
  database: Database
  transactions: Transactions
  wake(): void
  now?: () => Date
}): JobKind {
  const { database, transactions, wake, now = () => new Date() } = parts
  return {
    name: 'workflows.clocks',
    async handle(_, { id, signal }) {
      const failures: unknown[] = []
      for (const tenantId of await tenantsWithDue(database, now())) {
        const behalf = { tenantId, userId: null, asSystem: true, source: 'workflow' as const, requestId: id }
        const work = (context: RecordContext) => turn({ ...context, now: now() })
        try {
          while (!signal.aborted && (await transactions.run(behalf, work))) wake()
          wake()
        } catch (error) {
          // What is due waits until the workspace is resumed. Nobody waits for another workspace where something is wrong.
          if (!(error instanceof WorkspaceHeld)) failures.push(error)
        }
      }
      if (failures.length > 0)
        throw new AggregateError(failures, 'Workflows of some workspaces that are due were not started.')
    },
  }
}

/** So much at a time that no transaction is long; returns whether there may be more. */
async function turn(context: RecordContext): Promise<boolean> {
  if (await fireTimers(context)) return true
  const clock = await dueClock(context.tx, context.now)
  if (!clock) return false
  if (workflowOf(clock.definition).trigger.type === 'date_relative') await fill(context, clock)
  else await strike(context, clock)
  return true
}

/**
 * Notes timers of the next records that were there before. One that is noted already was still to come when the clocks of a
 * place went otherwise: it fires at once where it has passed by now.
 */
async function fill(context: RecordContext, clock: DueClock): Promise<void> {
  const { tx } = context
  const timed = timedOf(context, clock)
  if (!timed) return setClock(tx, clock.id, { nextAt: null })
  const page = { after: clock.filled_to, limit: filledTogether }
  const rows = await datesAfter(tx, timed.object, timed.trigger.field, page)
  const turnedOn = Date.parse(clock.next_at)
  const ids = rows.map(({ id }) => id)
  const awaited = await timersAmong(tx, clock.id, ids)
  await plan(context, timed, rows, (id) => (awaited.has(id) ? Number.NEGATIVE_INFINITY : turnedOn))
  const isLast = rows.length < filledTogether
  await setClock(
    tx,
    clock.id,
    isLast ? { nextAt: null } : { nextAt: new Date(clock.next_at), filledTo: rows.at(-1)!.id },
  )
}

/** A schedule that was written sets its clock; one that is due runs. What was missed runs once. */
async function strike(context: RecordContext, clock: DueClock): Promise<void> {
  const { tx, model, now } = context
  const workflow = workflowOf(clock.definition)
  if (clock.is_set) await startRuns(context, await requestsOf(context, clock, workflow))
  const nextAt = nextTime(workflow.trigger as Schedule, model.timeZone, now) ?? null
  await setClock(tx, clock.id, { nextAt })
}

async function requestsOf(context: RecordContext, clock: DueClock, workflow: Workflow): Promise<RunRequest[]> {
  const moment = new Date(clock.next_at).toISOString()
  const { records } = workflow.trigger as { records?: unknown }
  const object = workflow.object === undefined ? undefined : context.model.object.get(workflow.object)
  const request = (recordId: string | null): RunRequest => ({
    workflow: { id: clock.id, key: clock.key, version: clock.version },
    objectId: recordId && object ? object.id : null,
    recordId,
    causeKey: recordId ? `schedule ${moment} ${recordId}` : `schedule ${moment}`,
    cause: { schedule: moment },
    trigger: { type: 'schedule', at: moment },
  })
  if (!object || records === undefined) return [request(null)]
  const asked = await askCondition(records, () => idsPassing(context, workflow, records))
  return 'problem' in asked ? [{ ...request(null), ...asked }] : asked.passing.map(request)
}

async function idsPassing(context: RecordContext, workflow: Workflow, records: unknown): Promise<string[]> {
  const object = context.model.object.get(workflow.object!)!
  const filter = { and: [records, ...(workflow.condition ? [workflow.condition] : [])] }
  const acting = actingFor(context, workflow)
  const ids: string[] = []
  let cursor: string | null | undefined
  do {
    const query = { filter, limit: listedTogether, only: new Set<string>(), ...(cursor ? { cursor } : {}) }
    const page = await listRecords(acting, object, query)
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor && ids.length < mostScheduled)
  return ids.slice(0, mostScheduled)
}
