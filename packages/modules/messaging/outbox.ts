/**
 * Messages on their way out. The row is written by the transaction that makes the message necessary, with the job that
 * sends it. An attempt is recorded before it is made; whoever dies between the two sends again under the same
 * Message-ID, which is as near to «exactly once» as SMTP comes.
 */
import { type Database, newId, type Transaction } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import type { JobKind } from '@oneforge/kernel/jobs'
import {
  type Mail,
  type MailAttachment,
  type Mailer,
  MailRefused,
  type MailTransport,
  type NewMail,
} from './mail.port.ts'
import {
  attachmentsOf,
  beginAttempt,
  endAttempt,
  insertMessage,
  type MessageRow,
  requeueMessage,
} from './outbox.store.ts'

export type Enqueue = (tx: Transaction, kind: string, payload: object) => Promise<unknown>

const queueName = 'mail.send'
/** With the queue's back-off (seconds at first, an hour at the most) the last attempt comes after about half a day. */
const retries = 20
const keptDays = 90
const longestError = 500
const mostAttachments = 20
const largestAttachments = 15 * 1024 ** 2

export class Outbox implements Mailer {
  /** For the queue; see kernel/jobs. */
  readonly queueKind: JobKind<{ messageId: string }>
  private readonly database: Database
  private readonly transport: MailTransport | undefined
  private readonly enqueueJob: Enqueue
  private readonly now: () => Date

  /** @param options.transport without it messages are kept to be read in the outbox. */
  constructor(options: { database: Database; transport?: MailTransport; enqueue: Enqueue; now?: () => Date }) {
    this.database = options.database
    this.transport = options.transport
    this.enqueueJob = options.enqueue
    this.now = options.now ?? (() => new Date())
    this.queueKind = {
      name: queueName,
      retries,
      timeoutSeconds: 120,
      concurrency: 2,
      handle: ({ tenantId, messageId }, { attempt }) => this.send(tenantId, messageId, attempt > retries),
    }
  }

  get delivers(): boolean {
    return this.transport !== undefined
  }

  async enqueue(tx: Transaction, mail: NewMail): Promise<string> {
    requireFitting(mail)
    const id = newId()
    const now = this.now()
    const forgetBefore = new Date(now.getTime() - keptDays * 86_400_000)
    const state = this.transport ? 'queued' : 'kept'
    await insertMessage(tx, { ...mail, id, state }, { now, forgetBefore })
    if (this.transport) await this.enqueueJob(tx, queueName, { messageId: id })
    return id
  }

  /** Sends a message that was kept or given up after all. Throws NOT_FOUND, CONFLICT. */
  async retry(tx: Transaction, id: string): Promise<MessageRow> {
    if (!this.transport) throw conflict('There is no mail server to send it. Set OF_SMTP_URL and start again.')
    const message = await requeueMessage(tx, id)
    if (!message) throw notFound(`A message ${id} that was kept or could not be sent`)
    await this.enqueueJob(tx, queueName, { messageId: id })
    return message
  }

  private async send(tenantId: string, id: string, isLastAttempt: boolean): Promise<void> {
    if (!this.transport) throw new Error('There is no mail server to send with: OF_SMTP_URL is not set.')
    const message = await beginAttempt(this.database, tenantId, id)
    if (!message) return
    try {
      await this.transport.send(mailOf(message, await attachmentsOf(this.database, tenantId, id)))
    } catch (error) {
      const isDead = isLastAttempt || error instanceof MailRefused
      const reason = (error as Error).message.slice(0, longestError)
      await endAttempt(this.database, tenantId, id, { state: isDead ? 'failed' : 'queued', error: reason })
      if (isDead) return
      throw error
    }
    await endAttempt(this.database, tenantId, id, { state: 'sent', at: this.now() })
  }
}

function mailOf(message: MessageRow, attachments: MailAttachment[]): Mail {
  const { id, kind, recipient: to, subject, body } = message
  const { html, replyTo, calendar, unsubscribeUrl, senderName, thread, bounceTo } = message
  return {
    id,
    kind,
    to,
    subject,
    text: body!,
    attachments,
    ...(html !== null && { html }),
    ...(replyTo && { replyTo }),
    ...(calendar && { calendar }),
    ...(unsubscribeUrl && { unsubscribeUrl }),
    ...(senderName && { senderName }),
    ...(thread && { thread }),
    ...(bounceTo && { bounceTo }),
  }
}

function requireFitting({ attachments = [] }: NewMail): void {
  const bytes = attachments.reduce((sum, { content }) => sum + content.length, 0)
  const message =
    attachments.length > mostAttachments
      ? `must be at most ${mostAttachments} files; this message has ${attachments.length}`
      : `must be at most ${largestAttachments / 1024 ** 2} MB together; leave some out or make them smaller`
  if (attachments.length > mostAttachments || bytes > largestAttachments) {
    throw validationError([{ field: 'attachments', message }])
  }
}
