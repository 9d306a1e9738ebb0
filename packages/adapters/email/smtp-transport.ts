/** Mail over SMTP. */
import { type Mail, type MailAttachment, MailRefused, type MailTransport } from '@oneforge/modules/messaging'
import { createTransport } from 'nodemailer'

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://…` for TLS from the first byte. */
  url: string
  /** The sender, such as `OneForge <crm@example.com>`; its domain also goes into Message-IDs. */
  from: string
}

/** RFC 5321, 4.5.3.2 allows minutes; a worker had better try again later. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/** What the server said of this one message or its receiver, not of our connection or password. */
const aboutTheMessage = ['EENVELOPE', 'EMESSAGE']

export class SmtpTransport implements MailTransport {
  private readonly transporter: ReturnType<typeof connect>
  private readonly from: string
  private readonly address: string
  private readonly domain: string

  constructor({ url, from }: SmtpOptions) {
    this.transporter = connect(url)
    this.from = from
    this.address = /([^\s<>]+@[^@\s>]+)>?$/.exec(from)?.[1] ?? from
    this.domain = this.address.split('@').at(-1) ?? 'localhost'
  }

  async send(mail: Mail): Promise<void> {
    try {
      await this.transporter.sendMail({
        messageId: mail.thread?.messageId ?? `<${mail.id}@${this.domain}>`,
        ...(mail.thread?.inReplyTo && { inReplyTo: mail.thread.inReplyTo }),
        ...(mail.thread?.references && { references: mail.thread.references }),
        from: mail.senderName ? { name: mail.senderName, address: this.address } : this.from,
        envelope: { from: mail.bounceTo ?? this.address, to: mail.to },
        // As an object: in a text, a comma would begin another receiver.
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        ...(mail.html !== undefined && { html: mail.html }),
        attachments: mail.attachments?.map(attached),
        ...(mail.replyTo && { replyTo: mail.replyTo }),
        ...(mail.calendar && { icalEvent: { method: mail.calendar.method, content: mail.calendar.content } }),
        headers: { ...byItself(mail), ...unsubscribing(mail) },
      })
    } catch (error) {
      const { code, responseCode = 0, message } = error as { code?: string; responseCode?: number; message: string }
      if (aboutTheMessage.includes(code ?? '') && responseCode >= 500) throw new MailRefused(message, { cause: error })
      throw error
    }
  }

  close(): void {
    this.transporter.close()
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

const connect = (url: string) => createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
