import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'
import { momentAfter } from '../engine/durations.ts'
import { activityInput, activityObject } from './activities.ts'
import { assigneeOf, localeOf, subjectOf } from './people.ts'
import { make, makeTogether, objectNamed, type PreparedRecord, placed } from './records.ts'

/** Makes a task about the record, or about another that the step names, in the language of whoever it is for. */
export const createTaskAction: ActionKind<ActionOf<'create_task'>> = {
  type: 'create_task',
  async prepare(context, step): Promise<PreparedRecord> {
    const { record, scope } = context
    const object = activityObject(record, 'task')
    const subject = await subjectOf(context)
    const ownerId = await assigneeOf(context, step.id, step.assignTo ?? 'owner', subject)
    const locale = await localeOf(record, ownerId)
    const title = await scope.text(step.title, locale)
    const notes = step.description && (await scope.text(step.description, locale))
    const dueAt = step.dueIn && momentAfter(record.now, step.dueIn, record.model.timeZone)
    const others = { ...(notes && { notes }), ...(step.priority && { priority: step.priority }) }
    const about = step.target ? placed(await scope.target(step.target)) : subject
    return { object: object.slug, values: activityInput(record, object, about, { title, dueAt, ownerId, others }) }
  },
  perform({ record }, _step, input) {
    const { object, values } = input as PreparedRecord
    return make(record, objectNamed(record, object), values)
  },
  together: makeTogether,
}
