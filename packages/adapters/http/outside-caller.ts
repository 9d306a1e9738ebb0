/**
 * Calls addresses that tenants name. A name is looked up once, and the connection goes to the address that was looked at: what
 * leads into the installation's own network is refused, also where the name leads there a moment later.
 */
import { lookup as lookUp } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isOutside } from '@oneforge/kernel/tenancy'
import { CallRefused, type OutsideCalls, type OutsideRequest } from '@oneforge/modules/workflows'

const longestMs = 15_000
const longestAnswerBytes = 256 * 1024

export class OutsideCaller implements OutsideCalls {
  private readonly insideAllowed: boolean
  private readonly lookup: LookupFunction

  /**
   * @param options.insideAllowed whether addresses of the installation's own network may be called.
   * @param options.lookup who finds the address of a name; the machine unless said.
   */
  constructor(options: { insideAllowed: boolean; lookup?: LookupFunction }) {
    this.insideAllowed = options.insideAllowed
    this.lookup = options.lookup ?? (lookUp as LookupFunction)
  }

  async call({ url: text, method, headers, body, signal }: OutsideRequest): Promise<{ status: number; body: string }> {
    const url = addressOf(text)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !this.mayReach(host)) throw insideNetwork(host)
    const options = {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: this.checkedLookup,
      // One lookup of one address; a connection of its own, which nobody else has made.
      autoSelectFamily: false,
      agent: false as const,
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
    }
    return new Promise((answered, failed) => {
      const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
        textOf(response).then((answer) => answered({ status: response.statusCode!, body: answer }), failed)
      })
      request.on('error', failed)
      request.end(body)
    })
  }

  private mayReach(address: string): boolean {
    return this.insideAllowed || isOutside(address)
  }

  /** The address that is answered is the one that the connection is made to. */
  private readonly checkedLookup: LookupFunction = (host, options, done) => {
    this.lookup(host, { ...options, all: false }, (error, address, family) => {
      if (error) return done(error, '', 0)
      if (!this.mayReach(address as string)) return done(insideNetwork(host), '', 0)
      done(null, address, family)
    })
  }
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new CallRefused('it is no address that begins with https:// or http://.')
  }
  if (url.username === '' && url.password === '') return url
  throw new CallRefused('it carries a name or a password. Put them into a header instead.')
}

const insideNetwork = (host: string): CallRefused =>
  new CallRefused(
    `${host} leads into the installation’s own network. Name an address that is reached from outside; whoever looks after the installation can allow others with OF_WEBHOOKS_INSIDE.`,
  )

/** The beginning of the answer; the rest is of no interest and not waited for. */
async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part)
    bytes += part.length
    if (bytes >= longestAnswerBytes) break
  }
  return Buffer.concat(parts).subarray(0, longestAnswerBytes).toString('utf8')
}
