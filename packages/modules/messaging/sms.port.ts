/** Text messages, seen from who writes them. A gateway is the installation's; there may be none. */

export interface SmsGateway {
  /**
   * Hands a message over.
   *
   * @param message.to a telephone number as E.164 has it: `+34600111222`.
   * @param message.key the same at every attempt, so that the gateway can tell a repetition from another message.
   * @returns what the gateway calls it, if it says.
   * @throws SmsRefused when it will never be taken; whatever else it throws is tried again.
   */
  send(message: { to: string; text: string; key: string; signal: AbortSignal }): Promise<{ id: string | null }>
}

/** The gateway refused this message for good: the number does not exist, for example. */
export class SmsRefused extends Error {}
