/**
 * What a message says: who wrote it to whom, when and what. Of a forwarded one it is what the first sender wrote, as far
 * as the mail program has left it readable.
 */
import { createHash } from 'node:crypto'
import { sanitizeHtml, textOfHtml } from '@oneforge/kernel/metadata/values'
import EmailForwardParser from 'email-forward-parser'
import PostalMime, { type Address, type Email } from 'postal-mime'
import { type DeliveryReport, deliveryReportIn } from './delivery-report.ts'
import { MailNotTaken } from './mail-receiver.port.ts'

export interface Party {
  name: string
  /** In lower case. */
  address: string
}

/** A message as it came. */
export interface Arrived {
  content: Uint8Array
  /** Where it would go back to; empty where nobody is to answer it. */
  sender: string
}

export interface Message {
  /** SHA-256 of what tells it from others: the same when it is sent again. */
  digest: Buffer
  subject: string
  from: Party
  /** Whom it was written to, also as a copy. */
  to: Party[]
  sentAt: Date
  text: string
  /** What the person who forwarded it wrote above. */
  remark: string
  attachments: Attachment[]
  /** Its Message-ID, with the angle brackets; undefined where it has none. */
  header: string | undefined
  /** Message-IDs of those before it in the thread. */
  before: string[]
  /** Where it only says that another did not arrive. */
  report: DeliveryReport | undefined
  /** Whether a program has written it: an absence note, a report, a mailing. */
  isAutomatic: boolean
}

export interface Attachment {
  /** As its sender calls it; empty where they do not. */
  name: string
  /** Shown within the text: a picture in it, the logo of a signature. */
  isInline: boolean
  content: Uint8Array
}

/** Longer ones are cut: what is behind that is quoted threads. */
const longestText = 20_000
const mostParties = 100
const mostAttachments = 100

/**
 * @param people addresses of the workspace's own people, in lower case: mail among them only was forwarded.
 * @param own whether an address is one that mail is forwarded to.
 * @throws MailNotTaken where it is no message.
 */
export async function readMessage(
  { content, sender }: Arrived,
  { people, own, now }: { people: ReadonlySet<string>; own: (address: string) => boolean; now: Date },
): Promise<Message> {
  const email = await parsed(content)
  const [from] = partiesOf(email.from ? [email.from] : [])
  if (!from) throw new MailNotTaken('The message does not say who has sent it.')
  if (email.attachments.length > mostAttachments)
    throw new MailNotTaken(`The message has more than ${mostAttachments} attachments.`)
  const to = partiesOf([...(email.to ?? []), ...(email.cc ?? [])]).filter(({ address }) => !own(address))
  const message: Message = {
    digest: createHash('sha256')
      .update(email.messageId ?? content)
      .digest(),
    subject: oneLine(email.subject ?? ''),
    from,
    to,
    sentAt: dateOf(email.date, now),
    text: textOf(email),
    remark: '',
    attachments: email.attachments.map(attachmentOf),
    header: headerIn(email.messageId),
    before: headersIn(`${email.references ?? ''} ${email.inReplyTo ?? ''}`),
    report: deliveryReportIn(email),
    isAutomatic: sender === '' || isByProgram(email),
  }
  const isForwarded = people.has(from.address) && to.length === 0
  return isForwarded ? original(message, now) : message
}

async function parsed(content: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(content)
  } catch (error) {
    throw new MailNotTaken('The message could not be read.', { cause: error })
  }
}

/** By what programs say of themselves (RFC 3834, RFC 3464), and did before there was a rule. */
function isByProgram({ headers, attachments }: Email): boolean {
  const said = (name: string): string[] => headers.filter(({ key }) => key === name).map(({ value }) => value.trim())
  return (
    said('auto-submitted').some((value) => !/^no\b/i.test(value)) ||
    said('precedence').some((value) => /^(?:bulk|auto_reply)$/i.test(value)) ||
    said('return-path').includes('<>') ||
    attachments.some(({ mimeType }) => mimeType === 'message/delivery-status')
  )
}

const mostHeaders = 50

/** Message-IDs in a text, each once. */
const headersIn = (text: string): string[] => [...new Set(text.match(/<[^<>\s]{1,250}>/g) ?? [])].slice(-mostHeaders)

const headerIn = (text = ''): string | undefined => headersIn(text)[0]

function attachmentOf({
  filename,
  disposition,
  related,
  contentId,
  content,
}: Email['attachments'][number]): Attachment {
  return {
    name: filename ?? '',
    isInline: related === true || (disposition === 'inline' && contentId !== undefined),
    content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
  }
}

/** The message inside, where one is found. */
function original(message: Message, now: Date): Message {
  const found = new EmailForwardParser().read(message.text, message.subject)
  const from = found.email?.from
  if (!found.forwarded || !from?.address) return message
  const inner = [found.email.to ?? [], found.email.cc ?? []].flat()
  return {
    ...message,
    subject: oneLine(found.email.subject ?? message.subject),
    from: party(from.name ?? '', from.address),
    to: inner.flatMap(({ name, address }) => (address ? [party(name ?? '', address)] : [])).slice(0, mostParties),
    sentAt: dateOf(found.email.date, new Date(Math.min(message.sentAt.getTime(), now.getTime()))),
    text: found.email.body ?? '',
    remark: found.message?.trim() ?? '',
  }
}

function partiesOf(addresses: Address[]): Party[] {
  const plain = addresses.flatMap((one) => (one.group ? one.group : [one]))
  return plain.flatMap(({ name, address }) => (address ? [party(name, address)] : [])).slice(0, mostParties)
}

/** What would let a name pass for an address, or show the address behind it another way round. */
const misleading = /[<>\p{Bidi_Control}]/gu

const party = (name: string, address: string): Party => ({
  name: oneLine(name.replaceAll(misleading, '')),
  address: address.trim().toLowerCase().slice(0, 320),
})

/** A message may claim to be of any time; one that says none, or a time to come, is of now. */
function dateOf(text: string | null | undefined, now: Date): Date {
  // Some programs write `Mon, Nov 16, 2026 at 9:00 AM` above what they forward.
  const date = new Date(text?.replace(' at ', ' ') ?? Number.NaN)
  return Number.isNaN(date.getTime()) || date > now ? now : date
}

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500)

/** Messages without plain text are read as people would read them aloud: without tags. */
function textOf({ text, html }: Email): string {
  const plain = text?.trim() ? text : withoutTags(html ?? '')
  return plain.toWellFormed().replaceAll('\0', '').replaceAll('\r\n', '\n').trim().slice(0, longestText)
}

const endOfLine = /<br>|<hr>|<\/(?:p|h[1-6]|li|tr|pre|blockquote)>/

const withoutTags = (html: string): string => sanitizeHtml(html).split(endOfLine).map(textOfHtml).join('\n')
