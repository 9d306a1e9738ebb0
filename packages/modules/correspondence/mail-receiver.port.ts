/** Mail on its way in, seen from what listens for it. */

export interface MailHandler {
  /** Whether anybody has this address: asked before the content comes. */
  knows(address: string): Promise<boolean>
  /**
   * Takes the message on for the receiver: when it answers, the message is kept.
   *
   * @param content the message as it came, RFC 5322.
   * @throws MailNotTaken when it will never be taken; whatever else it throws, the sender tries again.
   */
  take(receiver: string, content: Uint8Array): Promise<void>
}

/** A message that will not be taken whenever it comes; its words go back to the sender. */
export class MailNotTaken extends Error {}
