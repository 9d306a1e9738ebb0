/**
 * Messages on their way out. The row is written by the transaction that makes the message necessary, with the job that
 * sends it. An attempt is recorded before it is made; whoever dies between the two sends again under the same
 * Message-ID, which is as near to «exactly once» as SMTP comes.
 */
import { type Database, newId, type Transaction } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { type EnqueueOptions, type JobKind, noTenant } from '@oneforge/kernel/jobs'
import type { EndingLinks } from './ending-links.ts'
import { withEnding } from './ending-words.ts'
import {
  type Mail,
  type MailAttachment,
  type Mailer,
  type MailKind,
  MailRefused,
  MailServerDown,
  type MailTransport,
  type NewMail,
} from './mail.port.ts'
import type { MailServers } from './mail-servers.ts'
import {
  attachmentsOf,
  beginAttempt,
  endAttempt,
  findWaiting,
  giveUp,
  hasVerifiedDomain,
  insertMessage,
  localeOf,
  type MessageRow,
  requeueMessage,
  waitingSince,
  workspaceNameOf,
} from './outbox.store.ts'
import { heldUntil, hold, type Pace, release, takeMoment } from './pace.store.ts'
import { findSuppression, type Suppression } from './suppressions.store.ts'

export type Enqueue = (tx: Transaction, kind: string, payload: object, options?: EnqueueOptions) => Promise<unknown>
export type Wake = (tx: Transaction, kind: string, change: object) => Promise<void>

const queueName = 'mail.send'
/** With the queue's back-off (seconds at first, an hour at the most) the last attempt comes after about half a day. */
const retries = 20
const keptDays = 90
const longestError = 500
const mostAttachments = 20
const largestAttachments = 15 * 1024 ** 2
/** A message that had no turn for that long is given up. */
const longestWaitMs = 3 * 86_400_000
/** By the installation's server nobody sends faster than that: the others of the installation stand in the same queue. */
const paceOfAll: Pace = { perMinute: 60, perDay: 10_000 }

/** Lets what waits take a turn anew, by the server and the pace of now. */
export const wakeSending =
  (wake: Wake) =>
  (tx: Transaction): Promise<void> =>
    wake(tx, queueName, { hasTurn: false } satisfies Partial<Sending>)

interface Sending {
  messageId: string
  /** Whether it has waited for its turn already. */
  hasTurn?: boolean
}

export interface OutboxOptions {
  database: Database
  /** Of the installation; without it messages of workspaces without a server of their own are kept to be read. */
  transport?: MailTransport
  /** The servers of workspaces; none has one unless said. */
  servers?: Pick<MailServers, 'has' | 'routeOf'>
  /** By which receivers end what is marketing. */
  endings?: Pick<EndingLinks, 'addressFor' | 'pageFor'>
  enqueue: Enqueue
  now?: () => Date
}

export class Outbox implements Mailer {
  /** For the queue; see kernel/jobs. */
  readonly queueKind: JobKind<Sending>
  private readonly database: Database
  private readonly transport: MailTransport | undefined
  private readonly servers: OutboxOptions['servers']
  private readonly endings: OutboxOptions['endings']
  private readonly enqueueJob: Enqueue
  private readonly now: () => Date

  constructor(options: OutboxOptions) {
    this.database = options.database
    this.transport = options.transport
    this.servers = options.servers
    this.endings = options.endings
    this.enqueueJob = options.enqueue
    this.now = options.now ?? (() => new Date())
    this.queueKind = {
      name: queueName,
      retries,
      timeoutSeconds: 120,
      concurrency: 4,
      handle: (sending, { attempt }) => this.take(sending, attempt > retries),
    }
  }

  get delivers(): boolean {
    return this.transport !== undefined
  }

  async deliversFor(tx: Transaction): Promise<boolean> {
    return this.delivers || (await this.hasOwn(tx))
  }

  async enqueue(tx: Transaction, mail: NewMail): Promise<string> {
    requireFitting(mail)
    const id = newId()
    const now = this.now()
    const forgetBefore = new Date(now.getTime() - keptDays * 86_400_000)
    const refusal = await refusalOf(tx, { ...mail, recipient: mail.to })
    const state = refusal ? 'failed' : (await this.deliversFor(tx)) ? 'queued' : 'kept'
    const written = { ...mail, ...(await this.endingOf(tx, mail)), ...(await this.nameOf(tx, mail)) }
    const message = { ...written, ...(refusal && { lastError: refusal }) }
    await insertMessage(tx, { ...message, id, state }, { now, forgetBefore })
    if (state === 'queued') await this.enqueueJob(tx, queueName, { messageId: id })
    return id
  }

  /** Sends a message that was kept or given up after all. Throws NOT_FOUND; CONFLICT where nothing goes out or to that address. */
  async retry(tx: Transaction, id: string): Promise<MessageRow> {
    if (!(await this.deliversFor(tx))) {
      throw conflict(
        'There is no mail server to send it. Name one under Settings, E-mail; or set OF_SMTP_URL and start again.',
      )
    }
    const message = await requeueMessage(tx, id, this.now())
    if (!message) throw notFound(`A message ${id} that was kept or could not be sent`)
    const refusal = await refusalOf(tx, message)
    if (refusal) throw conflict(refusal)
    await this.enqueueJob(tx, queueName, { messageId: id })
    return message
  }

