import { deleteRecord } from '@oneforge/kernel/records'
import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'
import { objectNamed, placed } from './records.ts'

interface Prepared extends Record<string, unknown> {
  record: { object: string; id: string }
}

/** Moves a record to the trash. */
export const deleteRecordAction: ActionKind<ActionOf<'delete_record'>> = {
  type: 'delete_record',
  async prepare({ scope }, { target }): Promise<Prepared> {
    return { record: placed(await scope.target(target)) }
  },
  async perform({ record: context }, _step, input) {
    const { object, id } = (input as Prepared).record
    context.tx.keepOpen()
    await deleteRecord(context, objectNamed(context, object), id)
    return { object, id }
  },
}
