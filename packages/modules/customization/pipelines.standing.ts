/** Records that stand in stages which a change of metadata takes away or begins with. */
import { conflict, validationError } from '@oneforge/kernel/errors'
import {
  type CompiledField,
  type CompiledObject,
  inLocale,
  type StageDefinition,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type DeferredWork, recordNumbersStarted, workToTheEnd } from '@oneforge/kernel/records'
import { countStanding } from './pipelines.store.ts'

/** How many records stand in the stages that go; 409 where it is not said where they go. */
export async function leaveStages(
  context: OperationContext,
  object: CompiledObject,
  field: CompiledField,
  stages: Pick<StageDefinition, 'value'>[],
  replace: Record<string, string | null>,
): Promise<Map<string, number>> {
  const values = new Set(stages.map(({ value }) => value))
  const isMain = object.roles.stage === field.key
  for (const [stage, target] of Object.entries(replace)) {
    const path = `replace.${stage}`
    if (values.has(stage)) throw validationError([{ field: path, message: 'is still a stage of this pipeline' }])
    if (target === null ? isMain : !values.has(target)) {
      throw validationError([{ field: path, message: 'must name a stage that the pipeline keeps' }])
    }
  }
  const going = [...field.optionByValue.keys()].filter((value) => !values.has(value))
  const standing = await countStanding(context.tx, context.model.tenantId, object, field, going)
  const open = [...standing].filter(([stage]) => replace[stage] === undefined)
  if (open.length > 0) {
    const nameOf = (stage: string) => inLocale(field.optionByValue.get(stage)?.label ?? { en: stage }, context.locale)
    throw conflict(
      `Records stand in ${open.map(([stage]) => `“${nameOf(stage)}”`).join(', ')}. Say where they go before you remove it.`,
      {
        details: open.map(([stage, count]) => ({ field: `replace.${stage}`, message: `${count} records stand here` })),
      },
    )
  }
  return standing
}

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
