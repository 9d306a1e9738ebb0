/** Records that hold options, or stand in stages, which a change of metadata takes away: counted, and moved elsewhere. */
import { conflict, validationError } from '@oneforge/kernel/errors'
import {
  type CompiledField,
  type CompiledObject,
  type FieldDefinition,
  inLocale,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type DeferredWork, workToTheEnd } from '@oneforge/kernel/records'
import { countHolding, isHeld } from './options.store.ts'

/** So many records are changed with the metadata itself; more are a job's. */
const mostAtOnce = 100

/** By option or stage that goes what its records have instead; null: nothing. */
export type Replacements = Record<string, string | null>

export interface Leaving {
  going: string[]
  replace: Replacements
  /** How many records, the trash included, hold something that goes. */
  records: number
}

/** What came of it: the job is null where the records were few. */
export interface Moved {
  records: number
  jobId: string | null
}

/**
 * Which options go and how many records hold them. Asked before the tenant's turn is taken: nobody who writes waits for it.
 *
 * @throws CONFLICT where records hold one of which it is not said what comes in its place.
 */
export async function leaveOptions(
  context: OperationContext,
  object: CompiledObject,
  field: CompiledField,
  options: { value: string }[],
  replace: Replacements = {},
): Promise<Leaving> {
  requireSensible(object, field, options, replace)
  const kept = new Set(options.map(({ value }) => value))
  const going = [...field.optionByValue.keys()].filter((value) => !kept.has(value))
  const held = await countHolding(context.tx, context.model.tenantId, object, field, going)
  const open = [...held].filter(([value]) => replace[value] === undefined)
  if (open.length > 0) throw stillHeld(context, object, field, open)
  return { going, replace, records: [...held.values()].reduce((sum, count) => sum + count, 0) }
}

function requireSensible(
  object: CompiledObject,
  field: CompiledField,
  options: { value: string }[],
  replace: Replacements,
): void {
  const mayBeEmpty = object.roles.stage !== field.key && !field.required
  const kept = new Set(options.map(({ value }) => value))
  const words = isStageField(object, field) ? ofStages : ofOptions
  for (const [value, target] of Object.entries(replace)) {
    const path = `replace.${value}`
    if (kept.has(value)) throw validationError([{ field: path, message: words.stillThere }])
    const isSensible = target === null ? mayBeEmpty : kept.has(target)
    if (!isSensible) throw validationError([{ field: path, message: words.mustBeKept }])
  }
}

const ofStages = {
  stillThere: 'is still a stage of this pipeline',
  mustBeKept: 'must name a stage that the pipeline keeps',
}
const ofOptions = {
  stillThere: 'is still an option of this field',
  mustBeKept: 'must name an option that the field keeps; of a field that is not required also null',
}

const isStageField = (object: CompiledObject, { key }: CompiledField): boolean =>
  object.pipelines.some((pipeline) => pipeline.field === key)

function stillHeld(context: OperationContext, object: CompiledObject, field: CompiledField, held: [string, number][]) {
  const isStage = isStageField(object, field)
  const nameOf = (value: string) => inLocale(field.optionByValue.get(value)?.label ?? { en: value }, context.locale)
  const names = held.map(([value, count]) => `“${nameOf(value)}” (${count})`).join(', ')
  const details = held.map(([value, count]) => ({
    field: `replace.${value}`,
    message: `${count} records ${isStage ? 'stand here' : 'hold it'}`,
  }))
  const message = isStage
    ? `Records stand in ${names}. Say where they go before you remove it.`
    : `Records hold ${names}. Say what they get instead before you remove it.`
  return conflict(message, { details })
}

/** Under the tenant's turn: nobody has taken an option meanwhile that goes without a replacement. */
export async function requireStillFree(
  context: OperationContext,
  object: CompiledObject,
  field: CompiledField,
  { going, replace }: Leaving,
): Promise<void> {
  for (const value of going.filter((one) => replace[one] === undefined)) {
    if (await isHeld(context.tx, context.model.tenantId, object, field, value))
      throw stillHeld(context, object, field, [[value, 1]])
  }
}

/** Has the records hold what comes in the place of options that are no more: many of them by a job. */
export async function moveStanding(
  context: OperationContext,
  after: TenantModel,
  object: CompiledObject,
  field: CompiledField,
  { replace, records }: Leaving,
): Promise<Moved> {
  if (Object.keys(replace).length === 0) return { records: 0, jobId: null }
  const work: DeferredWork = { kind: 'restage', objectId: object.id, fieldId: field.id, replace }
  if (context.defer && records > mostAtOnce) return { records, jobId: await context.defer(work) }
  await workToTheEnd({ ...context, model: after }, work)
  return { records, jobId: null }
}

/** The definition without options that are no more: its default and the choices of its conditions follow. */
export function withoutOptions(definition: FieldDefinition, { going, replace }: Leaving): FieldDefinition {
  if (going.length === 0) return definition
  const follow = (value: unknown): unknown[] => {
    if (typeof value !== 'string' || !going.includes(value)) return [value]
    const other = replace[value]
    return other == null ? [] : [other]
  }
  const { default: begins, conditions, ...rest } = definition
  const list = [begins ?? []].flat().flatMap(follow)
  const fresh = Array.isArray(begins) ? list : list[0]
  const choices = conditions?.options?.map((option) => ({
    ...option,
    values: [...new Set(option.values.flatMap(follow) as string[])],
  }))
  return {
    ...rest,
    ...(begins !== undefined && fresh !== undefined ? { default: fresh } : {}),
    ...(conditions ? { conditions: choices ? { ...conditions, options: choices } : conditions } : {}),
  }
}
