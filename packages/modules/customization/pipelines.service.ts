/** Pipelines of an object: made over a select field, changed, put in order, taken away. */
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import {
  type CompiledField,
  type CompiledObject,
  definitionOf,
  localized,
  type ObjectDefinition,
  type PipelineDefinition,
  type StageDefinition,
  slotOf,
  type TenantModel,
  updateFieldRow,
  updateObjectRow,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { beginChange, createField, objectIn, reproject } from './customization.service.ts'
import { leaveOptions, type Moved, moveStanding, requireStillFree } from './options.standing.ts'
import { stagesOf } from './pipelines.definitions.ts'
import type { NewPipeline, PipelineChange } from './pipelines.schemas.ts'
import { storedDefinition } from './rules.definitions.ts'
import { finishChange } from './rules.service.ts'

interface Change {
  model: TenantModel
  object: CompiledObject
  pipelines: PipelineDefinition[]
  roles?: ObjectDefinition['roles']
}

const save = ({ tx }: OperationContext, { model, object, pipelines, roles = object.roles }: Change): Promise<void> =>
  updateObjectRow(tx, model.tenantId, object.id, { ...storedDefinition(object), roles, pipelines })

function pipelineIn(object: CompiledObject, key: string): { pipeline: PipelineDefinition; field: CompiledField } {
  const pipeline = object.pipelines.find((one) => one.key === key)
  const field = pipeline && object.field.get(pipeline.field)
  if (!pipeline || !field) throw notFound(`The pipeline “${key}” of ${object.slug}`)
  return { pipeline, field }
}

/** Makes a pipeline over a select field, or with a field of its own. The first one fills the role of the stage. */
export async function createPipeline(context: OperationContext, slug: string, input: NewPipeline): Promise<void> {
  const { locale } = context
  const known = objectIn(await beginChange(context), slug)
  if (known.pipelines.some(({ key }) => key === input.key))
    throw conflict(`There is already a pipeline “${input.key}” in ${slug}. Choose another key.`)
  if (!known.field.has(input.field)) {
    const options = stagesOf(input.stages ?? [], locale, []).map(({ value, label, color }) => ({ value, label, color }))
    await createField(context, slug, { key: input.field, label: input.label, type: 'select', options })
  }
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const field = object.field.get(input.field)!
  const options: StageDefinition[] = field.options ?? []
  const stages = input.stages ? stagesOf(input.stages, locale, options) : options
  const left = options.find(({ value }) => !stages.some((stage) => stage.value === value))
  if (left)
    throw validationError([{ field: 'stages', message: `lack “${left.value}”, which is an option of ${field.key}` }])
  const pipeline = { key: input.key, label: localized(input.label, locale), field: field.key, stages }
  const isMain = object.roles.stage === undefined
  const roles = isMain ? { ...object.roles, stage: field.key } : object.roles
  await save(context, { model, object, pipelines: [...object.pipelines, pipeline], roles })
  await finishChange(context, model, slug, `pipelines.${input.key}.`)
  if (isMain) await reproject(context, slug, [field.key])
}

/** Changes label and stages. Records in stages that are no more go where `replace` says. */
export async function updatePipeline(
  context: OperationContext,
  slug: string,
  key: string,
  change: PipelineChange,
): Promise<Moved> {
  const { locale } = context
  const known = objectIn(context.model, slug)
  const before = pipelineIn(known, key)
  const leaving = await leaveOptions(
    context,
    known,
    before.field,
    change.stages ?? before.pipeline.stages,
    change.replace,
  )
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const { pipeline, field } = pipelineIn(object, key)
  const stages = change.stages ? stagesOf(change.stages, locale, pipeline.stages) : pipeline.stages
  await requireStillFree(context, object, field, leaving)
  const label = change.label === undefined ? pipeline.label : localized(change.label, locale, pipeline.label)
  const pipelines = object.pipelines.map((one) => (one === pipeline ? { ...pipeline, label, stages } : one))
  await save(context, { model, object, pipelines })
  await keepDefault(context, field, stages, change.replace ?? {})
  const after = await finishChange(context, model, slug, `pipelines.${key}.`)
  return moveStanding(context, after, object, field, leaving)
}

/** New records must not begin in a stage that is no more. */
async function keepDefault(
  { tx, model }: OperationContext,
  field: CompiledField,
  stages: StageDefinition[],
  replace: Record<string, string | null>,
): Promise<void> {
  const { key: _key, ...definition } = definitionOf(field)
  const begins = definition.default
  if (typeof begins !== 'string' || stages.some(({ value }) => value === begins)) return
  const fresh = replace[begins] ?? stages.find(({ kind = 'open' }) => kind === 'open')?.value
  await updateFieldRow(tx, model.tenantId, field.id, { ...definition, default: fresh }, slotOf(field))
}

/** Takes the pipeline away: its field stays, with the stages as plain options. The next pipeline becomes the main one. */
export async function deletePipeline(context: OperationContext, slug: string, key: string): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const { pipeline, field } = pipelineIn(object, key)
  const pipelines = object.pipelines.filter((one) => one !== pipeline)
  const { stage, ...others } = object.roles
  const next = stage === field.key ? pipelines[0]?.field : stage
  await save(context, { model, object, pipelines, roles: next ? { ...others, stage: next } : others })
  const { key: _key, ...definition } = definitionOf(field)
  const options = pipeline.stages.map(({ value, label, color }) => ({ value, label, ...(color ? { color } : {}) }))
  await updateFieldRow(context.tx, model.tenantId, field.id, { ...definition, options }, slotOf(field))
  await finishChange(context, model, slug)
  if (next !== stage) await reproject(context, slug, next ? [next] : [])
}

export async function orderPipelines(context: OperationContext, slug: string, keys: string[]): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const first = keys.map((key) => pipelineIn(object, key).pipeline)
  const rest = object.pipelines.filter((pipeline) => !first.includes(pipeline))
  await save(context, { model, object, pipelines: [...new Set(first), ...rest] })
}
