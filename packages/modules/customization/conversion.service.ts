/**
 * Gives a field another type. Its values in that type are filled into a twin beside those there are, by a job and by
 * every change meanwhile; then the two change places. So nobody waits, and the way back is the same.
 */
import { AppError, conflict, validationError } from '@oneforge/kernel/errors'
import {
  type CompiledField,
  type CompiledObject,
  canBeSortable,
  definitionOf,
  type FieldDefinition,
  type FieldOption,
  type FieldTwin,
  type FieldType,
  lastVersion,
  loadModel,
  slotOf,
  updateFieldRow,
} from '@oneforge/kernel/metadata'
import { checkFieldDefinition, isConvertible, isOrdered } from '@oneforge/kernel/metadata/values'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type ConversionSurvey, distinctTexts, recordNumbersStarted, surveyConversion } from '@oneforge/kernel/records'
import type { JobRun, LongJobKind } from '../jobs/index.ts'
import { beginChange, objectIn } from './customization.service.ts'
import { slotFor } from './definitions.ts'
import { fieldOf } from './dependents.ts'
import { workThrough } from './derivation.ts'
import { followMetadata, newProblems } from './following.ts'

export interface ConversionInput {
  type: FieldType
  options?: FieldOption[]
  currency?: string
  dryRun: boolean
}

export interface Conversion extends ConversionSurvey {
  dryRun: boolean
  /** The job that fills in the values; null where there was nothing to fill. */
  jobId: string | null
  options: FieldOption[]
}

const mostOptions = 200

/** Tells what would become of the values, or begins with it. */
export async function convertField(
  context: OperationContext,
  slug: string,
  key: string,
  input: ConversionInput,
): Promise<Conversion> {
  // The values are looked at before the turn is taken: nobody who writes waits for that.
  const object = objectIn(context.model, slug)
  const field = fieldOf(object, key)
  requireConvertible(object, field, input.type)
  const back =
    field.twin?.job === null && field.twin.definition.type === input.type && !input.options ? field.twin : undefined
  const definition = back?.definition ?? (await definitionFor(context, object, field, input))
  const problems = checkFieldDefinition({ ...definition, key }, object.roles)
  if (problems.length > 0) throw validationError(problems)
  const survey = await surveyConversion(context, object, field, definition)
  const answer = { ...survey, options: definition.options ?? [], dryRun: input.dryRun }
  if (input.dryRun) return { ...answer, jobId: null }
  const begun = { ...context, model: await beginChange(context) }
  const now = fieldOf(objectIn(begun.model, slug), key)
  requireConvertible(object, now, input.type)
  const jobId = back ? null : await beginConversion(begun, object, now, definition)
  if (jobId === null) await changePlaces(begun, object, field.id, back ?? { definition, job: null })
  return { ...answer, jobId }
}

function requireConvertible(object: CompiledObject, field: CompiledField, type: FieldType): void {
  const { type: kind } = definitionOf(field)
  if (!isConvertible(kind, type)) {
    throw validationError([{ field: 'type', message: `cannot be made of a ${kind} field` }])
  }
  if (object.pipelines.some((pipeline) => pipeline.field === field.key)) {
    throw conflict(`“${field.key}” has a pipeline, whose stages are its options. Remove the pipeline first.`)
  }
  if (field.twin?.job) throw conflict(`“${field.key}” is being converted already: wait for the job ${field.twin.job}.`)
}

/** The field as it is to be; what makes no sense for the new type is left behind. */
async function definitionFor(
  context: OperationContext,
  object: CompiledObject,
  field: CompiledField,
  { type, options, currency }: ConversionInput,
): Promise<FieldTwin['definition']> {
  const { key: _key, twin: _twin, rules: _rules, default: _default, ...before } = definitionOf(field)
  const { options: _options, currency: _currency, conditions, unique, sortable, ...kept } = before
  const { options: _limited, ...conditionsKept } = conditions ?? {}
  const number = (await lastVersion(context.tx, context.model.tenantId)) + 1
  return {
    ...kept,
    type,
    ...(Object.keys(conditionsKept).length > 0 ? { conditions: conditionsKept } : {}),
    ...(unique && isOrdered(type) ? { unique } : {}),
    ...(sortable && canBeSortable(type) ? { sortable } : {}),
    ...(type === 'select' || type === 'multiselect'
      ? { options: await optionsFor(context, object, field, options) }
      : {}),
    ...(type === 'money' ? { currency: currency ?? context.model.currency } : {}),
    storedAs: `${field.key}~${number}`,
  }
}

