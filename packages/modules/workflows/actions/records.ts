/** What the actions on records share: finding objects by name, writing in the run's transaction, telling what was made. */
import { AppError, validationError } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import {
  createAllOrNone,
  createRecord,
  isTraceable,
  type PresentedRecord,
  type RecordContext,
  updateRecord,
  visibleObject,
} from '@oneforge/kernel/records'
import type { Value } from '../definition.ts'
import type { Prepared, Scope, TargetRecord, TogetherKind } from '../engine/action.ts'

/** How a record is told in a ledger, and found again by later steps. */
export interface ToldRecord {
  object: string
  id: string
  recordNumber: string
  title: string
}

export const told = ({ object, id, recordNumber, title }: PresentedRecord): ToldRecord => ({
  object,
  id,
  recordNumber: recordNumber as string,
  title: title as string,
})

/** @throws VALIDATION_ERROR where the workspace, or the role of the run, has no such object. */
export function objectNamed(context: RecordContext, slug: string): CompiledObject {
  const object = visibleObject(context, slug)
  if (object) return object
  throw validationError([], `There is no object “${slug}” that this workflow may use. Choose another one in the step.`)
}

/** The place of a record as it stands in a prepared input. */
export const placed = ({ object, id }: TargetRecord): { object: string; id: string } => ({ object: object.slug, id })

/**
 * Several values of a step, worked out.
 *
 * @param labelOf how a person calls the value of that key.
 * @throws VALIDATION_ERROR that names the value which could not be worked out.
 */
export async function valuesOf(
  scope: Scope,
  values: Record<string, Value>,
  labelOf: (key: string) => string,
): Promise<Record<string, unknown>> {
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(values)) {
    try {
      entries.push([key, await scope.value(value)])
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const { code, message, details, data } = error
      throw new AppError(code, `“${labelOf(key)}”: ${message}`, { details, data, cause: error })
    }
  }
  return Object.fromEntries(entries)
}

/** How the fields of an object are called, in the language of the workspace. */
export const labelsOf =
  ({ model }: RecordContext, object: CompiledObject) =>
  (key: string): string => {
    const found = object.field.get(key) ?? object.relation.get(key)
    return found ? inLocale(found.label, model.locale) : key
  }

/** Makes a record; more may follow in the transaction. */
export async function make(
  context: RecordContext,
  object: CompiledObject,
  input: Record<string, unknown>,
): Promise<ToldRecord> {
  context.tx.keepOpen()
  return told(await createRecord(context, object, input))
}

/** What a step that makes a record is prepared with. */
export interface PreparedRecord extends Prepared {
  object: string
  values: Record<string, unknown>
}

/** For kinds of actions that do nothing but make the record they are prepared with: those of many runs are made at once. */
export const makeTogether: TogetherKind = {
  group({ context: { record }, input }) {
    const { object: slug, values } = input as PreparedRecord
    const object = objectNamed(record, slug)
    return isTraceable(record, object, [values], { isNew: true }) ? object.id : undefined
  },
  async perform(performances) {
    const { record } = performances[0]!.context
    const wanted = performances.map(({ context: { trace }, input }) => ({
      input: (input as PreparedRecord).values,
      trace,
    }))
    const { object: slug } = performances[0]!.input as PreparedRecord
    record.tx.keepOpen()
    const records = await createAllOrNone(record, objectNamed(record, slug), wanted)
    return records.map(told)
  },
}

/** Changes a record; more may follow in the transaction. */
export async function change(
  context: RecordContext,
  { object: slug, id }: { object: string; id: string },
  input: Record<string, unknown>,
): Promise<ToldRecord> {
  context.tx.keepOpen()
  return told(await updateRecord(context, objectNamed(context, slug), id, input, { mode: 'patch' }))
}
