import { validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { ActionOf } from '../definition.ts'
import type { ActionKind, RunFacts } from '../engine/action.ts'
import { labelsOf, make, makeTogether, objectNamed, type PreparedRecord, valuesOf } from './records.ts'

type CreateRecord = ActionOf<'create_record'>

/** Makes a record, linked to the run's where the step says by which relation. */
export const createRecordAction: ActionKind<CreateRecord> = {
  type: 'create_record',
  async prepare({ record, run, scope }, step): Promise<PreparedRecord> {
    const object = objectNamed(record, step.object)
    const values = await valuesOf(scope, step.values, labelsOf(record, object))
    return { object: object.slug, values: { ...values, ...linkToRun(object, run, step.relation) } }
  },
  perform({ record }, _step, input) {
    const { object, values } = input as PreparedRecord
    return make(record, objectNamed(record, object), values)
  },
  together: makeTogether,
}

/** The link to the run's record; the relation may be named from either side. */
function linkToRun(
  object: CompiledObject,
  { object: own, recordId }: RunFacts,
  relation: string | undefined,
): Record<string, unknown> {
  if (relation === undefined) return {}
  const pointing = object.relation.get(relation)
  const key = pointing ? relation : own?.relation.get(relation)?.inverse
  const found = key === undefined ? undefined : object.relation.get(key)
  if (!found || !own || !recordId || !found.objects.some(({ id }) => id === own.id)) {
    throw validationError([], `“${relation}” does not link ${object.slug} with the record of this workflow.`)
  }
  return { [found.key]: found.many ? [recordId] : recordId }
}
