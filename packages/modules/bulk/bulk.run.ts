/**
 * Works through the records of a change, batch by batch. Each batch is one transaction with what became of its records
 * and how far the work is, so a run that is killed goes on exactly behind the last batch that took effect.
 */
import { notFound } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import {
  type BulkOutcome,
  deleteMany,
  type Meant,
  purgeMany,
  type RecordContext,
  restoreMany,
  takeBackUpdates,
  updateMany,
} from '@oneforge/kernel/records'
import { type FileStorage, storageKeysOf } from '@oneforge/modules/files'
import type { JobError, JobRun, LongJobKind } from '@oneforge/modules/jobs'
import type { BulkResult } from './bulk.schemas.ts'
import {
  type ChangeRow,
  countRecords,
  nextRecords,
  readChange,
  saveOutcomes,
  type WaitingRecord,
} from './bulk.store.ts'

export const jobType = 'bulk'
/** What one transaction does; what is no more than that is done as it is asked for. */
export const batchSize = 200
const shownErrors = 100
/** Ids of records come behind it. */
export const beforeAll = '00000000-0000-0000-0000-000000000000'

export const bulkKind = (storage: FileStorage): LongJobKind => ({
  type: jobType,
  source: 'bulk',
  run: (run) => runChange(run, storage),
})

export interface BatchState {
  /** The last record that was dealt with. */
  after: string
  result: BulkResult
  /** The first records that were refused. */
  errors: JobError[]
}

/** Where the work begins. */
export const atStart = (action: BulkResult['action'], total: number): BatchState => {
  return { after: beforeAll, errors: [], result: { action, total, changed: 0, unchanged: 0, refused: 0 } }
}

async function runChange(run: JobRun, storage: FileStorage): Promise<object> {
  const checkpoint = run.job.checkpoint as Omit<BatchState, 'errors'> | null
  // What made an earlier run fail is no longer true.
  const errors = run.job.errors.filter((error) => error.line !== undefined)
  let state = checkpoint ? { ...checkpoint, errors } : await begin(run)
  for (;;) {
    run.signal.throwIfAborted()
    const before = state
    const next = await run.transaction(async (context) => {
      const done = await doBatch(context, run.job.id, storage, before)
      if (done) await save(run, context, done)
      return done
    })
    if (!next) return state.result
    state = next
  }
}

const begin = (run: JobRun): Promise<BatchState> =>
  run.transaction(async ({ tx }) => {
    const change = await readChange(tx, run.tenantId, run.job.id)
    if (!change) throw notFound('The change')
    return atStart(change.action, await countRecords(tx, run.tenantId, change.id))
  })

function save(run: JobRun, { tx }: RecordContext, { after, result, errors }: BatchState): Promise<void> {
  const done = result.changed + result.unchanged + result.refused
  const progress = Math.min(99, Math.floor((done / Math.max(1, result.total)) * 100))
  return run.save(tx, { checkpoint: { after, result }, progress, result, errors })
}

/** Does the next records in the caller's transaction; undefined when none are left. */
export async function doBatch(
  context: RecordContext,
  id: string,
  storage: FileStorage,
  before: BatchState,
): Promise<BatchState | undefined> {
  const { tx, model } = context
  const change = await readChange(tx, model.tenantId, id)
  const object = change && model.objectById.get(change.object_id)
  if (!object) throw notFound('The object of this change')
  const rows = await nextRecords(tx, model.tenantId, id, { after: before.after, limit: batchSize })
  if (rows.length === 0) return undefined
  const { locationId, source } = change.settings
  const outcomes = await carryOut({ ...context, locationId, source }, object, change, rows, storage)
  await saveOutcomes(tx, model.tenantId, id, outcomes)
  const result = { ...before.result }
  for (const { state } of outcomes) result[state] += 1
  const errors = [...before.errors, ...errorsOf(outcomes, before.result)].slice(0, shownErrors)
  return { after: rows.at(-1)!.record_id, result, errors }
}

/** The line of an error is the number of the refusal: it tells the refusals of records from what stopped the job. */
const errorsOf = (outcomes: BulkOutcome[], { refused }: BulkResult): JobError[] =>
  outcomes
    .filter(({ state }) => state === 'refused')
    .map(({ recordNumber, reason }, index) => ({
      line: refused + index + 1,
      message: recordNumber ? `${recordNumber}: ${reason}` : reason!,
    }))

async function carryOut(
  context: RecordContext,
  object: CompiledObject,
  change: ChangeRow,
  rows: WaitingRecord[],
  storage: FileStorage,
): Promise<BulkOutcome[]> {
  const ids = rows.map(({ record_id }) => record_id)
  const { settings } = change
  const meant: Meant = settings.chosen ? { chosen: settings.chosen } : {}
  switch (change.action) {
    case 'update':
      return updateMany(context, object, ids, settings.change!, meant)
    case 'delete':
      return deleteMany(context, object, ids, meant)
    case 'restore':
      return restoreMany(context, object, ids, meant)
    case 'purge':
      return purge(context, object, ids, meant, storage)
    default:
      return takeBack(context, object, change, rows)
  }
}

/** The files are removed behind the commit: one may be left over, never missed. */
async function purge(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  meant: Meant,
  storage: FileStorage,
): Promise<BulkOutcome[]> {
  const { tx, model } = context
  const keys = await storageKeysOf(tx, model.tenantId, ids)
  const outcomes = await purgeMany(context, object, ids, meant)
  const gone = outcomes.filter(({ state }) => state === 'changed').flatMap(({ id }) => keys.get(id) ?? [])
  tx.onCommit(() => {
    for (const key of gone) storage.remove(key).catch(() => {})
  })
  return outcomes
}

async function takeBack(
  caller: RecordContext,
  object: CompiledObject,
  { undoes }: ChangeRow,
  rows: WaitingRecord[],
): Promise<BulkOutcome[]> {
  const context: RecordContext = { ...caller, source: 'undo' }
  const undone = await readChange(context.tx, context.model.tenantId, undoes!)
  if (!undone) throw notFound('The change that is to be taken back')
  const records = rows.map(({ record_id, version, before }) => ({
    id: record_id,
    version: version!,
    before: before ?? {},
  }))
  const ids = records.map(({ id }) => id)
  const versions = new Map(records.map(({ id, version }) => [id, version]))
  if (undone.action === 'delete') return restoreMany(context, object, ids, { versions })
  if (undone.action === 'restore') return deleteMany(context, object, ids, { versions })
  return takeBackUpdates(context, object, records)
}
