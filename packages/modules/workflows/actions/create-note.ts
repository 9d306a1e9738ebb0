import { validationError } from '@oneforge/kernel/errors'
import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'
import { callOperation, type OperationCalls } from './operation-calls.ts'
import { subjectOf } from './people.ts'

/** Writes a note on the record, as people do. */
export const createNoteAction = (calls: OperationCalls): ActionKind<ActionOf<'create_note'>> => ({
  type: 'create_note',
  async prepare(context, step) {
    const subject = await subjectOf(context)
    if (!subject) throw validationError([], 'This workflow is about no record, so there is nothing to write a note on.')
    return { object: subject.object, id: subject.id, body: await context.scope.text(step.body) }
  },
  perform: ({ record }, _step, input) => callOperation(record, calls, 'activities.addNote', input),
})
