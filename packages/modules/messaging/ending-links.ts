/** Links by which a receiver ends what is marketing, without signing in: signed, so that nobody ends another's. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const shape = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{1,500})\.([A-Za-z0-9_-]{43})$/

export interface EndingLink {
  tenantId: string
  address: string
}

export class EndingLinks {
  private readonly key: string
  private readonly baseUrl: string

  /** @param options.key the same on every server. */
  constructor(options: { key: string; baseUrl: string }) {
    this.key = options.key
    this.baseUrl = options.baseUrl
  }

  /** Where mail programs post to. */
  addressFor(link: EndingLink): string {
    return `${this.baseUrl}/api/v1/mail-suppressions/end?token=${this.tokenFor(link)}`
  }

  /** Where people end it: programs look at links before they do, so the page asks. */
  pageFor(link: EndingLink): string {
    return `${this.baseUrl}/unsubscribe?of=marketing#${this.tokenFor(link)}`
  }

  private tokenFor({ tenantId, address }: EndingLink): string {
    const text = `${tenantId}.${Buffer.from(address.toLowerCase()).toString('base64url')}`
    return `${text}.${this.signatureOf(text)}`
  }

  /** Undefined where it was not made here. */
  read(token: string): EndingLink | undefined {
    const [, tenantId, address, signature] = shape.exec(token) ?? []
    if (!tenantId || !address || !signature) return undefined
    const right = this.signatureOf(`${tenantId}.${address}`)
    if (!timingSafeEqual(Buffer.from(right), Buffer.from(signature))) return undefined
    return { tenantId, address: Buffer.from(address, 'base64url').toString() }
  }

  private signatureOf(text: string): string {
    return createHmac('sha256', this.key).update(`ending marketing ${text}`).digest('base64url')
  }
}
