/**
 * What keeps programs from filling in forms, without a service of somebody else: each form is handed out with a signed
 * token that is good once and not at once, and whoever sends it has to have worked for a moment (proof of work as in
 * Hashcash, http://www.hashcash.org/papers/hashcash.pdf). Who sends thousands works thousands of moments.
 */
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { networkOf } from '@oneforge/kernel/tenancy'

/** Nobody reads a form and fills it in within that. */
export const leastSeconds = 2
/** A form that was left open for longer has to be opened again; what was typed stays in the page. */
const longestSeconds = 24 * 3_600

export const usualBits = 15
const mostBits = 20

/** What was handed out. */
export interface Handed {
  formId: string
  nonce: string
  /** Milliseconds since 1970. */
  at: number
  bits: number
}

const shape = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d{13})\.(\d{1,2})\.([\w-]{43})$/

/** @param recent how often the form was sent in the last ten minutes: the more, the harder. */
export const bitsFor = (recent: number): number =>
  Math.min(mostBits, usualBits + Math.floor(Math.log2(1 + recent / 10)))

export class Challenges {
  private readonly key: string

  /** @param key the same on every server. */
  constructor(key: string) {
    this.key = key
  }

  handOut(formId: string, now: Date, recent: number): { token: string; bits: number } {
    const bits = bitsFor(recent)
    const text = `${formId}.${randomUUID()}.${now.getTime()}.${bits}`
    return { token: `${text}.${this.signatureOf(text)}`, bits }
  }

  /** Undefined for what was not handed out here, for this form, within a day. */
  read(token: string, formId: string, now: Date): Handed | undefined {
    const [, form, nonce, at, bits, signature] = shape.exec(token) ?? []
    if (form !== formId || !nonce || !signature) return undefined
    const right = this.signatureOf(`${form}.${nonce}.${at}.${bits}`)
    if (!timingSafeEqual(Buffer.from(right), Buffer.from(signature))) return undefined
    const handed = { formId: form, nonce, at: Number(at), bits: Number(bits) }
    return secondsSince(handed, now) <= longestSeconds ? handed : undefined
  }

  /** Tells the files of one visitor, or household, from those of others, and leads back to nobody. */
  visitorOf(address: string | null): string {
    return createHmac('sha256', this.key)
      .update(`visitor ${networkOf(address)}`)
      .digest('base64url')
  }

  private signatureOf(text: string): string {
    return createHmac('sha256', this.key).update(`form ${text}`).digest('base64url')
  }
}

export const secondsSince = ({ at }: Handed, now: Date): number => (now.getTime() - at) / 1_000

/** Whether the number was looked for: SHA-256 of `token:number` begins with that many zero bits. */
export function isProof(token: string, proof: number, bits: number): boolean {
  const digest = createHash('sha256').update(`${token}:${proof}`).digest()
  return digest.readUInt32BE(0) >>> (32 - bits) === 0
}
