/** Tells people of what has happened: the consumer of events. */
import type { DomainEvent, EventConsumer } from '@oneforge/kernel/events'
import type { RecordContext } from '@oneforge/kernel/records'
import { followersOf } from '../following/index.ts'
import { type Transactions, WorkspaceHeld } from '../jobs/index.ts'
import { type mailPeriods, type NotificationKind, wishesOf } from './kinds.ts'
import { holdMailOf, insertNotification, ownerOf } from './notifications.store.ts'
import { type Receiver, receiversOf } from './preferences.store.ts'
import { readersOf } from './readers.ts'
import { isTold, type Standing, whomToTell } from './whom-to-tell.ts'

/** Leaves a mail for the end of the period in the transaction, unless one waits already. */
export type PlanMail = (
  context: RecordContext,
  receiver: Receiver,
  period: (typeof mailPeriods)[number],
) => Promise<void>

export function teller(options: { transactions: Transactions; planMail: PlanMail }): EventConsumer {
  const { transactions, planMail } = options
  return {
    name: 'notifications',
    async handle(event) {
      if (!isTold(event)) return
      const requestId = `event ${event.seq}`
      const behalf = { tenantId: event.tenantId, userId: null, asSystem: true, source: 'system' as const, requestId }
      try {
        await transactions.run(behalf, (context) => tell(context, event, planMail))
      } catch (error) {
        // Of what happened before a workspace was suspended nobody is told once it is open again.
        if (!(error instanceof WorkspaceHeld)) throw error
      }
    },
  }
}

async function tell(context: RecordContext, event: DomainEvent, planMail: PlanMail): Promise<void> {
  const told = whomToTell(event, await standingOf(context, event))
  if (told.size === 0) return
  const seeing = await thoseWhoSee(context, event, [...told.keys()])
  const receivers = await receiversOf(context.tx, context.model.tenantId, seeing)
  for (const receiver of receivers) await tellOne(context, event, receiver, told.get(receiver.user_id)!, planMail)
}

/** What the rules go by; undefined where the event is of no record, or of one that is gone. */
async function standingOf({ tx, model }: RecordContext, event: DomainEvent): Promise<Standing | undefined> {
  const object = model.objectById.get(event.objectId ?? '')
  if (!object || !event.recordId) return undefined
  const ownerId = await ownerOf(tx, model.tenantId, event.recordId)
  if (ownerId === undefined) return undefined
  const followers = event.type === 'record.created' ? [] : await followersOf(tx, model.tenantId, event.recordId)
  return {
    ownerId,
    followers: followers.map(({ id }) => id),
    stageFields: object.pipelines.map(({ field }) => field),
  }
}

/** An event of no record is for whom it names. */
async function thoseWhoSee(context: RecordContext, event: DomainEvent, userIds: string[]): Promise<string[]> {
  const object = context.model.objectById.get(event.objectId ?? '')
  if (!object || !event.recordId) return userIds
  return (await readersOf(context, object, event.recordId, userIds)).map(({ userId }) => userId)
}

async function tellOne(
  context: RecordContext,
  event: DomainEvent,
  receiver: Receiver,
  kind: NotificationKind,
  planMail: PlanMail,
): Promise<void> {
  const { tx, model } = context
  const { page, mail } = wishesOf(receiver.kinds)[kind]
  if (!page && mail === 'never') return
  const whose = { tenantId: model.tenantId, userId: receiver.user_id }
  const { fields } = event.payload as { fields?: string[] }
  await holdMailOf(tx, whose)
  const isNew = await insertNotification(tx, {
    ...whose,
    kind,
    seq: event.seq,
    objectId: event.objectId,
    recordId: event.recordId,
    actorId: event.actorId,
    fields: kind === 'changed' ? (fields ?? []) : [],
    about: aboutOf(event),
  })
  if (isNew && mail !== 'never') await planMail(context, receiver, mail)
}

/** What is told beside: of a record only what it is not asked for when it is shown. */
function aboutOf({ type, recordId, payload }: DomainEvent): object {
  if (type === 'reminder.due') return { due: payload.due }
  const { fields: _, ...about } = payload
  return recordId ? {} : about
}
