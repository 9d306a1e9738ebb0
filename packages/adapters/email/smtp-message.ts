/** A message as it goes over SMTP, whichever server takes it. */
import { type Mail, type MailAttachment, MailRefused, MailServerDown } from '@oneforge/modules/messaging'
import type { Transporter } from 'nodemailer'

/** RFC 5321, 4.5.3.2 allows minutes; a worker had better try again later. */
export const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/** Nothing that a message says makes the server read a file or fetch an address. */
export const closed = { disableFileAccess: true, disableUrlAccess: true }

export interface Sender {
  name: string
  address: string
}

/** `OneForge <crm@example.com>`, or the address alone. */
export function senderOf(text: string): Sender {
  const address = /([^\s<>]+@[^@\s>]+)>?$/.exec(text)?.[1] ?? text
  return {
    name: text.includes('<')
      ? text
          .slice(0, text.indexOf('<'))
          .trim()
          .replace(/^"(.*)"$/, '$1')
      : '',
    address,
  }
}

/** @throws MailRefused, MailServerDown; whatever else it throws is the server's for-now about this one message. */
export async function sendBy(transporter: Transporter, sender: Sender, mail: Mail): Promise<void> {
  try {
    await transporter.sendMail(messageOf(mail, sender))
  } catch (error) {
    throw verdictOn(error as SmtpError)
  }
}

interface SmtpError extends Error {
  code?: string
  responseCode?: number
}

/** What the server said of this one message or its receiver, not of our connection or password. */
const aboutTheMessage = ['EENVELOPE', 'EMESSAGE']

function verdictOn(error: SmtpError): Error {
  const { code = '', responseCode = 0, message } = error
  if (!aboutTheMessage.includes(code)) return new MailServerDown(message, { cause: error })
  return responseCode >= 500 ? new MailRefused(message, { cause: error }) : error
}

function messageOf(mail: Mail, sender: Sender) {
  const { thread, calendar } = mail
  const domain = sender.address.split('@').at(-1) || 'localhost'
  return {
    messageId: thread?.messageId ?? `<${mail.id}@${domain}>`,
    ...(thread?.inReplyTo && { inReplyTo: thread.inReplyTo }),
    ...(thread?.references && { references: thread.references }),
    from: { name: mail.senderName ?? sender.name, address: sender.address },
    envelope: { from: mail.bounceTo ?? sender.address, to: mail.to },
    // As an object: in a text, a comma would begin another receiver.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    attachments: mail.attachments?.map(attached),
    ...(mail.replyTo && { replyTo: mail.replyTo }),
    ...(calendar && { icalEvent: { method: calendar.method, content: calendar.content } }),
    headers: { ...byItself(mail), ...unsubscribing(mail) },
  }
}

const attached = ({ name, type, content, cid }: MailAttachment) => ({
  filename: name,
  contentType: type,
  content,
  ...(cid !== undefined && { cid, contentDisposition: 'inline' as const }),
})

/** RFC 3834: no out-of-office notes in return, but to what a person has written. */
const byItself = ({ kind }: Mail): Record<string, string> =>
  kind === 'email' ? {} : { 'Auto-Submitted': 'auto-generated' }

/** RFC 8058: the mail program shows a button, and posts to the address itself. */
const unsubscribing = ({ unsubscribeUrl }: Mail): Record<string, string> =>
  unsubscribeUrl
    ? { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {}
