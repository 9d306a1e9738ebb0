/** Answers to invitations, which arrive by mail at an address of each meeting's own. */
import type { Database } from '@oneforge/kernel/database'
import { type Mailbox, type MailHandler, MailNotTaken, mailboxNameIn } from '@oneforge/modules/correspondence'
import PostalMime from 'postal-mime'
import { type CalendarReply, readReply } from './calendar-message.ts'
import { uidOf } from './invitations.service.ts'
import { type AnsweredMeeting, findMeeting, keepAnswer } from './invitations.store.ts'

export class MeetingAnswers implements MailHandler {
  private readonly database: Database
  private readonly domain: string
  private readonly now: () => Date

  constructor(options: { database: Database; domain: string; now?: () => Date }) {
    this.database = options.database
    this.domain = options.domain.toLowerCase()
    this.now = options.now ?? (() => new Date())
  }

  async mailboxOf(address: string): Promise<Mailbox | undefined> {
    const name = mailboxNameIn(address, this.domain)
    const meeting = name === undefined ? undefined : await findMeeting(this.database, name)
    return meeting && ((content) => this.take(meeting, content))
  }

  private async take({ tenantId, recordId }: AnsweredMeeting, content: Uint8Array): Promise<void> {
    const reply = await this.replyIn(content)
    if (reply?.uid !== uidOf(recordId)) {
      throw new MailNotTaken('This address takes answers to the invitation only. Write to whoever has invited you.')
    }
    const { attendee: address, answer, at } = reply
    const isKnown = await this.database.transaction({ tenantId }, (tx) =>
      keepAnswer(tx, tenantId, { recordId, address, answer, at }),
    )
    if (!isKnown) throw new MailNotTaken(`${address} was not invited. Answer from the address that was.`)
  }

  private async replyIn(content: Uint8Array): Promise<CalendarReply | undefined> {
    const { attachments } = await PostalMime.parse(content, { attachmentEncoding: 'utf8' })
    const calendar = attachments.find(({ mimeType }) => mimeType === 'text/calendar')
    return calendar && readReply(String(calendar.content), this.now())
  }
}