  /** How its receiver ends it, for people and for their programs. */
  private async endingOf(tx: Transaction, mail: NewMail): Promise<Partial<NewMail>> {
    if (!mail.marketing || !this.endings) return {}
    const link = { tenantId: tx.tenantId!, address: mail.to }
    const page = this.endings.pageFor(link)
    const locale = await localeOf(tx)
    return { ...withEnding(mail, { page, locale }), unsubscribeUrl: this.endings.addressFor(link) }
  }

  /** By the installation's server a workspace writes by its own name; one of its own says which name that is. */
  private async nameOf(tx: Transaction, { kind, senderName }: NewMail): Promise<Partial<NewMail>> {
    if (senderName || !ofWorkspaces.has(kind) || (await this.hasOwn(tx))) return {}
    const name = await workspaceNameOf(tx)
    return name === undefined ? {} : { senderName: name }
  }

  private async hasOwn(tx: Transaction): Promise<boolean> {
    return tx.tenantId !== noTenant && (await this.servers?.has(tx, tx.tenantId!)) === true
  }

  /** One message by its route, when it is its turn; others of the workspace that wait do not hold it up. */
  private async take(sending: Sending & { tenantId: string }, isLastAttempt: boolean): Promise<void> {
    const { tenantId, messageId } = sending
    const own = tenantId === noTenant ? undefined : await this.servers?.routeOf(tenantId)
    const route = own ?? (this.transport && { ...paceOfAll, transport: this.transport })
    if (!route) throw new Error('There is no mail server to send with: OF_SMTP_URL is not set.')
    try {
      if (tenantId !== noTenant && !(await this.isTurnOf(sending, route, own !== undefined))) return
      await this.send(tenantId, messageId, route.transport, isLastAttempt)
      if (own) await release(this.database, tenantId)
    } catch (error) {
      if (own && error instanceof MailServerDown) await hold(this.database, tenantId)
      throw error
    } finally {
      own?.transport.close()
    }
  }

  /** Otherwise it is put off until it is. */
  private async isTurnOf(
    { tenantId, messageId, hasTurn }: Sending & { tenantId: string },
    pace: Pace,
    isOwn: boolean,
  ): Promise<boolean> {
    const since = await waitingSince(this.database, tenantId, messageId)
    if (!since) return false
    const held = isOwn ? await heldUntil(this.database, tenantId) : undefined
    const turn = held ?? (hasTurn ? undefined : await takeMoment(this.database, tenantId, pace))
    if (!turn || turn.getTime() <= Date.now()) return true
    if (this.now().getTime() - since.getTime() > longestWaitMs) {
      const reason = held
        ? 'The mail server could not be reached for three days.'
        : 'It had no turn within three days: more is sent than the pace of the mail server lets out.'
      await this.database.transaction({ tenantId }, (tx) => giveUp(tx, messageId, reason))
      return false
    }
    const payload = { messageId, hasTurn: hasTurn === true || !held }
    const startAfter = held ? new Date(held.getTime() + Math.random() * 10_000) : turn
    await this.database.transaction({ tenantId }, (tx) => this.enqueueJob(tx, queueName, payload, { startAfter }))
    return false
  }

  private async send(tenantId: string, id: string, transport: MailTransport, isLastAttempt: boolean): Promise<void> {
    if (await this.isRefused(tenantId, id)) return
    const message = await beginAttempt(this.database, tenantId, id)
    if (!message) return
    try {
      const attachments = await attachmentsOf(this.database, tenantId, id)
      const isOfVerified = message.senderName !== null && (await hasVerifiedDomain(this.database, tenantId))
      await transport.send({ ...mailOf(message, attachments), isOfVerified })
    } catch (error) {
      const isDead = isLastAttempt || error instanceof MailRefused
      const reason = (error as Error).message.slice(0, longestError)
      await endAttempt(this.database, tenantId, id, { state: isDead ? 'failed' : 'queued', error: reason })
      if (isDead) return
      throw error
    }
    await endAttempt(this.database, tenantId, id, { state: 'sent', at: this.now() })
  }

  /** Whether its receiver was written down while it waited: then it is given up. */
  private isRefused(tenantId: string, id: string): Promise<boolean> {
    return this.database.transaction({ tenantId }, async (tx) => {
      const message = await findWaiting(tx, id)
      const refusal = message && (await refusalOf(tx, message))
      if (refusal) await giveUp(tx, id, refusal)
      return refusal !== undefined
    })
  }
}

/** What people and their workflows write; messages about accounts and memberships go to every address. */
const ofWorkspaces: ReadonlySet<MailKind> = new Set(['email', 'workflow', 'report'])

/** What stands against the address, in words for whoever looks into the outbox. */
async function refusalOf(
  tx: Transaction,
  { recipient, kind, marketing = false }: { recipient: string; kind: MailKind; marketing?: boolean },
): Promise<string | undefined> {
  if (!ofWorkspaces.has(kind)) return undefined
  const found = await findSuppression(tx, tx.tenantId!, recipient, marketing)
  return found && refusalText(found)
}

/** Why the address is not written to. */
export const refusalText = ({ address, scope, reason, detail }: Suppression): string => {
  const why = {
    bounced: 'messages to it came back',
    unsubscribed: 'its owner has ended such messages',
    by_hand: 'an administrator has said so',
  }[reason]
  const what = scope === 'all' ? 'is written to no more' : 'gets no marketing any more'
  return `${address} ${what}: ${why}${detail ? ` (${detail})` : ''}. Administrators can lift that under Settings, E-mail.`
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
