/** Sample records go again, without what people have made of them. */
import { systemPolicy } from '@oneforge/kernel/access'
import type { OperationContext } from '@oneforge/kernel/operations'
import { deleteRecords, noteSamplesGoing } from '@oneforge/kernel/records'
import { adoptSamples, countSamples, deleteSamples, lockTouchedSamples } from './templates.store.ts'

export interface RemovedSamples {
  /** For good: nobody had touched them, and the template brings them again. */
  removed: number
  /** Those that people have changed or linked, where they went to the trash. */
  trashed: number
  /** Those that stay, as records like any others. */
  kept: number
}

/** How many sample records there are, and how many of them people have changed, written about or linked with their own. */
export const samplesHeld = ({ tx, model }: OperationContext): Promise<{ total: number; touched: number }> =>
  countSamples(tx, model.tenantId)

/**
 * Removes all sample records that nobody has touched. The others are records like any others from then on: they stay,
 * or go to the trash, where people may bring them back from.
 *
 * @param touched what becomes of those that people have changed or linked.
 */
export async function removeSamples(context: OperationContext, touched: 'keep' | 'trash'): Promise<RemovedSamples> {
  const { tx, model } = context
  const theirs = await lockTouchedSamples(tx, model.tenantId)
  await adoptSamples(
    tx,
    model.tenantId,
    theirs.map(({ id }) => id),
  )
  await noteSamplesGoing(context)
  const removed = await deleteSamples(tx, model.tenantId)
  const trashed = touched === 'trash' ? await moveToTrash(context, theirs) : 0
  return { removed, trashed, kept: theirs.length - trashed }
}

/** Whoever may remove samples may do so whatever their role says of single objects; rules of deleting still hold. */
async function moveToTrash(context: OperationContext, samples: { id: string; object_id: string }[]): Promise<number> {
  const { model } = context
  const permissive = { ...context, policy: { ...systemPolicy(model), userId: context.policy.userId } }
  let trashed = 0
  for (const [objectId, ofObject] of Map.groupBy(samples, (sample) => sample.object_id)) {
    const object = model.objectById.get(objectId)
    if (!object) continue
    const ids = ofObject.map(({ id }) => id)
    const results = await deleteRecords(permissive, object, ids)
    trashed += results.filter(({ success }) => success).length
  }
  return trashed
}
