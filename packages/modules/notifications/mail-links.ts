/** Links that end the mails without signing in: signed, and of one use. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Whose } from './notifications.store.ts'

const shape = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/

export interface MailLink extends Whose {
  /** Grows with each use: a link is good for its own round alone. */
  round: number
}

export class MailLinks {
  private readonly key: string

  /** @param key the same on every server. */
  constructor(key: string) {
    this.key = key
  }

  tokenFor({ tenantId, userId, round }: MailLink): string {
    const text = `${tenantId}.${userId}.${round}`
    return `${text}.${this.signatureOf(text)}`
  }

  /** What the token is for; undefined where it was not made here. */
  read(token: string): MailLink | undefined {
    const [, tenantId, userId, round, signature] = shape.exec(token) ?? []
    if (!tenantId || !userId || !round || !signature) return undefined
    const right = this.signatureOf(`${tenantId}.${userId}.${round}`)
    return timingSafeEqual(Buffer.from(right), Buffer.from(signature))
      ? { tenantId, userId, round: Number(round) }
      : undefined
  }

  private signatureOf(text: string): string {
    return createHmac('sha256', this.key).update(`notification mails ${text}`).digest('base64url')
  }
}
