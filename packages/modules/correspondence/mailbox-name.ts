/** What stands before the @ of addresses that only who was told them may write to. */
import { randomInt } from 'node:crypto'

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** 32 letters twenty times over: 100 bits, which nobody guesses. */
export const newMailboxName = (): string =>
  Array.from({ length: 20 }, () => letters[randomInt(letters.length)]).join('')

/** The name in an address of the domain; undefined in those of other domains. */
export function mailboxNameIn(address: string, domain: string): string | undefined {
  const [name, ...rest] = address.toLowerCase().split('@')
  return rest.join('@') === domain ? name : undefined
}
