import { type MailHandler, MailNotTaken } from './mail-receiver.port.ts'

/** One handler for all: a message goes to the first that knows the address. */
export function firstThatKnows(handlers: MailHandler[]): MailHandler {
  const handlerOf = async (address: string): Promise<MailHandler | undefined> => {
    for (const handler of handlers) if (await handler.knows(address)) return handler
    return undefined
  }
  return {
    knows: async (address) => (await handlerOf(address)) !== undefined,
    async take(receiver, content) {
      const handler = await handlerOf(receiver)
      if (!handler) throw new MailNotTaken(`There is no mailbox ${receiver}.`)
      await handler.take(receiver, content)
    },
  }
}
