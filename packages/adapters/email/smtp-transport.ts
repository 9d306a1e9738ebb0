/** Mail over the installation's SMTP server. */
import type { Mail, MailTransport } from '@oneforge/modules/messaging'
import { createTransport } from 'nodemailer'
import { closed, type Sender, sendBy, senderOf, timeouts } from './smtp-message.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://…` for TLS from the first byte. */
  url: string
  /** The sender, such as `OneForge <crm@example.com>`; its domain also goes into Message-IDs. */
  from: string
}

export class SmtpTransport implements MailTransport {
  private readonly transporter: ReturnType<typeof connect>
  private readonly sender: Sender

  constructor({ url, from }: SmtpOptions) {
    this.transporter = connect(url)
    this.sender = senderOf(from)
  }

  send(mail: Mail): Promise<void> {
    return sendBy(this.transporter, this.sender, { ...mail, ...this.shownName(mail) })
  }

  /** Whoever registers a workspace may call it, and themselves, what they like: they do not write in the server's name. */
  private shownName({ senderName, isOfVerified }: Mail): Pick<Mail, 'senderName'> {
    if (senderName === undefined || isOfVerified) return {}
    const { name, address } = this.sender
    return { senderName: `${senderName} via ${name || address.split('@').at(-1)}` }
  }

  close(): void {
    this.transporter.close()
  }
}

const connect = (url: string) => createTransport({ url, ...timeouts, ...closed })
