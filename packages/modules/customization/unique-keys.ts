/**
 * Turns unique keys on over very many records: their values are taken in batches, while whoever writes records keeps to
 * the keys already. Where records share values the keys are turned off again, and the job says which records those are.
 */
import { AppError, type FieldProblem } from '@oneforge/kernel/errors'
import {
  bumpVersion,
  type CompiledObject,
  type CompiledUniqueKey,
  definitionOf,
  loadModel,
  slotOf,
  type TenantModel,
  updateFieldRow,
  updateObjectRow,
} from '@oneforge/kernel/metadata'
import {
  countDeferred,
  type DeferredWork,
  forgetValues,
  type LostValue,
  mostDuplicates,
  namedDuplicates,
  type RecordContext,
  sharedValues,
  takeUniqueValues,
} from '@oneforge/kernel/records'
import type { JobRun, LongJobKind } from '../jobs/index.ts'
import { completeKeys } from './computations.store.ts'
import { storedDefinition } from './rules.definitions.ts'

type Work = Extract<DeferredWork, { kind: 'unique' }>

interface Checkpoint {
  /** The last record that was done. */
  after: string | null
  done: number
  total: number
  lost: LostValue[]
  /** The keys are off again, for this reason; what they have taken is being removed. */
  refusal?: { slug: string; details: FieldProblem[]; valuesIds: string[] }
}

export const uniqueKind: LongJobKind = {
  type: 'records.unique',
  source: 'system',
  asSystem: true,
  async run(run) {
    const work = run.job.input as unknown as Work
    const reached = await takeValues(run, work, await begun(run, work))
    const { refusal } = reached.lost.length > 0 ? await turnOff(run, work, reached) : reached
    if (!refusal) {
      await run.transaction(({ tx }) => completeKeys(tx, run.tenantId, run.job.id))
      return { records: reached.done }
    }
    const discarded = { objectId: work.objectId, valuesIds: refusal.valuesIds }
    while (await run.transaction((context) => forgetValues(context, discarded, { inUse: true })))
      run.signal.throwIfAborted()
    throw sharedValues(refusal, refusal.details)
  },
}

async function begun(run: JobRun, work: Work): Promise<Checkpoint> {
  const known = run.job.checkpoint as Checkpoint | null
  if (known) return known
  const total = await run.transaction((context) => countDeferred(context, work))
  return { after: null, done: 0, total, lost: [] }
}

/** The keys that wait for this job; none once they were taken back or changed. */
function keysOf(
  run: JobRun,
  { objectId }: Work,
  model: TenantModel,
): { object?: CompiledObject; keys: CompiledUniqueKey[] } {
  const object = model.objectById.get(objectId)
  return { object, keys: object?.uniqueKeys.filter(({ filledBy }) => filledBy === run.job.id) ?? [] }
}

async function takeValues(run: JobRun, work: Work, from: Checkpoint): Promise<Checkpoint> {
  let checkpoint = from
  while (!checkpoint.refusal && checkpoint.lost.length < mostDuplicates) {
    run.signal.throwIfAborted()
    const before = checkpoint
    const next = await run.transaction((context) => takeBatch(run, work, context, before))
    if (!next) break
    checkpoint = next
  }
  return checkpoint
}

async function takeBatch(
  run: JobRun,
  work: Work,
  context: RecordContext,
  before: Checkpoint,
): Promise<Checkpoint | undefined> {
  const { object, keys } = keysOf(run, work, context.model)
  if (!object || keys.length === 0) return undefined
  const batch = await takeUniqueValues(context, object, keys, before.after ?? undefined)
  if (!batch) return undefined
  const { after, count, lost } = batch
  const reached = {
    ...before,
    after,
    done: before.done + count,
    lost: [...before.lost, ...lost].slice(0, mostDuplicates),
  }
  await save(run, context, reached)
  return reached
}

function save(run: JobRun, { tx }: RecordContext, checkpoint: Checkpoint): Promise<void> {
  const { done, total } = checkpoint
  const progress = Math.min(99, Math.floor((done / Math.max(1, total)) * 100))
  return run.save(tx, { progress, checkpoint, errors: [], result: { records: done } })
}

/** In one transaction with the reason, so that a run which goes on with it knows what is left to do. */
async function turnOff(run: JobRun, work: Work, checkpoint: Checkpoint): Promise<Checkpoint> {
  const details = await duplicatesFor(run, work, checkpoint.lost)
  return run.transaction(async (context) => {
    await bumpVersion(context.tx, run.tenantId)
    const model = await loadModel(context.tx, run.tenantId)
    const { object, keys } = keysOf(run, work, model)
    if (!object || keys.length === 0) return { ...checkpoint, lost: [] }
    const off = new Set(keys.map(({ keyId }) => keyId))
    for (const field of object.fields.filter(({ id }) => off.has(id))) {
      const { key: _, unique: _unique, ...definition } = definitionOf(field)
      await updateFieldRow(context.tx, run.tenantId, field.id, definition, slotOf(field))
    }
    const stays = { ...object, uniqueKeys: object.uniqueKeys.filter(({ keyId }) => !off.has(keyId)) }
    const definition = storedDefinition({ ...stays, fields: object.fields })
    await updateObjectRow(context.tx, run.tenantId, object.id, definition)
    await completeKeys(context.tx, run.tenantId, run.job.id)
    const refusal = { slug: object.slug, details, valuesIds: keys.map(({ id }) => id) }
    const reached = { ...checkpoint, lost: [], refusal }
    await save(run, context, reached)
    return reached
  })
}

/** The records that share values, as far as whoever asked for the key may see them. */
async function duplicatesFor(run: JobRun, work: Work, lost: LostValue[]): Promise<FieldProblem[]> {
  try {
    return await run.asAsker(async (context) => {
      const { object, keys } = keysOf(run, work, context.model)
      return object ? namedDuplicates(context, object, keys, lost) : []
    })
  } catch (error) {
    // Nobody is left to be told.
    if (error instanceof AppError && error.code === 'FORBIDDEN') return []
    throw error
  }
}
