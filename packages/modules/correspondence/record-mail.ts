/**
 * Mail that a record tells of. It goes out under a Message-ID of its own; its answers, and reports that it could not be
 * delivered, come back to an address of its own, and so to that record.
 */
import { newId, type Transaction } from '@oneforge/kernel/database'
import type { Mailer, NewMail } from '@oneforge/modules/messaging'
import { newMailboxName } from './mailbox-name.ts'
import { type Header, insertSentEmail, noteHeader } from './sent-emails.store.ts'

/** Where the message belongs. */
export interface MailPlace {
  /** The record of the object of e-mails. */
  recordId: string
  /** Who has written it; null where nobody has: a workflow. */
  userId: string | null
  /** Of the message that it answers. */
  before?: Header
}

export class RecordMail {
  private readonly mailer: Mailer
  private readonly domain: string | undefined

  /** @param options.domain of the addresses that answers come to; without it they go where the message says. */
  constructor(options: { mailer: Mailer; domain: string | undefined }) {
    this.mailer = options.mailer
    this.domain = options.domain
  }

  get receivesAnswers(): boolean {
    return this.domain !== undefined
  }

  /**
   * Goes out exactly if the transaction commits. One message for one receiver: of several about one record each has an
   * address for answers of its own.
   */
  async enqueue(tx: Transaction, mail: NewMail, { recordId, userId, before }: MailPlace): Promise<void> {
    const tag = this.domain === undefined ? null : newMailboxName()
    const back = tag === null ? undefined : `${tag}@${this.domain}`
    const host = (back ?? mail.replyTo)?.split('@').at(-1)
    if (host === undefined) {
      await this.mailer.enqueue(tx, mail)
      return
    }
    const thread = {
      messageId: `<${newId()}@${host}>`,
      ...(before && { inReplyTo: before.header, references: [...before.before, before.header] }),
    }
    const messageId = await this.mailer.enqueue(tx, { ...mail, thread, ...(back && { replyTo: back, bounceTo: back }) })
    const sent = { tenantId: tx.tenantId!, userId, messageId, recordId, address: mail.to }
    await insertSentEmail(tx, { ...sent, header: thread.messageId, tag })
    await noteHeader(tx, tx.tenantId!, recordId, { header: thread.messageId, before: thread.references ?? [] })
  }
}
