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
] as const
export type MailKind = (typeof mailKinds)[number]

export interface NewMail {
  kind: MailKind
  to: string
  subject: string
  /** Plain text. */
  text: string
  /** Where answers go; to the sender of all messages unless said. */
  replyTo?: string
  /** What it says to the receiver's calendar, as RFC 5546 has it. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string }
  /** Where the receiver's mail program can end such messages by itself, with a POST (RFC 8058). */
  unsubscribeUrl?: string
}

export interface Mailer {
  /** Whether mail goes out at all; without a mail server it is only kept. */
  readonly delivers: boolean
  /**
   * Takes on a message in the transaction that makes it necessary: it goes out exactly if that commits. It belongs to
   * the transaction's tenant, whose administrators see it in the outbox; bound to `noTenant` it is the installation's.
   */
  enqueue(tx: Transaction, mail: NewMail): Promise<void>
}

/** A message on its way out. */
export interface Mail extends NewMail {
  /** The same at every attempt, so that a receiver can tell a repetition from another message. */
  id: string
}

export interface MailTransport {
  /**
   * Hands the message over.
   *
   * @throws MailRefused when it will never be taken; whatever else it throws is tried again.
   */
  send(mail: Mail): Promise<void>
  close(): void
}

/** The receiving side refused this message for good: the address does not exist, for example. */
export class MailRefused extends Error {}
