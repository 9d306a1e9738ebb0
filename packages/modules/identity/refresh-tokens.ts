/**
 * Refresh tokens: `ofr_<user id>.<session id>.<secret>`, kept as a hash. The user's id is there because the row that
 * holds the hash shows to that user only. The successor of a token follows from it and the master key, so a client
 * that repeats a refresh gets the same one although no token is stored.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { deriveKey } from './secrets.ts'

export const refreshTokenSeconds = 7 * 24 * 3600
const secretBytes = 32

export interface RefreshToken {
  text: string
  /** What is stored. A plain SHA-256 will do: the secret has 256 random bits. */
  hash: string
  userId: string
  sessionId: string
}

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const shape = new RegExp(`^ofr_(${id})\\.(${id})\\.[A-Za-z0-9_-]{43}$`)

export class RefreshTokens {
  private readonly key: Buffer

  constructor(masterKey: Buffer) {
    this.key = deriveKey(masterKey, 'refresh tokens')
  }

  /** The first token of a session. */
  first(userId: string, sessionId: string): RefreshToken {
    return make(userId, sessionId, randomBytes(secretBytes))
  }

  /** The token that follows this one: always the same. */
  successor(token: RefreshToken): RefreshToken {
    return make(token.userId, token.sessionId, createHmac('sha256', this.key).update(token.text).digest())
  }

  /** Undefined when the text cannot be a refresh token. */
  parse(text: string): RefreshToken | undefined {
    const [, userId, sessionId] = shape.exec(text) ?? []
    return userId && sessionId ? describe(text, userId, sessionId) : undefined
  }
}

const make = (userId: string, sessionId: string, secret: Buffer): RefreshToken =>
  describe(`ofr_${userId}.${sessionId}.${secret.toString('base64url')}`, userId, sessionId)

const describe = (text: string, userId: string, sessionId: string): RefreshToken => ({
  text,
  hash: createHash('sha256').update(text).digest('base64url'),
  userId,
  sessionId,
})
