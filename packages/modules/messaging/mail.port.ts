/** Mail, seen from who writes it and from what carries it. An SMTP server is one carrier; there may be none. */
import type { Transaction } from '@oneforge/kernel/database'

/** What a message is for, as the outbox tells it. */
export const mailKinds = [
  'invitation',
  'verification',
  'password-reset',
  'trial-ending',
  'domain-lost',
  'meeting',
  'notifications',
  // What people write to people, what workflows send, and what is sent by the clock.
  'email',
  'workflow',
  'report',
] as const
export type MailKind = (typeof mailKinds)[number]

export interface NewMail {
  kind: MailKind
  to: string
  subject: string
  /** Plain text. */
  text: string
  /** The same as HTML, for mail programs that show it. */
  html?: string
  /** At most 20, of 15 MB together. */
  attachments?: MailAttachment[]
  /**
   * What the receiver sees before the sender's address, in place of its usual name. The installation's server says behind it
   * by whom it is sent, unless it stands for the name.
   */
  senderName?: string
  /** Where answers go; to the sender of all messages unless said. */
  replyTo?: string
  /** What it says to the receiver's calendar, as RFC 5546 has it. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string }
  /** Where the receiver's mail program can end such messages by itself, with a POST (RFC 8058). */
  unsubscribeUrl?: string
  /** Whether its receiver may end such messages: then it says how, and does not go to who has. */
  marketing?: boolean
  /** Where it stands in its thread. */
  thread?: MailThread
  /** Where the receiving side reports that it could not deliver; to the sender unless said. */
  bounceTo?: string
}

export interface MailAttachment {
  name: string
  /** Such as `application/pdf`. */
  type: string
  content: Buffer
  /** By which the HTML shows it as a picture: `<img src="cid:…">`. Left out for what is only attached. */
  cid?: string
}

/** Message-IDs, each with its angle brackets. */
export interface MailThread {
  /** Of this message. */
  messageId: string
  /** Of the message that it answers, and of all before. */
  inReplyTo?: string
  references?: string[]
}

export interface Mailer {
  /** Whether mail goes out at all; without a mail server it is only kept. */
  readonly delivers: boolean
  /** The same of the transaction's tenant, which may have a server of its own. */
  deliversFor(tx: Transaction): Promise<boolean>
  /**
   * Takes on a message in the transaction that makes it necessary: it goes out exactly if that commits. It belongs to
   * the transaction's tenant, whose administrators see it in the outbox; bound to `noTenant` it is the installation's.
   *
   * @returns the id under which the outbox knows it.
   * @throws AppError 400 where its attachments are too many or too large.
   */
  enqueue(tx: Transaction, mail: NewMail): Promise<string>
}

/** A message on its way out. */
export interface Mail extends NewMail {
  /** The same at every attempt, so that a receiver can tell a repetition from another message. */
  id: string
  /** Whether the workspace has shown that its domain is its own: then the name of the sender may stand alone. */
  isOfVerified?: boolean
}

export interface MailTransport {
  /**
   * Hands the message over.
   *
   * @throws MailRefused when it will never be taken, MailServerDown when nothing is taken for now; whatever else it
   * throws is about this message for now. Both are tried again.
   */
  send(mail: Mail): Promise<void>
  close(): void
}

/** The receiving side refused this message for good: the address does not exist, for example. */
export class MailRefused extends Error {}

/** The server cannot be reached or does not let us in: that is so for whatever else waits for it. */
export class MailServerDown extends Error {}
