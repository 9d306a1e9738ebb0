/**
 * Timers of workflows that count from a date of their records. A consumer of events keeps them: what is written costs
 * nothing more, and its timer follows a moment later. When the time has come they look at the record again, so that what
 * was moved, deleted or does not meet the condition any more starts nothing.
 */
import type { Database } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { DomainEvent, EventConsumer } from '@oneforge/kernel/events'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { listRecords, type RecordContext } from '@oneforge/kernel/records'
import type { Transactions } from '../../jobs/index.ts'
import type { Trigger, Workflow } from '../definition.ts'
import { actingFor, linkOf, type RunRequest, startRuns } from '../engine/index.ts'
import { workflowOf } from '../stored-form.ts'
import { momentFrom } from './moments.ts'
import {
  type DatedRow,
  type DueTimer,
  datesOf,
  dueTimers,
  type LiveRow,
  liveWorkflows,
  removeTimers,
  type Timer,
  tenantsWithTimers,
  timedWorkflows,
  writeTimers,
} from './timers.store.ts'

/** Who writes down the present minute means it, though it has begun. */
const minuteMs = 60_000

/** What was missed for longer, as nothing was running, is told as skipped. */
const latestMs = 24 * 3_600_000

/** Fired by one transaction. */
const batchSize = 200

type DateRelative = Trigger & { type: 'date_relative' }

/** A workflow that counts from a date, and what it counts from. */
export interface Timed {
  row: LiveRow
  workflow: Workflow
  trigger: DateRelative
  object: CompiledObject
}

export function timedOf({ model }: RecordContext, row: LiveRow): Timed | undefined {
  const workflow = workflowOf(row.definition)
  const object = workflow.object === undefined ? undefined : model.object.get(workflow.object)
  return object && workflow.trigger.type === 'date_relative'
    ? { row, workflow, trigger: workflow.trigger, object }
    : undefined
}

/** Events after which the date of a record may be another. */
const moving = new Set(['record.created', 'record.updated', 'record.computed', 'record.deleted', 'record.restored'])

export function timerKeeper(database: Database, transactions: Transactions): EventConsumer {
  const handleTogether = async (events: DomainEvent[]): Promise<void> => {
    const ofRecords = events.filter(({ type, recordId }) => moving.has(type) && recordId)
    const [first] = ofRecords
    if (!first) return
    const { tenantId, seq } = first
    const requestId = `event ${seq}`
    const behalf = { tenantId, userId: null, asSystem: true, source: 'workflow' as const, requestId, evenIfHeld: true }
    await transactions.run(behalf, (context) => follow(context, ofRecords))
  }
  return {
    name: 'workflow timers',
    handle: (event) => handleTogether([event]),
    handleTogether,
    tenantsMeant: (tenantIds) => tenantsWithTimers(database, tenantIds),
  }
}

async function follow(context: RecordContext, events: DomainEvent[]): Promise<void> {
  const writtenAt = new Map(events.toReversed().map(({ recordId, at }) => [recordId!, Date.parse(at) - minuteMs]))
  for (const row of await timedWorkflows(context.tx)) {
    const timed = timedOf(context, row)
    const meant = timed ? events.filter((event) => isMeant(event, timed)) : []
    const ids = [...new Set(meant.map(({ recordId }) => recordId!))]
    if (timed && ids.length > 0)
      await plan(
        context,
        timed,
        await datesOf(context.tx, timed.object, timed.trigger.field, ids),
        (id) => writtenAt.get(id)!,
      )
  }
}

/** Sample records are no news; imported ones only where the workflow says so. */
function isMeant(event: DomainEvent, timed: Timed): boolean {
  const { objectId, payload } = event
  const { source } = payload as { source?: string }
  if (objectId !== timed.object.id || isOwnEcho(event, timed)) return false
  return source !== 'template' && (source !== 'import' || timed.workflow.onImport === true)
}

/** Who counts from the last change of a record does not count from the changes that come of it: it would never end. */
const isOwnEcho = ({ cause, recordId }: DomainEvent, { row, trigger }: Timed): boolean =>
  trigger.field === 'updatedAt' && cause?.chain.includes(linkOf(row.key, recordId)) === true

/**
 * Notes when the workflow is due for the records. What had passed when the record was written, or the workflow turned on, is not:
 * nobody expects it to make up for the past.
 *
 * @param since that moment, in milliseconds since 1970.
 */
