/** Tells people of what has happened: the consumer of events. */
import type { DomainEvent, EventConsumer } from '@oneforge/kernel/events'
import type { RecordContext } from '@oneforge/kernel/records'
import { followersOf } from '../following/index.ts'
import { type Transactions, WorkspaceHeld } from '../jobs/index.ts'
import { type mailPeriods, type NotificationKind, wishesOf } from './kinds.ts'
import { holdMailOf, insertNotification, ownersOf } from './notifications.store.ts'
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
  const handleTogether = async (events: DomainEvent[]): Promise<void> => {
    const telling = events.filter(isTold)
    const [first] = telling
    if (!first) return
    const requestId = `event ${first.seq}`
    const behalf = { tenantId: first.tenantId, userId: null, asSystem: true, source: 'system' as const, requestId }
    try {
      await transactions.run(behalf, (context) => tell(context, telling, planMail))
    } catch (error) {
      // Of what happened before a workspace was suspended nobody is told once it is open again.
      if (!(error instanceof WorkspaceHeld)) throw error
    }
  }
  return { name: 'notifications', handle: (event) => handleTogether([event]), handleTogether }
}

async function tell(context: RecordContext, events: DomainEvent[], planMail: PlanMail): Promise<void> {
  const standings = await standingsOf(context, events)
  for (const event of events) {
    const told = whomToTell(await withSeenMentions(context, event), standings.get(event))
    if (told.size === 0) continue
    const seeing = await thoseWhoSee(context, event, [...told.keys()])
    const receivers = await receiversOf(context.tx, context.model.tenantId, seeing)
    for (const receiver of receivers) await tellOne(context, event, receiver, told.get(receiver.user_id)!, planMail)
  }
}

/** What the rules go by; nothing for events of no record, or of one that is gone. Two questions for all of them. */
async function standingsOf({ tx, model }: RecordContext, events: DomainEvent[]): Promise<Map<DomainEvent, Standing>> {
  const { tenantId } = model
  const ofRecords = events.filter(({ recordId }) => recordId)
  const owners = await ownersOf(tx, tenantId, recordsOf(ofRecords))
  // Who has just made a record has not been followed by anybody yet.
  const followed = recordsOf(ofRecords.filter(({ type }) => type !== 'record.created'))
  const rows = followed.length > 0 ? await followersOf(tx, tenantId, followed) : []
  const followers = Map.groupBy(rows, ({ record_id }) => record_id)
  const standings = new Map<DomainEvent, Standing>()
  for (const event of ofRecords) {
    const object = model.objectById.get(event.objectId ?? '')
    const ownerId = owners.get(event.recordId!)
    if (!object || ownerId === undefined) continue
    const ids = event.type === 'record.created' ? [] : (followers.get(event.recordId!) ?? []).map(({ id }) => id)
    const stageFields = object.pipelines.map(({ field }) => field)
    standings.set(event, { ownerId, followers: ids, stageFields, isEmail: object.activity === 'email' })
  }
  return standings
}

const recordsOf = (events: DomainEvent[]): string[] => [...new Set(events.map(({ recordId }) => recordId!))]

/** Who is named in fields that are hidden from them does not know of it. */
async function withSeenMentions(context: RecordContext, event: DomainEvent): Promise<DomainEvent> {
  const { objectId, recordId, payload } = event
  const { namedIn } = payload as { namedIn?: Record<string, string[]> }
  const object = context.model.objectById.get(objectId ?? '')
  if (!namedIn || !object || !recordId) return event
  const seeing = await readersOf(context, object, recordId, Object.keys(namedIn), namedIn)
  return { ...event, payload: { ...payload, mentions: seeing.map(({ userId }) => userId) } }
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
    about: aboutOf(event, receiver.user_id),
  })
  if (isNew && mail !== 'never') await planMail(context, receiver, mail)
}

/** What is told beside: of a record only what it is not asked for when it is shown. */
function aboutOf({ type, recordId, payload }: DomainEvent, userId: string): object {
  if (type === 'reminder.due') return { due: payload.due }
  if (type === 'workflow.told') return { messages: [(payload.messages as Record<string, string>)[userId]] }
  const { fields: _, ...about } = payload
  return recordId ? {} : about
}
