/**
 * Text messages by any gateway that speaks HTTP: a POST of `{"to": "+34600111222", "text": "…"}`, which answers with 2xx, and
 * if it likes with `{"id": "…"}`. Gateways that speak otherwise are reached by a few lines of a proxy.
 */
import { type SmsGateway, SmsRefused } from '@oneforge/modules/messaging'

const longestMs = 15_000
/** Of a refusal, in characters. */
const longestReason = 300

export class HttpSmsGateway implements SmsGateway {
  private readonly url: string
  private readonly token: string | undefined

  /** @param options.token is shown as `Authorization: Bearer …`. */
  constructor(options: { url: string; token?: string | undefined }) {
    this.url = options.url
    this.token = options.token
  }

  async send(message: { to: string; text: string; key: string; signal: AbortSignal }): Promise<{ id: string | null }> {
    const { to, text, key, signal } = message
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body: JSON.stringify({ to, text }),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
    })
    const answer = await response.text()
    if (response.ok) return { id: idIn(answer) }
    const said = `The gateway for text messages answered ${response.status}: ${answer.slice(0, longestReason)}`
    const isFinal =
      response.status >= 400 && response.status < 500 && ![401, 403, 408, 425, 429].includes(response.status)
    throw isFinal ? new SmsRefused(said) : new Error(said)
  }
}

function idIn(answer: string): string | null {
  try {
    const { id } = JSON.parse(answer) as { id?: unknown }
    return typeof id === 'string' || typeof id === 'number' ? String(id) : null
  } catch {
    return null
  }
}
