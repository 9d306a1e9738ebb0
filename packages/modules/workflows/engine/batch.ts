/**
 * Runs of one tenant that are gone on with in one transaction: what they do, their ledgers and their states are committed
 * together or not at all. Nobody marks a run as taken. Its row is locked until the commit, and a process that dies leaves
 * everything as it was.
 */
import { isDisconnection, type RawBuilder, StaleModel } from '@oneforge/kernel/database'
import type { RecordContext } from '@oneforge/kernel/records'
import { stepsWithin, type Workflow } from '../definition.ts'
import { actingFor } from './acting.ts'
import type { ActionKinds, Prepared, RunFacts } from './action.ts'
import { addUsage, putOff, tellOfHour, type UsageRow, usageOf } from './budget.store.ts'
import { hourOf, nextHour, stepsAllowed } from './budget.ts'
import type { Definitions } from './definitions.ts'
import { Ledger } from './ledger.ts'
import { keyOf, LiveHands } from './live-hands.ts'
import { loadedTogether } from './noted.ts'
import { Pace } from './pace.ts'
import {
  answerStep,
  forgetWaits,
  holdRecords,
  type LedgerEntry,
  type LedgerSize,
  ledgerSizes,
  ledgersOf,
  type RunChange,
  type RunRow,
  type RunState,
  writeRuns,
} from './runs.store.ts'
import { SideBySide } from './side-by-side.ts'
import { type Pass, StepFailure, Walk } from './walk.ts'
import { companies, wavesOf } from './waves.ts'

/** A call to the outside that the committed ledger says is to be made. */
export interface Send {
  tenantId: string
  runId: string
  path: string
  type: string
  key: string
  input: Prepared
  attempt: number
  /** RFC 3339, of its ledger: what tells whether it is still to be made when its turn comes. */
  wakeAt: string
}

export interface BatchParts {
  kinds: ActionKinds
  definitions: Definitions
  /** Tells those who look after the workspace that its workflows do no more in this hour. */
  onSpent(context: RecordContext, until: Date): Promise<void>
}

export interface BatchResult {
  /** How many runs it was about. */
  taken: number
  sends: Send[]
}

/** What became of a run. */
interface Outcome {
  run: RunRow
  change: RunChange
  ledger: Ledger
  performed: number
  sends: Send[]
}

/** A run in which a step did not work out. */
export class RunFailure extends Error {
  readonly run: RunRow
  readonly path: string

  constructor(run: RunRow, { path, message, cause }: StepFailure) {
    super(message, { cause })
    this.name = 'RunFailure'
    this.run = run
    this.path = path
  }
}

/**
 * @param context the system's own, of a transaction that has sent nothing yet.
 * @param due asks for the runs.
 * @param onTaken told which are gone on with.
 * @throws RunFailure
 */
export async function workOn(
  context: RecordContext,
  parts: BatchParts,
  due: RawBuilder<RunRow>,
  onTaken: (runs: RunRow[]) => void = () => {},
): Promise<BatchResult> {
  const { tx, model, now } = context
  tx.keepOpen()
  const [runs, usage] = (await tx.batch([due, usageOf(model.tenantId, hourOf(now))])) as [RunRow[], UsageRow[]]
  if (runs.length === 0) return { taken: 0, sends: [] }
  const allowed = stepsAllowed(model, now)
  if (allowed !== null && (usage[0]?.steps ?? 0) >= allowed) {
    await waitForNextHour(context, parts)
    return { taken: runs.length, sends: [] }
  }
  onTaken(runs)
  const outcomes = await goOn(context, parts, runs)
  await store(context, outcomes)
  return { taken: outcomes.length, sends: outcomes.flatMap(({ sends }) => sends) }
}

async function waitForNextHour(context: RecordContext, { onSpent }: BatchParts): Promise<void> {
  const { tx, model, now } = context
  const until = nextHour(now)
  await tx.query(putOff(model.tenantId, now, until))
  if (await tellOfHour(tx, hourOf(now))) await onSpent(context, until)
}

/** Goes on with the runs wave by wave, with as many as one transaction takes. */
async function goOn(context: RecordContext, parts: BatchParts, runs: RunRow[]): Promise<Outcome[]> {
  const known = await readBeside(context, parts, runs)
  const outcomes: Outcome[] = []
  const unfinished = new Set(known.left.filter(({ record_id }) => record_id !== null).map(queueOf))
  const pace = new Pace()
  const companyOf = companies(context.model)
  for (const wave of wavesOf(known.ready, (run) => companyOf(known.definition(run)))) {
    if (pace.isOver) break
    const turn = wave.filter((run) => !unfinished.has(queueOf(run)))
    for (const outcome of await goOnWithAll({ ...parts, context, known, pace }, turn)) {
      outcomes.push(outcome)
      pace.count(outcome.performed)
      if (outcome.change.state === 'ready' && outcome.run.record_id !== null) unfinished.add(queueOf(outcome.run))
    }
  }
  return outcomes
}

/** Side by side, with what they have in common done once. */
function goOnWithAll(parts: Omit<Wave, 'walks' | 'goesOn'> & { pace: Pace }, runs: RunRow[]): Promise<Outcome[]> {
  const walks = new SideBySide()
  const goesOn = parts.pace.of(runs.length)
  return walks.walk(runs.map((run) => () => goOnWith({ ...parts, walks, goesOn }, run)))
}

/** Runs of one workflow on one record are begun one after another: those behind one that has more to do wait for it. */
const queueOf = ({ workflow_id, record_id }: RunRow): string => `${workflow_id} ${record_id}`

/** What is needed of runs beside their rows. */
interface Known {
  definition(run: RunRow): Workflow | undefined
  ledger(run: RunRow): Ledger
  /** Those that are gone on with: their records are this transaction's to change, their ledgers are loaded. */
  ready: RunRow[]
  /** Left to the next batch: more ledgers are not in memory together. */
  left: RunRow[]
  isGone(run: RunRow): boolean
}

async function readBeside(context: RecordContext, parts: BatchParts, runs: RunRow[]): Promise<Known> {
  const { tx, model } = context
  const begun = runs.filter(({ started_at }) => started_at !== null).map(({ id }) => id)
  const records = [...new Set(runs.flatMap(({ record_id }) => record_id ?? []))]
  const [held, sizes] = (await tx.batch([
    holdRecords(model.tenantId, records),
    ...(begun.length > 0 ? [ledgerSizes(model.tenantId, begun)] : []),
  ])) as [{ id: string; gone: boolean }[], LedgerSize[]?]
  const gone = new Map(held.map((row) => [row.id, row.gone]))
  const ours = runs.filter(({ record_id }) => record_id === null || gone.has(record_id))
  const fitting = loadedTogether(ours, new Map(sizes?.map(({ runId, bytes }) => [runId, bytes])))
  const loaded = fitting.filter(({ started_at }) => started_at !== null).map(({ id }) => id)
  const entries = loaded.length > 0 ? await tx.query<LedgerEntry>(ledgersOf(model.tenantId, loaded)) : []
  const definition = await parts.definitions.get(tx, runs.map(versionOf))
  const byRun = Map.groupBy(entries, ({ runId }) => runId)
  return {
    definition: (run) => definition(versionOf(run)),
    ledger: (run) => new Ledger(byRun.get(run.id)),
    ready: fitting,
    left: ours.filter((run) => !fitting.includes(run)),
    isGone: ({ record_id }) => record_id !== null && gone.get(record_id) === true,
  }
}

const versionOf = ({ workflow_id: workflowId, version }: RunRow) => ({ workflowId, version })

interface Wave extends BatchParts {
  context: RecordContext
  known: Known
  walks: SideBySide
  /** Whether a run goes on that has performed so many steps. */
  goesOn(performed: number): boolean
}

async function goOnWith({ context, kinds, known, walks, goesOn }: Wave, run: RunRow): Promise<Outcome> {
  const workflow = known.definition(run)
  const object = run.object_id ? context.model.objectById.get(run.object_id) : undefined
  const ledger = known.ledger(run)
  const reason = whyStopped(run, workflow, object !== undefined, known.isGone(run))
  if (!workflow || reason) return ended(run, ledger, 'stopped', reason)
  try {
    const acting = actingFor(context, workflow, run.id)
    const facts: RunFacts = {
      id: run.id,
      workflowId: run.workflow_id,
      workflow,
      ...(object ? { object } : {}),
      recordId: run.record_id,
      trigger: run.trigger,
    }
    const hands = new LiveHands({ context: acting, kinds, run, facts, walks })
    const walk = new Walk(workflow, ledger, hands, goesOn)
    const pass = await walk.run()
    return {
      ...passed(context, run, ledger, pass),
      performed: walk.performed,
      sends: sendsOf(context, run, workflow, ledger, walk.sent),
    }
  } catch (error) {
    throw asRunFailure(run, error)
  }
}

/** What speaks against going on with a run. */
function whyStopped(
  { object_id }: RunRow,
  workflow: Workflow | undefined,
  hasObject: boolean,
  isGone: boolean,
): string | undefined {
  if (!workflow) return 'Its workflow is no more.'
  if (object_id && !hasObject) return 'What its record belonged to is no more.'
  if (isGone && !outlivesRecord(workflow)) return 'Its record was deleted.'
  return undefined
}

/** Workflows that have something to do when their record is deleted. */
const outlivesRecord = ({ trigger, steps }: Workflow): boolean =>
  trigger.type === 'record_deleted' ||
  stepsWithin(steps).some((step) => step.type === 'wait_event' && step.event === 'record_deleted')

function ended(run: RunRow, ledger: Ledger, state: RunState, message?: string): Outcome {
  const error = message ? { path: null, message } : null
  const change = { id: run.id, state, wakeAt: null, attempt: run.attempt, error }
  return { run, change, ledger, performed: 0, sends: [] }
}

function passed({ now }: RecordContext, run: RunRow, ledger: Ledger, pass: Pass) {
  if (pass === 'through' || pass === 'stopped') return ended(run, ledger, 'done')
  const isWaiting = pass === 'waiting'
  const wakeAt = isWaiting ? ledger.wakeAt() : now.toISOString()
  const state: RunState = isWaiting ? 'waiting' : 'ready'
  return { run, ledger, change: { id: run.id, state, wakeAt, attempt: 0, error: null } }
}

function sendsOf({ model }: RecordContext, run: RunRow, workflow: Workflow, ledger: Ledger, paths: string[]): Send[] {
  if (paths.length === 0) return []
  const types = new Map([...stepsWithin(workflow.steps)].map(({ id, type }) => [id, type]))
  return paths.map((path) => {
    const { input, attempt, wakeAt } = ledger.at(path)!
    const type = types.get(path.slice(path.lastIndexOf('/') + 1))!
    return {
      tenantId: model.tenantId,
      runId: run.id,
      path,
      type,
      key: keyOf(run, path),
      input: input as Prepared,
      attempt,
      wakeAt: wakeAt!,
    }
  })
}

const retriedStates = new Set(['40P01', '40001'])

/** Whether it is no fault of any run: the whole transaction is done again. */
export function isPassing(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return error instanceof StaleModel || retriedStates.has(code) || isDisconnection(error)
}

/** What passes is given as it is, and the run does not count it. */
export function asRunFailure(run: RunRow, error: unknown): unknown {
  const cause = error instanceof StepFailure ? error.cause : error
  if (isPassing(cause)) return cause
  return new RunFailure(run, error instanceof StepFailure ? error : new StepFailure('', error))
}

/** One statement for all ledgers, one for all states, and what is rare: ends that somebody waits for. */
async function store({ tx, model, now }: RecordContext, outcomes: Outcome[]): Promise<void> {
  const { tenantId } = model
  const changes = outcomes.map(({ change }) => change)
  const steps = outcomes.flatMap(({ run, ledger }) => ledger.changes().map((row) => ({ ...row, runId: run.id })))
  const over = outcomes.filter(({ change }) => change.wakeAt === null && change.state !== 'waiting')
  const leaving = over.filter(({ ledger }) => ledger.isOpen()).map(({ run }) => run.id)
  const statements = [
    ...writeRuns(tenantId, changes, steps, now),
    ...(leaving.length > 0 ? forgetWaits(tenantId, leaving) : []),
  ]
  const called = over.filter(({ run }) => run.parent_id !== null)
  if (called.length > 0) await tx.batch(statements.splice(0))
  for (const { run, change } of called) {
    const output = { run: run.id, state: change.state }
    await answerStep(tx, { runId: run.parent_id!, path: run.parent_path!, output })
  }
  const performed = outcomes.reduce((sum, outcome) => sum + outcome.performed, 0)
  if (performed > 0) statements.push(addUsage(tenantId, hourOf(now), performed))
  // They travel with the end of the transaction.
  tx.closeWith(() => statements)
}
