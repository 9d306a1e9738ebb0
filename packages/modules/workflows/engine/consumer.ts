/** The consumer of events: what has happened starts runs and ends waits. It only notes them; the runner goes on with them. */
import type { Database } from '@oneforge/kernel/database'
import type { DomainEvent, EventConsumer } from '@oneforge/kernel/events'
import { listRecords, type RecordContext } from '@oneforge/kernel/records'
import type { Transactions } from '../../jobs/index.ts'
import type { Workflow } from '../definition.ts'
import { actingFor } from './acting.ts'
import { type ChangesRow, changesOf, tenantsWithWorkflows } from './consumer.store.ts'
import { enabledWorkflows, type LiveWorkflow } from './definitions.store.ts'
import type { Definitions } from './definitions.ts'
import { asksForChanges, awaitedTrigger, type Happening, isHeard, type TriggerFacts, triggerFacts } from './match.ts'
import { answerStep } from './runs.store.ts'
import { type RunRequest, startRuns } from './start.ts'
import { deleteWait, type WaitMet, waitsFor } from './waits.store.ts'

export interface ConsumerParts {
  database: Database
  transactions: Transactions
  definitions: Definitions
  /** There is something to go on with. */
  onRuns(): void
}

export function workflowConsumer({ database, transactions, definitions, onRuns }: ConsumerParts): EventConsumer {
  const handleTogether = async (events: DomainEvent[]): Promise<void> => {
    const ofRecords = events.filter(({ recordId, objectId }) => recordId && objectId)
    const [first] = ofRecords
    if (!first) return
    const { tenantId, seq } = first
    const requestId = `event ${seq}`
    const behalf = { tenantId, userId: null, asSystem: true, source: 'workflow' as const, requestId, evenIfHeld: true }
    const begun = await transactions.run(behalf, (context) => hear(context, definitions, ofRecords))
    if (begun) onRuns()
  }
  return {
    name: 'workflows',
    handle: (event) => handleTogether([event]),
    handleTogether,
    tenantsMeant: (tenantIds) => tenantsWithWorkflows(database, tenantIds),
  }
}

/** A workflow that is on, with its definition. */
interface Listener {
  live: LiveWorkflow
  workflow: Workflow
}

/** Whether there is something to go on with now. */
async function hear(context: RecordContext, definitions: Definitions, events: DomainEvent[]): Promise<boolean> {
  const { tx, model } = context
  tx.keepOpen()
  const seqs = events.map(({ seq }) => seq)
  const [lives, waits] = (await tx.batch([enabledWorkflows(model.tenantId), waitsFor(model.tenantId, seqs)])) as [
    LiveWorkflow[],
    WaitMet[],
  ]
  if (lives.length === 0 && waits.length === 0) return false
  const definition = await definitions.get(tx, lives)
  const listeners = lives.flatMap((live) => {
    const workflow = definition(live)
    return workflow && !workflow.blocking ? [{ live, workflow }] : []
  })
  const happenings = await happeningsOf(context, events, listeners, waits)
  const requests: RunRequest[] = []
  for (const listener of listeners) requests.push(...(await requestsOf(context, listener, happenings)))
  const met = await endWaits(context, waits, happenings)
  // In the order of the events, which is that of their record.
  const started = await startRuns(
    context,
    requests.toSorted((a, b) => seqOf(a) - seqOf(b)),
  )
  return met || started.length > 0
}

const seqOf = ({ cause }: RunRequest): number => (cause as { event: number }).event

/** The events with what updates changed, where somebody asks for it. */
async function happeningsOf(
  { tx, model }: RecordContext,
  events: DomainEvent[],
  listeners: Listener[],
  waits: WaitMet[],
): Promise<Happening[]> {
  const asking = new Set(listeners.flatMap(({ workflow }) => (asksForChanges(workflow.trigger) ? workflow.object : [])))
  const awaited = new Set(waits.flatMap((wait) => (asksForChanges(awaitedTrigger(wait.awaited)) ? wait.seq : [])))
  const happenings = events.flatMap((event) => {
    const object = model.objectById.get(event.objectId!)
    return object ? [{ event, object }] : []
  })
  const wanted = happenings.filter(
    ({ event, object }) => event.type === 'record.updated' && (asking.has(object.slug) || awaited.has(event.seq)),
  )
  if (wanted.length === 0) return happenings
  const rows = await tx.query<ChangesRow>(
    changesOf(
      model.tenantId,
      wanted.map(({ event }) => event.seq),
    ),
  )
  const changes = new Map(rows.map((row) => [row.seq, row.changes]))
  return happenings.map((one) => ({ ...one, changes: changes.get(one.event.seq) }))
}

/** The runs that the workflow is to have of these events. */
async function requestsOf(
  context: RecordContext,
  { live, workflow }: Listener,
  happenings: Happening[],
): Promise<RunRequest[]> {
  const meant = happenings.flatMap((happening) => {
    const { event, object } = happening
    if (object.slug !== workflow.object || !isHeard(event, workflow)) return []
    const facts = triggerFacts(workflow.trigger, happening)
    return facts ? [{ event, facts }] : []
  })
  if (meant.length === 0) return []
  try {
    const passing = await passingOf(
      context,
      workflow,
      meant.map(({ event }) => event.recordId!),
    )
    return meant.flatMap(({ event, facts }) =>
      passing === 'all' || passing.has(event.recordId!) ? [requestOf(live, event, facts)] : [],
    )
  } catch (error) {
    // A condition that cannot be asked any more stops nobody else: the runs are there, failed, and say why.
    const { status, message } = error as { status?: number; message: string }
    if (status === undefined || status >= 500) throw error
    return meant.map(({ event, facts }) => ({
      ...requestOf(live, event, facts),
      problem: `Its condition cannot be asked: ${message}`,
    }))
  }
}

/** Those of the records that the workflow's condition is true of. */
async function passingOf(context: RecordContext, workflow: Workflow, ids: string[]): Promise<Set<string> | 'all'> {
  const { condition, trigger } = workflow
  if (condition === undefined || condition === null) return 'all'
  const object = context.model.object.get(workflow.object!)!
  const wanted = [...new Set(ids)]
  const { rows } = await listRecords(actingFor(context, workflow), object, {
    filter: { and: [{ field: 'id', op: 'in', value: wanted }, condition] },
    limit: wanted.length,
    only: new Set(),
    deleted: trigger.type === 'record_deleted',
  })
  return new Set(rows.map(({ id }) => id))
}

function requestOf(live: LiveWorkflow, event: DomainEvent, facts: TriggerFacts): RunRequest {
  return {
    workflow: { id: live.workflowId, key: live.key, version: live.version },
    objectId: event.objectId,
    recordId: event.recordId,
    causeKey: `event ${event.seq}`,
    cause: { event: event.seq },
    trigger: facts,
    from: event.cause,
  }
}

/** Runs that have waited for one of the events go on. */
async function endWaits({ tx }: RecordContext, waits: WaitMet[], happenings: Happening[]): Promise<boolean> {
  const bySeq = new Map(happenings.map((happening) => [happening.event.seq, happening]))
  const ended = new Set<string>()
  for (const { runId, path, awaited, seq } of waits) {
    const happening = bySeq.get(seq)
    const facts = happening && triggerFacts(awaitedTrigger(awaited), happening)
    if (!facts || ended.has(`${runId} ${path}`)) continue
    ended.add(`${runId} ${path}`)
    await answerStep(tx, { runId, path, output: { met: true, ...facts } })
    await deleteWait(tx, runId, path)
  }
  return ended.size > 0
}
