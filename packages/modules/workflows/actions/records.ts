/** What the actions on records share: finding objects by name, writing in the run's transaction, telling what was made. */
import { validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
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

export async function valuesOf(scope: Scope, values: Record<string, Value>): Promise<Record<string, unknown>> {
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(values)) entries.push([key, await scope.value(value)])
  return Object.fromEntries(entries)
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
