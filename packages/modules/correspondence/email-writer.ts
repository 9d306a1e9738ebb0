/**
 * E-mails that a member writes about a record: sent by the workspace's server, kept as a record of the object of e-mails,
 * in the thread of what they answer. Answers come back to an address of the message alone, and so to the same records.
 */
import { fieldAccess, requireAction } from '@oneforge/kernel/access'
import { conflict, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { sanitizeHtml } from '@oneforge/kernel/metadata/values'
import type { OperationContext } from '@oneforge/kernel/operations'
import { accessOfField, createRecord, presentRecord, type RecordContext, readRow } from '@oneforge/kernel/records'
import type { KeptContent, WholeFiles } from '@oneforge/modules/files'
import { MergeFailed, mergedTemplate, plainTextOf } from '@oneforge/modules/mail-templates'
import {
  findSuppression,
  type MailAttachment,
  type Mailer,
  type NewMail,
  refusalText,
} from '@oneforge/modules/messaging'
import { idOf, objectOf } from '@oneforge/modules/records'
import { aboutOf, findRecord, objectOfEmails } from './emails.ts'
import type { RecordMail } from './record-mail.ts'
import { headerOf, memberOf, signatureOf } from './sent-emails.store.ts'

export interface NewEmail {
  object: string
  id: string
  to: string
  subject: string
  /** What was written; or else `templateId` says what is. */
  html?: string
  templateId?: string
  attachments: { name: string; content: string }[]
  /** The e-mail record that it answers. */
  answers?: string
}

export interface DraftedEmail {
  /** Of the record's e-mail fields, or else of a record that it names, as far as the caller sees them. */
  to: string | null
  subject: string
  html: string
  signature: string
  /** Whether mail goes out, and answers come back here. */
  delivers: boolean
  receivesAnswers: boolean
}

interface Body {
  html: string
  text: string
  marketing: boolean
  pictures: MailAttachment[]
}

export class EmailWriter {
  private readonly mailer: Mailer
  private readonly files: WholeFiles
  private readonly recordMail: RecordMail

  constructor(options: { mailer: Mailer; files: WholeFiles; recordMail: RecordMail }) {
    this.mailer = options.mailer
    this.files = options.files
    this.recordMail = options.recordMail
  }

  /** What an e-mail about the record begins with. Throws NOT_FOUND, VALIDATION_ERROR where the template cannot be filled. */
  async draft(
    context: OperationContext,
    { object: slug, id, templateId }: { object: string; id: string; templateId?: string },
  ): Promise<DraftedEmail> {
    const object = objectOf(context, slug)
    const recordId = idOf(object, id)
    const row = await readRow(context, object, recordId)
    const record = presentRecord(context.model, context.policy, object, row)
    const filled = templateId ? await this.filled(context, templateId, object, recordId) : undefined
    return {
      to: addressIn(context, object, record) ?? (await addressBeside(context, object, record)),
      subject: filled?.subject ?? '',
      html: filled?.html ?? '',
      signature: await signatureOf(context.tx, context.model.tenantId, context.actor.userId!),
      delivers: await this.mailer.deliversFor(context.tx),
      receivesAnswers: this.recordMail.receivesAnswers,
    }
  }

  /**
   * Sends it, and keeps it. The id of the record is answered. Throws NOT_FOUND, also of what it answers; CONFLICT where
   * nothing goes out or to that address.
   */
  async send(context: OperationContext, email: NewEmail): Promise<{ id: string; object: string }> {
    const { tx, model } = context
    const object = objectOf(context, email.object)
    const recordId = idOf(object, email.id)
    await readRow(context, object, recordId)
    const emails = objectOfEmails(context, conflict)
    requireAction(context.policy, emails, 'create')
    if (!(await this.mailer.deliversFor(tx))) {
      throw conflict('No mail goes out. An administrator can name a mail server under Settings, E-mail.')
    }
    const body = await this.bodyOf(context, email, object, recordId)
    const suppressed = await findSuppression(tx, model.tenantId, email.to, body.marketing)
    if (suppressed) throw conflict(refusalText(suppressed))
    // Its place in the thread is for those alone who see it.
    if (email.answers !== undefined) await readRow(context, emails, idOf(emails, email.answers))
    const attached = email.attachments.map(({ name, content }) => ({
      name,
      folder: '',
      content: Buffer.from(content, 'base64'),
    }))
    const kept: KeptContent[] = []
    try {
      await this.files.keep(model.tenantId, attached, kept)
      const about = [...new Set([recordId, ...(email.answers ? await aboutOf(context, emails, email.answers) : [])])]
      const id = await this.keepAndEnqueue(context, emails, { email, body, about, kept, attached })
      return { id, object: emails.slug }
    } catch (error) {
      await this.files.discard(kept)
      throw error
    }
  }

  private async keepAndEnqueue(
    context: OperationContext,
    emails: CompiledObject,
    { email, body, about, kept, attached }: Prepared,
  ): Promise<string> {
    const { tx, model, actor, now } = context
    const member = await memberOf(tx, actor.userId!)
    const values = {
      title: email.subject,
      direction: 'Sent',
      sender: `${member!.name} <${member!.email}>`,
      receivers: email.to,
      sent_at: now.toISOString(),
      body: body.text.slice(0, longestKept),
      about,
    }
    tx.keepOpen()
    const { id } = await createRecord(context, emails, writable(context, emails, values))
    await this.files.add(context, emails, id, kept)
    const before = email.answers ? await headerOf(tx, model.tenantId, email.answers) : undefined
    const mail: NewMail = {
      kind: 'email',
      to: email.to,
      subject: email.subject,
      text: body.text,
      html: body.html,
      attachments: [...body.pictures, ...attachmentsOf(attached, kept)],
      senderName: member!.name,
      replyTo: member!.email,
      marketing: body.marketing,
    }
    await this.recordMail.enqueue(tx, mail, { recordId: id, userId: actor.userId!, ...(before && { before }) })
    return id
  }

  private async bodyOf(
    context: OperationContext,
    { html = '', templateId }: NewEmail,
    object: CompiledObject,
    recordId: string,
  ): Promise<Body> {
    if (templateId) {
      const filled = await this.filled(context, templateId, object, recordId)
      return { ...filled, pictures: filled.attachments }
    }
    const signature = await signatureOf(context.tx, context.model.tenantId, context.actor.userId!)
    const written = [sanitizeHtml(html), ...(signature ? [`<p>-- </p>${signature}`] : [])].join('')
    const whole = `<div style="font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; font-size: 15px; line-height: 1.5">${written}</div>`
    return { html: whole, text: plainTextOf(whole), marketing: false, pictures: [] }
  }

  private async filled(context: OperationContext, templateId: string, object: CompiledObject, recordId: string) {
    try {
      return await mergedTemplate(context, templateId, { object, recordId })
    } catch (error) {
      if (!(error instanceof MergeFailed)) throw error
      throw validationError([{ field: 'templateId', message: `cannot be filled: ${error.message}` }])
    }
  }
}

interface Prepared {
  email: NewEmail
  body: Body
  about: string[]
  kept: KeptContent[]
  attached: { content: Buffer }[]
}

/** As long as what is kept of mail that arrives. */
const longestKept = 20_000

/** With the types that their contents say, and the names that are safe. */
const attachmentsOf = (attached: { content: Buffer }[], kept: KeptContent[]): MailAttachment[] =>
  kept.map(({ name, type }, index) => ({ name, type, content: attached[index]!.content }))

/** Of fields that the tenant has removed, or the caller may not write, nothing. */
const writable = (context: RecordContext, object: CompiledObject, values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).filter(([key]) => {
      const field = object.field.get(key)
      return field !== undefined && accessOfField(context, object, field) === 'write'
    }),
  )

/** The first of the record's e-mail addresses: that of its role, or else of its fields in their order. */
function addressIn({ policy }: RecordContext, object: CompiledObject, record: Record<string, unknown>): string | null {
  const fields = object.fields.filter(
    ({ type, key }) => type === 'email' && fieldAccess(policy, object, key) !== 'hidden',
  )
  const first = fields.toSorted((a, b) => Number(b.key === object.roles.email) - Number(a.key === object.roles.email))
  const found = first.map(({ key }) => record[key]).find((value) => typeof value === 'string' && value !== '')
  return (found as string | undefined) ?? null
}

/** The address of the person that a record without one names: a deal's contact. Relations are tried in their order. */
async function addressBeside(
  context: RecordContext,
  object: CompiledObject,
  record: Record<string, unknown>,
): Promise<string | null> {
  for (const { key } of object.relations.filter(({ many, direction }) => !many && direction === 'out')) {
    const named = record[key] as { object: string; id: string } | null | undefined
    const other = named && context.model.object.get(named.object)
    const found = other && (await findRecord(context, other, named.id))
    const address = found && addressIn(context, other, found)
    if (address) return address
  }
  return null
}
