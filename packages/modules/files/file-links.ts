/**
 * Links to the content of a file: signed, for one version, and over after a few minutes. Whoever has one may follow it, as
 * long as the person who asked for it may read the file.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link stands for. */
export interface LinkClaims {
  tenantId: string
  userId: string
  fileId: string
  versionId: string
  /** Shown in the browser, not saved. */
  inline: boolean
  /** Milliseconds since 1970. */
  expiresAt: number
}

const lifetimeMs = 5 * 60_000

export class FileLinks {
  private readonly key: string

  /** @param key the same on every server, and known to nobody else. */
  constructor(key: string) {
    this.key = key
  }

  issue(claims: Omit<LinkClaims, 'expiresAt'>, now: Date): { token: string; expiresAt: string } {
    const expiresAt = now.getTime() + lifetimeMs
    const body = Buffer.from(JSON.stringify({ ...claims, expiresAt } satisfies LinkClaims)).toString('base64url')
    return { token: `${body}.${this.signatureOf(body)}`, expiresAt: new Date(expiresAt).toISOString() }
  }

  /** Undefined for one that we did not sign, and for one that is over. */
  read(token: string, now: Date): LinkClaims | undefined {
    const [body = '', signature = ''] = token.split('.')
    const given = Buffer.from(signature, 'base64url')
    const right = Buffer.from(this.signatureOf(body), 'base64url')
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as LinkClaims
    return claims.expiresAt > now.getTime() ? claims : undefined
  }

  private signatureOf(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url')
  }
}
