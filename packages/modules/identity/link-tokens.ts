/**
 * Tokens in links that are sent by e-mail: `<prefix>_<ids>.<secret>`, kept as a hash. The ids are there because the row
 * that holds the hash shows only to a transaction that is bound to them.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const secretBytes = 32
const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

export interface LinkToken {
  text: string
  /** What is stored. A plain SHA-256 will do: the secret has 256 random bits. */
  hash: string
  ids: string[]
}

export const linkPrefixes = { verification: 'ofv', 'password-reset': 'ofp', invitation: 'ofi' } as const
export type LinkPurpose = keyof typeof linkPrefixes

export function newLinkToken(purpose: LinkPurpose, ids: string[]): LinkToken {
  const text = `${linkPrefixes[purpose]}_${[...ids, randomBytes(secretBytes).toString('base64url')].join('.')}`
  return { text, hash: hashOf(text), ids }
}

/** Undefined when the text cannot be a token for this purpose, with so many ids. */
export function parseLinkToken(purpose: LinkPurpose, text: string, idCount: number): LinkToken | undefined {
  const shape = new RegExp(`^${linkPrefixes[purpose]}_((?:${id}\\.){${idCount}})[A-Za-z0-9_-]{43}$`)
  const [, ids] = shape.exec(text) ?? []
  return ids ? { text, hash: hashOf(text), ids: ids.split('.').slice(0, idCount) } : undefined
}

export const isSameHash = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
