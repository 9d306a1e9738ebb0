/** Records that stand in stages which a change of metadata begins with. */
import type { TenantModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type DeferredWork, recordNumbersStarted, workToTheEnd } from '@oneforge/kernel/records'

/** Begins the stays of records that were there before a pipeline over their field, or before it became the main one. */
export async function beginStays(
  context: OperationContext,
  before: TenantModel,
  after: TenantModel,
  slug: string,
): Promise<void> {
  const object = after.object.get(slug)
  const earlier = before.object.get(slug)
  if (!object || !earlier) return
  const had = new Set(earlier.pipelines.map(({ field }) => field))
  const isNew = (key: string) => !had.has(key) || (object.roles.stage === key && earlier.roles.stage !== key)
  const fresh = object.pipelines.filter(({ field }) => isNew(field))
  if (fresh.length === 0 || !(await recordNumbersStarted(context.tx, after, object))) return
  for (const { field } of fresh) {
    const work: DeferredWork = { kind: 'stays', objectId: object.id, fieldId: object.field.get(field)!.id }
    if (context.defer) await context.defer(work)
    else await workToTheEnd({ ...context, model: after }, work)
  }
}
