import { isTraceable, updateAllOrNone } from '@oneforge/kernel/records'
import type { ActionOf, Target, Value } from '../definition.ts'
import type { ActionKind, StepContext, TogetherKind } from '../engine/action.ts'
import { change, labelsOf, objectNamed, placed, told, valuesOf } from './records.ts'

interface Prepared extends Record<string, unknown> {
  record: { object: string; id: string }
  values: Record<string, unknown>
}

async function prepared(
  { record, scope }: StepContext,
  target: Target | undefined,
  values: Record<string, Value>,
): Promise<Prepared> {
  const place = await scope.target(target)
  return { record: placed(place), values: await valuesOf(scope, values, labelsOf(record, place.object)) }
}

async function perform({ record: context }: StepContext, _step: unknown, input: object): Promise<unknown> {
  const { record, values } = input as Prepared
  return change(context, record, values)
}

/** Changes of their own records that many runs make are made at once; what others of them may read is changed one by one. */
const together: TogetherKind<ActionOf<'update_field'> | ActionOf<'update_record'>> = {
  group({ context: { record: context, run }, input }) {
    const { record, values } = input as Prepared
    if (record.id !== run.recordId) return undefined
    const object = objectNamed(context, record.object)
    return isTraceable(context, object, [values], { isNew: false }) ? object.id : undefined
  },
  async perform(performances) {
    const { record: context } = performances[0]!.context
    const wanted = performances.map(({ context: { trace }, input }) => {
      const { record, values } = input as Prepared
      return { id: record.id, input: values, trace }
    })
    const { record } = performances[0]!.input as Prepared
    context.tx.keepOpen()
    const records = await updateAllOrNone(context, objectNamed(context, record.object), wanted, 'patch')
    return records.map(told)
  },
}

/** Changes one field of a record. */
export const updateFieldAction: ActionKind<ActionOf<'update_field'>> = {
  type: 'update_field',
  prepare: (context, { target, field, value }) => prepared(context, target, { [field]: value }),
  perform,
  together,
}

/** Changes several fields of a record at once. */
export const updateRecordAction: ActionKind<ActionOf<'update_record'>> = {
  type: 'update_record',
  prepare: (context, { target, values }) => prepared(context, target, values),
  perform,
  together,
}
