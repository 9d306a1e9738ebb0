/** Mail on its way in, seen from what listens for it. */

/**
 * Takes a message on (RFC 5322, as it came): when it answers, the message is kept.
 *
 * @param sender where it would go back to; empty where nobody is to answer it.
 * @throws MailNotTaken when it will never be taken; whatever else it throws, the sender tries again.
 */
export type Mailbox = (content: Uint8Array, sender: string) => Promise<void>

export interface MailHandler {
  /** What takes messages to the address; undefined where nobody has it. */
  mailboxOf(address: string): Promise<Mailbox | undefined>
}

/** A message that will not be taken whenever it comes; its words go back to the sender. */
export class MailNotTaken extends Error {}