export async function plan(
  context: RecordContext,
  timed: Timed,
  rows: DatedRow[],
  since: (recordId: string) => number,
): Promise<void> {
  const timers = rows.map(({ id, ...date }): Timer => {
    const at = momentOf(timed.trigger, date)
    return { recordId: id, at: at?.toISOString() ?? null, hasPassed: at !== undefined && at.getTime() <= since(id) }
  })
  await writeTimers(context.tx, timed.row.id, timers)
}

function momentOf(
  { offset }: DateRelative,
  { value, time_zone: timeZone }: Pick<DatedRow, 'value' | 'time_zone'>,
): Date | undefined {
  if (value === null) return undefined
  try {
    return momentFrom(String(value), offset, timeZone)
  } catch (error) {
    // A date that the calendar does not have, or an end of time: nothing is ever due then.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Starts what is due; returns whether there may be more. */
export async function fireTimers(context: RecordContext): Promise<boolean> {
  const { tx, now } = context
  const due = await dueTimers(tx, now, batchSize)
  if (due.length === 0) return false
  const rows = await liveWorkflows(tx, [...new Set(due.map(({ workflow_id }) => workflow_id))])
  await removeTimers(tx, due)
  for (const [workflowId, timers] of Map.groupBy(due, ({ workflow_id }) => workflow_id)) {
    const row = rows.get(workflowId)
    const timed = row && timedOf(context, row)
    if (timed) await fire(context, timed, timers)
  }
  return due.length === batchSize
}

async function fire(context: RecordContext, timed: Timed, timers: DueTimer[]): Promise<void> {
  const { tx, now } = context
  const dates = await datesOf(
    tx,
    timed.object,
    timed.trigger.field,
    timers.map(({ record_id }) => record_id),
  )
  const moments = new Map(dates.map(({ id, ...date }) => [id, momentOf(timed.trigger, date)]))
  // Moved since the timer was noted.
  const later = dates.filter(({ id }) => (moments.get(id)?.getTime() ?? 0) > now.getTime())
  await plan(context, timed, later, () => now.getTime())
  const standing = timers.filter(({ record_id }) => {
    const at = moments.get(record_id)
    return at !== undefined && at <= now
  })
  const ids = standing.map(({ record_id }) => record_id)
  const asked = await askCondition(timed.workflow.condition, () => passingOf(context, timed, ids))
  const requests = standing
    .filter(({ record_id }) => 'problem' in asked || asked.passing.has(record_id))
    .map((timer) => ({
      ...requestOf(context, timed, timer.record_id, moments.get(timer.record_id)!),
      ...('problem' in asked ? asked : {}),
    }))
  await startRuns(context, requests)
}

/** A condition that cannot be asked any more stops nobody else: the runs are there, failed, and say why. */
export async function askCondition<T>(
  condition: unknown,
  ask: () => Promise<T>,
): Promise<{ passing: T } | { problem: string }> {
  try {
    return { passing: await ask() }
  } catch (error) {
    if (condition === undefined || !(error instanceof AppError) || error.status >= 500) throw error
    return { problem: `Its condition cannot be asked: ${error.message}` }
  }
}

async function passingOf(context: RecordContext, { workflow, object }: Timed, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0 || workflow.condition === undefined || workflow.condition === null) return new Set(ids)
  const filter = { and: [{ field: 'id', op: 'in', value: ids }, workflow.condition] }
  const { rows } = await listRecords(actingFor(context, workflow), object, {
    filter,
    limit: ids.length,
    only: new Set(),
  })
  return new Set(rows.map(({ id }) => id))
}

/** Under its moment: a record whose other fields change, or whose timer is noted twice, has one run for it. */
function requestOf({ now }: RecordContext, { row, object, trigger }: Timed, recordId: string, at: Date): RunRequest {
  const moment = at.toISOString()
  const isTooLate = now.getTime() - at.getTime() > latestMs
  return {
    workflow: { id: row.id, key: row.key, version: row.version },
    objectId: object.id,
    recordId,
    causeKey: `timer ${recordId} ${moment}`,
    cause: { timer: moment },
    trigger: { type: 'date_relative', field: trigger.field, at: moment },
    ...(isTooLate
      ? { problem: `It was due at ${moment}, more than a day before anything was running again, and was skipped.` }
      : {}),
  }
}
