import { compilePolicy, memberRights } from '@oneforge/kernel/access'
import { validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import type { PresentedRecord, RecordContext } from '@oneforge/kernel/records'
import { readersOf } from '../../notifications/index.ts'
import type { ActionOf } from '../definition.ts'
import type { ActionKind, StepContext } from '../engine/action.ts'
import { membersOfRole, subjectOf } from './people.ts'
import { objectNamed } from './records.ts'

type Notify = ActionOf<'notify'>

interface Prepared extends Record<string, unknown> {
  object: string | null
  recordId: string | null
  /** By the id of who is told: in their language, of what they may see. */
  messages: Record<string, string>
}

/** Tells people something, on the page and by mail as each of them wishes; of a record those alone who may see it. */
export const notifyAction: ActionKind<Notify> = {
  type: 'notify',
  async prepare(context, step): Promise<Prepared> {
    const subject = await subjectOf(context)
    const people = await toldPeople(context.record, step.to, subject)
    const seeing = subject ? await thoseWhoSee(context.record, subject, people) : people
    return {
      object: subject?.object ?? null,
      recordId: subject?.id ?? null,
      messages: await messagesFor(context, step, seeing),
    }
  },
  async perform({ record: context }, _step, input) {
    const { object, recordId, messages } = input as Prepared
    const told = Object.keys(messages)
    if (told.length === 0) return { told }
    const objectId = object === null ? null : objectNamed(context, object).id
    await appendEvents(context.tx, [
      { type: 'workflow.told', objectId, recordId, actorId: null, payload: { messages } },
    ])
    return { told }
  },
}

async function toldPeople(
  context: RecordContext,
  to: Notify['to'],
  subject: PresentedRecord | undefined,
): Promise<string[]> {
  if (typeof to === 'object') return 'user' in to ? [to.user] : membersOfRole(context, to.role)
  if (to !== 'owner' && to !== 'creator') return membersOfRole(context, to)
  if (!subject) throw validationError([], `This workflow is about no record, which has no ${to}. Choose whom to tell.`)
  const id = (to === 'owner' ? subject.ownerId : subject.createdBy) as string | null
  return id ? [id] : []
}

async function thoseWhoSee(context: RecordContext, subject: PresentedRecord, people: string[]): Promise<string[]> {
  const readers = await readersOf(context, objectNamed(context, subject.object), subject.id, people)
  return readers.map(({ userId }) => userId)
}

async function messagesFor(
  { record: { tx, model }, scope }: StepContext,
  { message }: Notify,
  people: string[],
): Promise<Record<string, string>> {
  const messages: Record<string, string> = {}
  if (people.length === 0) return messages
  for (const { userId, locale, rights } of await memberRights(tx, model.tenantId, people)) {
    const theirs = scope.as(compilePolicy(model, rights))
    messages[userId] = await theirs.text(message, locale ?? model.locale)
  }
  return messages
}
