import type { ActionOf, Target, Value } from '../definition.ts'
import type { ActionKind, StepContext } from '../engine/action.ts'
import { change, placed, valuesOf } from './records.ts'

interface Prepared extends Record<string, unknown> {
  record: { object: string; id: string }
  values: Record<string, unknown>
}

async function prepared(
  { scope }: StepContext,
  target: Target | undefined,
  values: Record<string, Value>,
): Promise<Prepared> {
  return { record: placed(await scope.target(target)), values: await valuesOf(scope, values) }
}

async function perform({ record: context }: StepContext, _step: unknown, input: object): Promise<unknown> {
  const { record, values } = input as Prepared
  return change(context, record, values)
}

/** Changes one field of a record. */
export const updateFieldAction: ActionKind<ActionOf<'update_field'>> = {
  type: 'update_field',
  prepare: (context, { target, field, value }) => prepared(context, target, { [field]: value }),
  perform,
}

/** Changes several fields of a record at once. */
export const updateRecordAction: ActionKind<ActionOf<'update_record'>> = {
  type: 'update_record',
  prepare: (context, { target, values }) => prepared(context, target, values),
  perform,
}
