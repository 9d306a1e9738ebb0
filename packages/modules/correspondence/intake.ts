/**
 * Mail that a member forwards, or sends a copy of, to the address that is theirs alone. It becomes a record of the object
 * of e-mails, in the member's name and with their rights, linked to those it was exchanged with: to the records with one
 * of the other addresses that the member may see. What was attached becomes its files. Answers to what workflows write, or members
 * who have left since, are taken in the system's own name. An answer is linked to what is answered alone.
 */
import { createHash } from 'node:crypto'
import { requireAction } from '@oneforge/kernel/access'
import { type Database, newId } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import { type CompiledField, type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import { accessOfField, createRecord, listRecords, type RecordContext } from '@oneforge/kernel/records'
import type { KeptContent, WholeFile, WholeFiles } from '@oneforge/modules/files'
import { type Transactions, WorkspaceHeld } from '@oneforge/modules/jobs'
import type { Mailer } from '@oneforge/modules/messaging'
import { findAddressee, isMember, noteReceived, type Owner, objectsOfRecords, peopleOf } from './addresses.store.ts'
import { noteBounce } from './bounces.ts'
import { aboutOf, objectOfEmails, ownerAmong } from './emails.ts'
import { type Mailbox, type MailHandler, MailNotTaken } from './mail-receiver.port.ts'
import { mailboxNameIn } from './mailbox-name.ts'
import { type Arrived, type Attachment, type Message, type Party, readMessage } from './message.ts'
import { findByTag, findSentEmail, noteHeader } from './sent-emails.store.ts'

/** One address belongs to few records; who has written to a hundred is not linked to all that share an address. */
const mostPerObject = 5
const mostLinks = 50

export class MailIntake implements MailHandler {
  private readonly database: Database
  private readonly transactions: Transactions
  private readonly files: WholeFiles
  private readonly mailer: Mailer
  private readonly domain: string
  private readonly now: () => Date

  /** @param options.domain what stands behind the @ of the addresses. */
  constructor(options: {
    database: Database
    transactions: Transactions
    files: WholeFiles
    mailer: Mailer
    domain: string
    now?: () => Date
  }) {
    this.database = options.database
    this.transactions = options.transactions
    this.files = options.files
    this.mailer = options.mailer
    this.domain = options.domain.toLowerCase()
    this.now = options.now ?? (() => new Date())
  }

  addressOf(name: string): string {
    return `${name}@${this.domain}`
  }

  async mailboxOf(address: string): Promise<Mailbox | undefined> {
    const name = mailboxNameIn(address, this.domain)
    const receiver = name === undefined ? undefined : await this.receiverOf(name)
    return receiver && ((content, sender) => this.take(receiver, { content, sender }))
  }

  /** Whoever has the address, or has written what is answered there. */
  private async receiverOf(name: string): Promise<Receiver | undefined> {
    const addressee = await findAddressee(this.database, name)
    if (addressee) return addressee
    const sent = await findByTag(this.database, name)
    if (!sent) return undefined
    const { tenantId, userId, messageId } = sent
    const isThere = userId !== null && (await isMember(this.database, { tenantId, userId }))
    return { tenantId, userId: isThere ? userId : null, answers: messageId }
  }

  private async take(addressee: Receiver, arrived: Arrived): Promise<void> {
    /** By try: a transaction that meets another may be run again. */
    const tries: KeptContent[][] = []
    try {
      await this.transactions.run({ ...behalfOf(addressee), source: 'mail', requestId: newId() }, (context) => {
        const kept: KeptContent[] = []
        tries.push(kept)
        return this.keep(context, addressee, arrived, kept)
      })
    } catch (error) {
      await this.files.discard(tries.flat())
      throw refusalOf(error)
    }
    await this.files.discard(tries.slice(0, -1).flat())
  }

  private async keep(
    context: RecordContext,
    addressee: Receiver,
    arrived: Arrived,
    attached: KeptContent[],
  ): Promise<void> {
    const people = await peopleOf(context.tx, addressee.tenantId)
    const own = (address: string) => address.endsWith(`@${this.domain}`)
    // Whoever has one letter may write to its address for answers: there a colleague's name proves nothing.
    const believed = addressee.answers === undefined ? people : nobody
    const message = await readMessage(arrived, { people: believed, own, now: this.now() })
    if (!(await isFirst(context, addressee, message))) return
    if (message.report && (await noteBounce(context, this.mailer, message.report, addressee.answers))) return
    const object = objectOfEmails(context, (reason) => new MailNotTaken(reason))
    requireAction(context.policy, object, 'create')
    const answered = await answeredBy(context, object, addressee)
    const { about, cameInFor } = await linksOf(context, object, addressee, {
      message,
      people,
      answered: answered.about,
    })
    const files = message.attachments.map((one) => fileOf(context, one))
    await this.files.keep(addressee.tenantId, files, attached)
    // The thread and the files come behind the record, in the same transaction.
    context.tx.keepOpen()
    const values = emailOf(context, object, message, believed, about)
    const { id } = await createRecord(context, object, { ...values, ...answered.belonging })
    const { header, before } = message
    if (header) await noteHeader(context.tx, addressee.tenantId, id, { header, before })
    await this.files.add(context, object, id, attached)
    const startsWork = !message.isAutomatic && !people.has(message.from.address)
    if (startsWork && cameInFor.length > 0) await tellOfMessage(context, id, cameInFor, answered.about)
  }
}

const nobody: ReadonlySet<string> = new Set()

/**
 * One message may answer several: it comes once to each of their addresses. A copy that comes to the member's own address
 * after that adds nothing.
 */
async function isFirst({ tx }: RecordContext, receiver: Receiver, { digest }: Message): Promise<boolean> {
  if (receiver.answers === undefined) return noteReceived(tx, receiver, digest)
  const ofAnswer = createHash('sha256').update(digest).update(receiver.answers).digest()
  if (!(await noteReceived(tx, receiver, ofAnswer))) return false
  if (receiver.userId !== null) await noteReceived(tx, receiver, digest)
  return true
}

interface Links {
  about: string[]
  /** Those among them that it is an event of: its waits end, and workflows begin. */
  cameInFor: string[]
}

/**
 * An answer is linked to what it answers alone: whoever has one letter may write there, and name whom they like. At the address
 * that only the member knows it is linked to whom it names, and has come in for those whose address it was sent from.
 */
async function linksOf(
  context: RecordContext,
  emails: CompiledObject,
  { answers }: Receiver,
  { message, people, answered }: { message: Message; people: ReadonlySet<string>; answered: string[] },
): Promise<Links> {
  if (answers !== undefined) return { about: answered, cameInFor: answered }
  const outside = (parties: Party[]) => parties.filter(({ address }) => !people.has(address))
  const senders = await recordsWith(context, emails, outside([message.from]))
  const receivers = await recordsWith(context, emails, outside(message.to))
  return { about: [...new Set([...senders, ...receivers])].slice(0, mostLinks), cameInFor: senders }
}

/** What has come in for records is an event of each of them, which says whether a message about that was answered. */
async function tellOfMessage(context: RecordContext, id: string, about: string[], answered: string[]): Promise<void> {
  const records = await objectsOfRecords(context.tx, about)
  await appendEvents(
    context.tx,
    records.map(({ id: recordId, object_id: objectId }) => {
      const payload = { channel: 'email', message: id, source: context.source, isAnswer: answered.includes(recordId) }
      return { type: 'message.received', objectId, recordId, payload }
    }),
  )
}

/** Whose message it becomes, and what it answers where it came to the address of one that was written here. */
interface Receiver extends Owner {
  answers?: string
}

/** What a workflow wrote, or who has left, is nobody's: its answers are taken by the system itself. */
const behalfOf = ({ tenantId, userId }: Receiver) => ({ tenantId, userId, asSystem: userId === null })

/** What goes from the message that is answered to the answer. */
interface Answered {
  /** What it is about, as far as whoever wrote it still sees that. */
  about: string[]
  /** Where nobody takes it: it belongs to whom that belongs, or else what that is about. */
  belonging: { ownerId?: string | null }
}

async function answeredBy(
  context: RecordContext,
  emails: CompiledObject,
  { tenantId, userId, answers }: Receiver,
): Promise<Answered> {
  const sent = answers ? await findSentEmail(context.tx, tenantId, { messageId: answers }) : undefined
  if (!sent) return { about: [], belonging: {} }
  const about = await aboutOf(context, emails, sent.recordId)
  return { about, belonging: userId === null ? { ownerId: await ownerAmong(context, [sent.recordId, ...about]) } : {} }
}

/** What the sender is told: it is for them to mend what is no fault of ours. */
function refusalOf(error: unknown): unknown {
  if (error instanceof AppError && error.status < 500) {
    const details = error.details.map(({ field, message }) => `${field} ${message}`)
    return new MailNotTaken([error.message, ...details].join(' '), { cause: error })
  }
  if (error instanceof WorkspaceHeld) return new MailNotTaken('The workspace is suspended.')
  return error
}

/** The input of the record; of fields that the tenant has removed, nothing. */
function emailOf(
  context: RecordContext,
  object: CompiledObject,
  message: Message,
  believed: ReadonlySet<string>,
  about: string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {
    title: message.subject || '–',
    direction: believed.has(message.from.address) ? 'Sent' : 'Received',
    sender: nameOf(message.from),
    receivers: message.to.map(nameOf).join(', '),
    sent_at: message.sentAt.toISOString(),
    body: message.text,
    remark: message.remark,
    about,
  }
  const writable = Object.entries(values).filter(([key]) => {
    const field = object.field.get(key)
    return field !== undefined && accessOfField(context, object, field) === 'write'
  })
  return Object.fromEntries(writable)
}

/** Where the files are that belong into the text, apart from those that were sent for themselves. */
const inlineFolder = { en: 'In the text', es: 'En el texto', de: 'Im Text' }

const fileOf = ({ model }: RecordContext, { name, isInline, content }: Attachment): WholeFile => ({
  name,
  folder: isInline ? inLocale(inlineFolder, model.locale) : '',
  content,
})

const nameOf = ({ name, address }: Party): string => (name ? `${name} <${address}>` : address)

/** Ids of records that have one of the addresses, as far as the caller may read both. */
async function recordsWith(context: RecordContext, emails: CompiledObject, parties: Party[]): Promise<string[]> {
  const addresses = [...new Set(parties.map(({ address }) => address))]
  if (addresses.length === 0) return []
  const found: string[] = []
  for (const object of context.model.objects) {
    if (object === emails || !context.policy.objects.has(object.slug)) continue
    const fields = addressFields(context, object)
    if (fields.length === 0) continue
    const or = fields.map(({ key }) => ({ field: key, op: 'in', value: addresses }))
    const { rows } = await listRecords(context, object, { filter: { or }, limit: mostPerObject })
    found.push(...rows.map(({ id }) => id))
  }
  return found.slice(0, mostLinks)
}

const addressFields = (context: RecordContext, object: CompiledObject): CompiledField[] =>
  object.fields.filter((field) => field.type === 'email' && accessOfField(context, object, field) !== 'hidden')
