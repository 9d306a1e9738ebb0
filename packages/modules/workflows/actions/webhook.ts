import { createHmac } from 'node:crypto'
import { validationError } from '@oneforge/kernel/errors'
import type { ActionOf } from '../definition.ts'
import type { ActionKind, StepContext } from '../engine/action.ts'
import { CallRefused, type OutsideCalls } from './outside-calls.port.ts'
import { subjectOf } from './people.ts'

type Webhook = ActionOf<'webhook'>

interface Prepared extends Record<string, unknown> {
  url: string
  method: 'POST' | 'PUT' | 'PATCH'
  headers: Record<string, string>
  body: unknown
}

const longestBody = 256 * 1024
const longestAnswer = 20_000
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/
/** What the connection itself says, and what the signature stands on. */
const ownHeaders =
  /^(?:host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|idempotency-key|x-oneforge-.*)$/i

/** Calls an address outside, signed so that it can tell who calls. */
export const webhookAction = (parts: {
  calls: OutsideCalls
  signingSecret(tenantId: string): string
  now?: () => Date
}): ActionKind<Webhook> => ({
  type: 'webhook',
  async prepare(context, step): Promise<Prepared> {
    const { scope } = context
    const url = String(await scope.value(step.url)).trim()
    const headers = await headersOf(context, step)
    const body = step.body === undefined ? await usualBody(context) : await scope.value(step.body)
    if (JSON.stringify(body).length > longestBody)
      throw validationError([], 'The body of the call is longer than 256 KB.')
    return { url, method: step.method ?? 'POST', headers, body }
  },
  async send({ key, input, tenantId, signal }) {
    const { url, method, headers, body } = input as Prepared
    const content = JSON.stringify(body)
    const at = Math.floor((parts.now?.() ?? new Date()).getTime() / 1_000)
    const signature = signatureOf(parts.signingSecret(tenantId), at, content)
    const own = {
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-oneforge-signature': `t=${at},v1=${signature}`,
    }
    const answer = await calling(url, () =>
      parts.calls.call({ url, method, headers: { ...own, ...headers }, body: content, signal }),
    )
    return outputOf(url, answer)
  },
})

/** What the receiver works out as well: HMAC-SHA256 over the seconds since 1970, a point and the body, in hexadecimal. */
export const signatureOf = (secret: string, at: number, body: string): string =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')

async function headersOf({ scope }: StepContext, { headers = {} }: Webhook): Promise<Record<string, string>> {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || ownHeaders.test(name)) {
      throw validationError([], `“${name}” cannot be a header of the call. Take it out of the step.`)
    }
    entries.push([name.toLowerCase(), String((await scope.value(value)) ?? '').replace(/[^\t\x20-\x7e\x80-\xff]/g, '')])
  }
  return Object.fromEntries(entries)
}

/** What is sent where the step does not say: what has happened, and the record as it is. */
async function usualBody(context: StepContext): Promise<unknown> {
  const { id, workflow, trigger } = context.run
  return { workflow: workflow.key, run: id, trigger, record: (await subjectOf(context)) ?? null }
}

async function calling<T>(url: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof CallRefused) throw validationError([], `${url} cannot be called: ${error.message}`)
    throw error
  }
}

/** What will not get better by asking again ends the run; all else is tried again. */
function outputOf(url: string, { status, body }: { status: number; body: string }): unknown {
  if (status >= 200 && status < 300) return { status, body: parsed(body) }
  const said = body === '' ? '' : `: ${body.slice(0, 200)}`
  if (status >= 500 || status === 408 || status === 425 || status === 429)
    throw new Error(`${url} answered ${status}${said}`)
  if (status >= 300 && status < 400) {
    throw validationError(
      [],
      `${url} answered ${status}: redirects are not followed. Give the address that it leads to.`,
    )
  }
  throw validationError([], `${url} answered ${status}${said}`)
}

function parsed(body: string): unknown {
  if (body.length > longestAnswer) return `${body.slice(0, longestAnswer)}…`
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
