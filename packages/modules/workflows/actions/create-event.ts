import { validationError } from '@oneforge/kernel/errors'
import { parseOfType } from '@oneforge/kernel/metadata/values'
import { type RecordContext, valueContext } from '@oneforge/kernel/records'
import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'
import { momentAfter } from '../engine/durations.ts'
import { activityInput, activityObject } from './activities.ts'
import { assigneeOf, localeOf, subjectOf } from './people.ts'
import { make, objectNamed } from './records.ts'

interface Prepared extends Record<string, unknown> {
  object: string
  values: Record<string, unknown>
}

const usualMinutes = 60

/** Makes a meeting about the record. */
export const createEventAction: ActionKind<ActionOf<'create_event'>> = {
  type: 'create_event',
  async prepare(context, step): Promise<Prepared> {
    const { record, scope } = context
    const object = activityObject(record, 'meeting')
    const subject = await subjectOf(context)
    const ownerId = await assigneeOf(context, step.id, step.assignTo ?? 'owner', subject)
    const title = await scope.text(step.title, await localeOf(record, ownerId))
    const startsAt = momentOf(record, await scope.value(step.startsAt))
    const minutes = step.minutes ?? usualMinutes
    const endsAt = momentAfter(new Date(startsAt), `PT${minutes}M`, record.model.timeZone)
    return { object: object.slug, values: activityInput(record, object, subject, { title, startsAt, endsAt, ownerId }) }
  },
  perform({ record }, _step, input) {
    const { object, values } = input as Prepared
    return make(record, objectNamed(record, object), values)
  },
}

/** When it begins; a time without an offset is the workspace's. */
function momentOf(context: RecordContext, value: unknown): string {
  const parsed = parseOfType({ type: 'datetime', optionByValue: new Map() }, value, valueContext(context))
  if (parsed.ok && typeof parsed.value === 'string') return parsed.value
  throw validationError(
    [],
    `The event cannot begin at “${String(value)}”: give a date and time such as 2026-04-30T09:30.`,
  )
}
