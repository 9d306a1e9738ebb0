/** Takes an option, a stage or a tag away, whoever holds it. */
import { notFound, validationError } from '@oneforge/kernel/errors'
import type { OperationContext } from '@oneforge/kernel/operations'
import { beginChange, objectIn, updateField } from './customization.service.ts'
import { fieldOf } from './dependents.ts'
import { type Moved, moveStanding, type Replacements } from './options.standing.ts'
import { countHolding } from './options.store.ts'
import { updatePipeline } from './pipelines.service.ts'

export interface Retirement {
  object: string
  key: string
  value: string
  /** Left out: it must not be held; null: nothing comes in its place. */
  replacement?: string | null
}

export async function retireOption(context: OperationContext, input: Retirement): Promise<Moved> {
  const object = objectIn(context.model, input.object)
  const field = fieldOf(object, input.key)
  const replace = input.replacement === undefined ? {} : { [input.value]: input.replacement }
  if (field.type === 'tags') return replaceTag(context, input, replace)
  if (!field.optionByValue.has(input.value)) throw notFound(`The option “${input.value}” of ${field.key}`)
  const kept = [...field.optionByValue.keys()].filter((value) => value !== input.value)
  const pipeline = object.pipelines.find((one) => one.field === field.key)
  if (!pipeline) return updateField(context, object.slug, field.key, { options: kept, replace })
  const stages = kept.map((value) => ({ value }))
  return updatePipeline(context, object.slug, pipeline.key, { stages, replace })
}

/** Tags are free: whoever writes the old one afterwards may. */
async function replaceTag(context: OperationContext, input: Retirement, replace: Replacements): Promise<Moved> {
  if (input.replacement === undefined || input.replacement === input.value) {
    throw validationError([{ field: 'replacement', message: 'must be another tag, or null to take the tag away' }])
  }
  const { tx, model } = context
  const known = objectIn(model, input.object)
  const held = await countHolding(tx, model.tenantId, known, fieldOf(known, input.key), [input.value])
  const begun = await beginChange(context)
  const object = objectIn(begun, input.object)
  const leaving = { going: [], replace, records: held.get(input.value) ?? 0 }
  return moveStanding(context, begun, object, fieldOf(object, input.key), leaving)
}
