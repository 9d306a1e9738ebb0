import { describe, expect, it, vi } from 'vitest'
import { createClient } from './index.ts'

interface Answer {
  status: number
  body?: unknown
}

/** A server that answers the n-th request with the n-th answer, the last one again and again. */
function serving(...answers: Answer[]) {
  const calls: { url: string; headers: Record<string, string> }[] = []
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    const { status, body } = answers[Math.min(calls.length, answers.length - 1)]!
    calls.push({ url: String(input), headers: init.headers as Record<string, string> })
    return new Response(body === undefined ? null : JSON.stringify(body), { status })
  }
  return { calls, fetch: fetch as typeof globalThis.fetch }
}

const refusal = (status: number, field: string, message: string): Answer => ({
  status,
  body: { success: false, error: { code: 'REFUSED', message: 'No.', details: [{ field, message }] } },
})
const stepUpRequired = refusal(403, 'stepUp', 'STEP_UP_REQUIRED')
const done: Answer = { status: 204 }

describe('proving again who one is', () => {
  it('is asked for once, and the request is repeated', async () => {
    const server = serving(stepUpRequired, done)
    const onStepUp = vi.fn(async () => true)
    await createClient({ baseUrl: '', fetch: server.fetch, onStepUp }).security.revokeApiKey('1')
    expect(onStepUp).toHaveBeenCalledOnce()
    expect(server.calls.map(({ url }) => url)).toEqual(['/api-keys/1', '/api-keys/1'])
  })

  it('is one question for requests at the same time', async () => {
    let proven = false
    const fetch = async () =>
      new Response(proven ? null : JSON.stringify(stepUpRequired.body), { status: proven ? 204 : 403 })
    const onStepUp = vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      proven = true
      return true
    })
    const { security } = createClient({ baseUrl: '', fetch, onStepUp })
    await Promise.all([security.revokeApiKey('1'), security.revokeApiKey('2')])
    expect(onStepUp).toHaveBeenCalledOnce()
  })

  it('leaves the refusal standing when the person turns away', async () => {
    const server = serving(stepUpRequired)
    const client = createClient({ baseUrl: '', fetch: server.fetch, onStepUp: async () => false })
    await expect(client.security.revokeApiKey('1')).rejects.toMatchObject({ status: 403 })
    expect(server.calls).toHaveLength(1)
  })

  it('does not take a wrong code for a session that ran out', async () => {
    const server = serving(refusal(401, 'otp', 'MFA_INVALID'))
    const onUnauthenticated = vi.fn()
    const client = createClient({ baseUrl: '', fetch: server.fetch, onUnauthenticated })
    await expect(client.account.stepUp({ otp: '000000' })).rejects.toMatchObject({ status: 401 })
    expect(server.calls).toHaveLength(1)
    expect(onUnauthenticated).not.toHaveBeenCalled()
  })
})

it('says when a second factor is needed before anything else', async () => {
  const onEnrolmentRequired = vi.fn()
  const server = serving(refusal(403, 'secondFactor', 'MFA_ENROLMENT_REQUIRED'))
  const client = createClient({ baseUrl: '', fetch: server.fetch, onEnrolmentRequired })
  await expect(client.workspace.get()).rejects.toMatchObject({ status: 403 })
  expect(onEnrolmentRequired).toHaveBeenCalledOnce()
})

it('looks through somebody else’s eyes, except at one’s own account', async () => {
  const server = serving({ status: 200, body: { data: {} } })
  const client = createClient({ baseUrl: '', fetch: server.fetch, viewAs: () => 'ben' })
  await client.workspace.get()
  await client.identity.me()
  await client.access.endViewAs()
  expect(server.calls.map(({ headers }) => headers['X-OneForge-View-As'])).toEqual(['ben', undefined, undefined])
})

it('fetches a file under its name, after a step-up where one is asked for', async () => {
  const answers = [
    new Response(JSON.stringify(stepUpRequired.body), { status: 403 }),
    new Response('a,b', { headers: { 'Content-Disposition': "attachment; filename*=UTF-8''pati%C3%ABnten.csv" } }),
  ]
  const client = createClient({ baseUrl: '', fetch: async () => answers.shift()!, onStepUp: async () => true })
  const { name, content } = await client.exports.download('patients', 'csv', {})
  expect([name, await content.text()]).toEqual(['patiënten.csv', 'a,b'])
})
