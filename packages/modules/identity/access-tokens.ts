/**
 * Access tokens: JWTs of 15 minutes, signed with Ed25519. No other algorithm is accepted, whatever a token's header
 * says. A token that was verified is remembered until it expires, so that showing it again costs no cryptography.
 */
import { isId } from '@oneforge/kernel/database'
import { unauthenticated } from '@oneforge/kernel/errors'
import { type CryptoKey, errors, type JWTHeaderParameters, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { InvalidCredentials } from './invalid-credentials.ts'
import { type SigningKeys, signatureAlgorithm } from './signing-keys.ts'

export const accessTokenSeconds = 15 * 60
const audience = 'oneforge'
/** RFC 9068: a token of another kind that we sign one day cannot pass for an access token. */
const tokenType = 'at+jwt'
/** Ours have about 500 characters. */
const longestToken = 2_000
const rememberedTokens = 20_000

/** Who holds a token, for which tenant, and the session it belongs to. */
export interface AccessClaims {
  userId: string
  tenantId: string
  sessionId: string
}

interface VerifiedToken {
  claims: AccessClaims
  /** The key that signed it: once that is retired, the token is good no more. */
  kid: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

export class AccessTokens {
  private readonly keys: SigningKeys
  private readonly issuer: string
  private readonly now: () => Date
  private readonly verified = new LRUCache<string, VerifiedToken>({ max: rememberedTokens })

  constructor(options: { keys: SigningKeys; issuer: string; now: () => Date }) {
    this.keys = options.keys
    this.issuer = options.issuer
    this.now = options.now
  }

  async issue(claims: AccessClaims): Promise<string> {
    const key = await this.keys.current()
    const issuedAt = Math.floor(this.now().getTime() / 1000)
    return new SignJWT({ tid: claims.tenantId, sid: claims.sessionId })
      .setProtectedHeader({ alg: signatureAlgorithm, kid: key.kid, typ: tokenType })
      .setIssuer(this.issuer)
      .setAudience(audience)
      .setSubject(claims.userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + accessTokenSeconds)
      .sign(key.privateKey)
  }

  /** What the token says; throws `UNAUTHENTICATED` when it is forged, of somewhere else or expired. */
  async verify(token: string): Promise<AccessClaims> {
    const known = this.verified.get(token)
    if (known) {
      if (this.now().getTime() >= known.expiresAt) throw expired()
      if (!(await this.keys.publicKey(known.kid))) throw invalid()
      return known.claims
    }
    const fresh = await this.check(token)
    this.verified.set(token, fresh)
    return fresh.claims
  }

  private async check(token: string): Promise<VerifiedToken> {
    if (token.length > longestToken) throw invalid()
    try {
      const { payload, protectedHeader } = await jwtVerify(token, (header) => this.keyOf(header), {
        algorithms: [signatureAlgorithm],
        issuer: this.issuer,
        audience,
        typ: tokenType,
        requiredClaims: ['exp', 'sub', 'tid', 'sid'],
        currentDate: this.now(),
      })
      return { claims: claimsOf(payload), kid: protectedHeader.kid!, expiresAt: payload.exp! * 1000 }
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw expired()
      if (error instanceof errors.JOSEError) throw invalid()
      throw error
    }
  }

  private async keyOf(header: JWTHeaderParameters): Promise<CryptoKey> {
    const key = header.kid ? await this.keys.publicKey(header.kid) : undefined
    if (!key) throw invalid()
    return key
  }
}

function claimsOf(payload: JWTPayload): AccessClaims {
  const { sub: userId, tid: tenantId, sid: sessionId } = payload
  if (!isId(userId) || !isId(tenantId) || !isId(sessionId)) throw invalid()
  return { userId, tenantId, sessionId }
}

const expired = () => unauthenticated('The access token has expired. Get a new one with the refresh token.')
const invalid = () => new InvalidCredentials('The access token is not valid. Sign in again.')
