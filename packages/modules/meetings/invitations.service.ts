/** Invitations to meetings: who has to be told what, and who has been. */
import { conflict, notFound } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { lockRecord, presentRecord, type RecordContext, readRow } from '@oneforge/kernel/records'
import type { Mailer } from '@oneforge/modules/messaging'
import { idOf, objectOf } from '@oneforge/modules/records'
import { type Answer, invitationTo } from './calendar-message.ts'
import { letterOf } from './invitation-mail.ts'
import {
  answerName,
  emailOf,
  type InvitationRow,
  listInvitations,
  noteSent,
  type SentInvitation,
} from './invitations.store.ts'
import { digestOf, isInviting, type Meeting, meetingOf } from './meeting.ts'

export interface Invitation {
  address: string
  /** `changed`: the meeting is another than the one told; `removed`: no attendee any more, and not told so. */
  state: 'to_send' | 'sent' | 'changed' | 'removed' | 'cancelled'
  answer: Answer | null
  sentAt: string | null
  answeredAt: string | null
}

interface MeetingPath {
  object: string
  id: string
}

export class InvitationService {
  private readonly mailer: Mailer
  private readonly domain: string | undefined

  /** @param options.domain of the addresses that answers come to; without it they go to whoever has invited. */
  constructor(options: { mailer: Mailer; domain: string | undefined }) {
    this.mailer = options.mailer
    this.domain = options.domain
  }

  get delivers(): boolean {
    return this.mailer.delivers
  }

  get receivesAnswers(): boolean {
    return this.domain !== undefined
  }

  async list(context: OperationContext, path: MeetingPath): Promise<Invitation[]> {
    const object = meetingsOf(context, path.object)
    const row = await readRow(context, object, idOf(object, path.id))
    const meeting = meetingOf(object, presentRecord(context.model, context.policy, object, row))
    return standing(meeting, await listInvitations(context.tx, context.model.tenantId, meeting.id))
  }

  /**
   * Writes to all who have to be told: those who are invited anew, those who know another time or place, and those who
   * are not meant any more. Who knows it all gets nothing, however often it is asked for.
   */
  async send(context: OperationContext, path: MeetingPath): Promise<Invitation[]> {
    if (!this.mailer.delivers) {
      throw conflict('This installation sends no mail. Whoever runs it can set OF_SMTP_URL.')
    }
    const object = meetingsOf(context, path.object)
    const { row } = await lockRecord(context, object, idOf(object, path.id), 'update')
    const meeting = meetingOf(object, presentRecord(context.model, context.policy, object, row))
    const { tx, model, now } = context
    const known = await listInvitations(tx, model.tenantId, meeting.id)
    const told = toTell(meeting, known)
    if (told.length > 0) {
      const facts = { recordId: meeting.id, digest: digestOf(meeting), by: context.actor.userId!, at: now }
      await noteSent(tx, model.tenantId, facts, told)
      await this.write(context, meeting, known, told)
    }
    return standing(meeting, await listInvitations(tx, model.tenantId, meeting.id))
  }

  private async write(
    context: OperationContext,
    meeting: Meeting,
    known: InvitationRow[],
    told: SentInvitation[],
  ): Promise<void> {
    const { tx, model, actor, now } = context
    const { timeZone, locale } = model
    const organizer = { name: actor.name, address: await this.answersTo(context, meeting) }
    for (const { address, sequence, cancelled } of told) {
      const kind = cancelled ? 'cancelled' : known.some((one) => one.address === address) ? 'changed' : 'invited'
      const facts = { uid: uidOf(meeting.id), sequence, organizer, at: now, cancelled, timeZone }
      await this.mailer.enqueue(tx, {
        kind: 'meeting',
        to: address,
        ...letterOf({ meeting, locale, timeZone, organizer: organizer.name, kind }),
        replyTo: organizer.address,
        calendar: invitationTo(address, meeting, facts),
      })
    }
  }

  private async answersTo({ tx, model, actor }: OperationContext, meeting: Meeting): Promise<string> {
    if (this.domain === undefined) return emailOf(tx, actor.userId!)
    return `${await answerName(tx, model.tenantId, meeting.id)}@${this.domain}`
  }
}

/** How calendars know the meeting, for good. */
export const uidOf = (recordId: string): string => `${recordId}@oneforge`

function meetingsOf(context: RecordContext, slug: string): CompiledObject {
  const object = objectOf(context, slug)
  if (isInviting(object)) return object
  throw notFound(`Invitations to ${inLocale(object.labelPlural, context.locale)}`)
}

/** Messages of a change carry a higher number than all before; who is invited to what others know gets theirs. */
function toTell(meeting: Meeting, known: InvitationRow[]): SentInvitation[] {
  const digest = digestOf(meeting)
  const highest = Math.max(-1, ...known.map(({ sequence }) => sequence))
  const isChange = known.some((one) => !one.cancelledAt && !digest.equals(one.digest))
  const sequence = isChange ? highest + 1 : Math.max(0, highest)
  const meant = meeting.isCancelled ? [] : meeting.attendees
  const invited = meant.flatMap((address) => {
    const before = known.find((one) => one.address === address)
    if (before && !before.cancelledAt && digest.equals(before.digest)) return []
    return [{ address, sequence: before?.cancelledAt ? highest + 1 : sequence, cancelled: false }]
  })
  const gone = known.filter(({ address, cancelledAt }) => !cancelledAt && !meant.includes(address))
  return [...invited, ...gone.map(({ address }) => ({ address, sequence: highest + 1, cancelled: true }))]
}

function standing(meeting: Meeting, known: InvitationRow[]): Invitation[] {
  const digest = digestOf(meeting)
  const meant = meeting.isCancelled ? [] : meeting.attendees
  const fresh = meant.filter((address) => !known.some((one) => one.address === address))
  const invited = known.map(({ address, cancelledAt, answer, sentAt, answeredAt, digest: toldOf }): Invitation => {
    const isMeant = meant.includes(address)
    const isUpToDate = digest.equals(toldOf)
    const there = cancelledAt ? 'to_send' : isUpToDate ? 'sent' : 'changed'
    return { address, state: isMeant ? there : cancelledAt ? 'cancelled' : 'removed', answer, sentAt, answeredAt }
  })
  const unsent = { state: 'to_send', answer: null, sentAt: null, answeredAt: null } as const
  return [...invited, ...fresh.map((address) => ({ address, ...unsent }))].toSorted((a, b) =>
    a.address < b.address ? -1 : 1,
  )
}
