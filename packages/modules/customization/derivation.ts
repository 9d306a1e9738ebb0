/** Work on the records that a change of metadata, or of a record that very many are made of, leaves to a job. */
import type { CompiledField, CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import {
  countDeferred,
  type DeferredWork,
  recordNumbersStarted,
  reserveNumbers,
  workOnDeferred,
  workToTheEnd,
} from '@oneforge/kernel/records'
import type { JobRun, LongJobKind } from '../jobs/index.ts'
import { finishDerivation, markDerived } from './computations.store.ts'
import { uniqueKind } from './unique-keys.ts'

/**
 * Begins with deriving the records of an object anew; until that is done, the fields named are read from the values alone.
 *
 * @param recomputed computed fields that are worked out, whatever the records say.
 */
export async function derive(
  context: OperationContext,
  model: TenantModel,
  object: CompiledObject,
  fields: CompiledField[],
  recomputed: CompiledField[] = [],
): Promise<void> {
  if (!(await recordNumbersStarted(context.tx, model, object))) return
  const work: DeferredWork = { kind: 'derive', objectId: object.id, fieldIds: recomputed.map(({ id }) => id) }
  if (!context.defer) return workToTheEnd({ ...context, model }, work)
  const jobId = await context.defer(work)
  const derived = [...fields, ...recomputed].map(({ id }) => id)
  await markDerived(context.tx, model.tenantId, derived, jobId)
}

/** Begins with numbering the records that were there before these autonumber fields: those just made, and those that are back. */
export async function numberRecords(
  context: OperationContext,
  object: CompiledObject,
  { fresh, restored }: { fresh: CompiledField[]; restored: CompiledField[] },
): Promise<void> {
  const { tx, model } = context
  const fields = [...fresh, ...restored]
  if (fields.length === 0 || !(await recordNumbersStarted(tx, model, object))) return
  for (const field of fields) {
    await reserveNumbers(context, object, field, fresh.includes(field))
    const work: DeferredWork = { kind: 'number', objectId: object.id, fieldId: field.id }
    if (context.defer) await markDerived(tx, model.tenantId, [field.id], await context.defer(work))
    else await workToTheEnd(context, work)
  }
}

interface Checkpoint {
  /** The last record that was done. */
  after: string | null
  done: number
  total: number
}

const derivation = (type: string): LongJobKind => ({ type, source: 'system', asSystem: true, run: workThrough })

export const derivationKinds: LongJobKind[] = [
  ...['derive', 'recompute', 'restage', 'reinstate', 'stays', 'number', 'forget', 'keys'].map((kind) =>
    derivation(`records.${kind}`),
  ),
  uniqueKind,
]

/** One run of such a job, from where the last one stopped. */
export async function workThrough(run: JobRun): Promise<object> {
  const work = run.job.input as unknown as DeferredWork
  let checkpoint =
    (run.job.checkpoint as Checkpoint | null) ??
    (await run.transaction(async (context) => ({ after: null, done: 0, total: await countDeferred(context, work) })))
  for (;;) {
    run.signal.throwIfAborted()
    const before = checkpoint
    const next = await run.transaction(async (context) => {
      const batch = await workOnDeferred(context, work, before.after ?? undefined)
      if (!batch) return undefined
      const reached = { ...before, after: batch.after, done: before.done + batch.count }
      const progress = Math.min(99, Math.floor((reached.done / Math.max(1, reached.total)) * 100))
      await run.save(context.tx, { progress, checkpoint: reached, errors: [], result: { records: reached.done } })
      return reached
    })
    if (!next) break
    checkpoint = next
  }
  await run.transaction(({ tx }) => finishDerivation(tx, run.tenantId, run.job.id))
  return { records: checkpoint.done }
}
