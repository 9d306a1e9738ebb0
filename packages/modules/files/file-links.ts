/**
 * Links to content: signed, for one version of a file or for an archive, and over after a few minutes. Whoever has one may
 * follow it, as long as the person who asked for it may read what it leads to.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link to a version stands for. */
export interface VersionClaims {
  tenantId: string
  userId: string
  fileId: string
  versionId: string
  /** Shown in the browser, not saved. */
  inline: boolean
}

/** What a link to an archive stands for. */
export interface ArchiveClaims {
  tenantId: string
  userId: string
  objectId: string
  recordId: string
  /** As {@link packIds} writes them; all files of the record without it. */
  files?: string
}

const lifetimeMs = 5 * 60_000

export class FileLinks<Claims extends object> {
  private readonly key: string
  private readonly purpose: string

  /**
   * @param key the same on every server, and known to nobody else.
   * @param purpose what the links lead to: one that leads elsewhere is none of ours.
   */
  constructor(key: string, purpose: string) {
    this.key = key
    this.purpose = purpose
  }

  issue(claims: Claims, now: Date): { token: string; expiresAt: string } {
    const expiresAt = now.getTime() + lifetimeMs
    const body = Buffer.from(JSON.stringify({ ...claims, expiresAt })).toString('base64url')
    return { token: `${body}.${this.signatureOf(body)}`, expiresAt: new Date(expiresAt).toISOString() }
  }

  /** Undefined for one that we did not sign, and for one that is over. */
  read(token: string, now: Date): Claims | undefined {
    const [body = '', signature = ''] = token.split('.')
    const given = Buffer.from(signature, 'base64url')
    const right = Buffer.from(this.signatureOf(body), 'base64url')
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims & {
      /** Milliseconds since 1970. */
      expiresAt: number
    }
    return claims.expiresAt > now.getTime() ? claims : undefined
  }

  private signatureOf(body: string): string {
    return createHmac('sha256', this.key).update(`${this.purpose}.${body}`).digest('base64url')
  }
}

/** Ids as short as they can be in an address. */
export const packIds = (ids: string[]): string =>
  Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex').toString('base64url')

export const unpackIds = (packed: string): string[] =>
  (Buffer.from(packed, 'base64url').toString('hex').match(/.{32}/g) ?? []).map((hex) =>
    hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )
