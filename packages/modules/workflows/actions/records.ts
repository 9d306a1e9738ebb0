/** What the actions on records share: finding objects by name, writing in the run's transaction, telling what was made. */
import { validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import {
  createRecord,
  type PresentedRecord,
  type RecordContext,
  updateRecord,
  visibleObject,
} from '@oneforge/kernel/records'
import type { Value } from '../definition.ts'
import type { Scope, TargetRecord } from '../engine/action.ts'

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

/** Changes a record; more may follow in the transaction. */
export async function change(
  context: RecordContext,
  { object: slug, id }: { object: string; id: string },
  input: Record<string, unknown>,
): Promise<ToldRecord> {
  context.tx.keepOpen()
  return told(await updateRecord(context, objectNamed(context, slug), id, input, { mode: 'patch' }))
}
