import type { MailHandler } from './mail-receiver.port.ts'

/** One handler for all: a message goes to the first that knows the address. */
export function firstThatKnows(handlers: MailHandler[]): MailHandler {
  return {
    async mailboxOf(address) {
      for (const handler of handlers) {
        const mailbox = await handler.mailboxOf(address)
        if (mailbox) return mailbox
      }
      return undefined
    },
  }
}