/** Those that were given, those that the field has, or one for each text that stands in a record. */
async function optionsFor(
  context: OperationContext,
  object: CompiledObject,
  field: CompiledField,
  given: FieldOption[] | undefined,
): Promise<FieldOption[]> {
  if (given) return given
  if (field.options?.length) return field.options
  const found = await distinctTexts(context, object, field, mostOptions + 1)
  if (found.length > mostOptions) {
    const message = `must be given: there are more than ${mostOptions} different values`
    throw validationError([{ field: 'options', message }])
  }
  return found.map((value) => ({ value, label: { en: value } }))
}

/** From now on each change of a record fills the twin too; the job does so for those that nobody changes. */
async function beginConversion(
  context: OperationContext,
  object: CompiledObject,
  field: CompiledField,
  definition: FieldTwin['definition'],
): Promise<string | null> {
  const { tx, model } = context
  if (!context.defer || !(await recordNumbersStarted(tx, model, object))) return null
  const job = await context.defer({ kind: 'convert', objectId: object.id, fieldId: field.id })
  const { key: _key, ...before } = definitionOf(field)
  await updateFieldRow(tx, model.tenantId, field.id, { ...before, twin: { definition, job } }, slotOf(field))
  return job
}

/** The field and its twin change places; what does not fit together any more stops it. */
async function changePlaces(
  context: OperationContext,
  object: CompiledObject,
  fieldId: string,
  twin: FieldTwin,
): Promise<void> {
  const { tx } = context
  const before = await loadModel(tx, context.model.tenantId)
  const now = before.objectById.get(object.id)!
  const field = now.fields.find(({ id }) => id === fieldId)!
  const slot = slotFor(now, field.key, twin.definition.sortable)
  await updateFieldRow(tx, before.tenantId, fieldId, swapped(field, twin), slot)
  const after = await loadModel(tx, before.tenantId)
  const [problem] = newProblems(before, after)
  if (problem) throw standsInTheWay(problem)
  await followMetadata({ ...context, model: after }, before, after)
}

function swapped(field: CompiledField, { definition }: FieldTwin): Omit<FieldDefinition, 'key'> {
  const { key, twin: _twin, ...own } = definitionOf(field)
  return { ...definition, twin: { definition: { ...own, storedAs: own.storedAs ?? key }, job: null } }
}

const standsInTheWay = ({ object, field, message }: ReturnType<typeof newProblems>[number]): AppError =>
  conflict(`The new type would break “${field}” of ${object}, which ${message}. Change that first.`)

/** Fills the twins, then has them change places: as the change of whoever asked for it. */
export const conversionKind: LongJobKind = {
  type: 'records.convert',
  source: 'system',
  asSystem: true,
  async run(run: JobRun) {
    const result = await workThrough(run)
    try {
      await run.transaction((context) => withTwin(context as OperationContext, run, changePlaces))
    } catch (error) {
      // What stands in the way has to be changed first; until then nothing is under way, and it can be asked for again.
      if (error instanceof AppError) {
        await run.transaction((context) => withTwin(context as OperationContext, run, dropTwin))
      }
      throw error
    }
    return result
  },
}

/** Does the work on the field that the job converts; nothing where somebody took the conversion back meanwhile. */
async function withTwin(context: OperationContext, { job }: JobRun, work: typeof changePlaces): Promise<void> {
  const model = await beginChange(context)
  const { objectId, fieldId } = job.input as unknown as { objectId: string; fieldId: string }
  const object = model.objectById.get(objectId)
  const twin = object?.fields.find(({ id }) => id === fieldId)?.twin
  if (object && twin?.job === job.id) await work({ ...context, model }, object, fieldId, twin)
}

async function dropTwin({ tx, model }: OperationContext, object: CompiledObject, fieldId: string): Promise<void> {
  const field = object.fields.find(({ id }) => id === fieldId)!
  const { key: _key, twin: _twin, ...own } = definitionOf(field)
  await updateFieldRow(tx, model.tenantId, fieldId, own, slotOf(field))
}
