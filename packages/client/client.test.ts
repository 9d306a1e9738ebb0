import { describe, expect, it, vi } from 'vitest'
import { ApiError, createClient } from './index.ts'

interface Call {
  url: string
  init: RequestInit
}

/** A server of a few lines: `answer` sees each call and gives status and body. */
function served(answer: (call: Call, before: Call[]) => { status: number; body?: unknown }) {
  const calls: Call[] = []
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    const call = { url: String(input), init }
    const { status, body } = answer(call, [...calls])
    calls.push(call)
    return new Response(body === undefined ? null : JSON.stringify(body), { status })
  }
  return { calls, fetch: fetch as typeof globalThis.fetch }
}

const ok = (data: unknown, pagination?: unknown) => ({ status: 200, body: { success: true, data, pagination } })
const unauthenticated = {
  status: 401,
  body: { success: false, error: { code: 'UNAUTHENTICATED', message: 'Sign in.' } },
}

describe('the session of the page', () => {
  it('renews once for all requests that met a 401 together, and repeats them', async () => {
    let renewed = false
    const server = served(({ url }) => {
      if (url.endsWith('/auth/refresh')) {
        renewed = true
        return ok({})
      }
      return renewed ? ok({ url }) : unauthenticated
    })
    const client = createClient({ baseUrl: '/api/v1', fetch: server.fetch })
    await Promise.all([client.workspace.get(), client.identity.members(), client.objects.list()])
    expect(server.calls.filter(({ url }) => url.endsWith('/auth/refresh'))).toHaveLength(1)
    expect(server.calls).toHaveLength(7)
  })

  it('says so when it cannot be renewed', async () => {
    const onUnauthenticated = vi.fn()
    const server = served(() => unauthenticated)
    const client = createClient({ baseUrl: '/api/v1', fetch: server.fetch, onUnauthenticated })
    await expect(client.workspace.get()).rejects.toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    expect(onUnauthenticated).toHaveBeenCalledOnce()
  })

  it('does not renew for wrong credentials', async () => {
    const server = served(() => unauthenticated)
    const client = createClient({ baseUrl: '/api/v1', fetch: server.fetch })
    await expect(client.identity.login({ email: 'a@b.c', password: 'x' })).rejects.toBeInstanceOf(ApiError)
    expect(server.calls).toHaveLength(1)
  })

  it('marks the page by its header and a program by its token', async () => {
    const server = served(() => ok({}))
    await createClient({ baseUrl: '', fetch: server.fetch }).workspace.get()
    await createClient({ baseUrl: '', fetch: server.fetch, token: 'ofk_1' }).workspace.get()
    const [page, program] = server.calls.map(({ init }) => init.headers as Record<string, string>)
    expect(page).toMatchObject({ 'X-OneForge-Client': 'web' })
    expect(program).toMatchObject({ Authorization: 'Bearer ofk_1' })
    expect(program).not.toHaveProperty('X-OneForge-Client')
  })
})

describe('records', () => {
  it('asks for a stretch of a list without what is not set', async () => {
    const server = served(() => ok([{ id: '1' }], { limit: 1, nextCursor: 'abc', hasNext: true }))
    const client = createClient({ baseUrl: '', fetch: server.fetch })
    const list = await client.records.list('patients', { filter: null, search: '', sort: [], limit: 1 })
    expect(list).toEqual({ items: [{ id: '1' }], nextCursor: 'abc', hasNext: true })
    expect(JSON.parse(String(server.calls[0]?.init.body))).toEqual({ limit: 1, cursor: '' })
  })

  it('guards a change by its version and hands over the current record of a conflict', async () => {
    const server = served(() => ({
      status: 409,
      body: { success: false, error: { code: 'CONFLICT', message: 'Changed meanwhile.', current: { version: 3 } } },
    }))
    const client = createClient({ baseUrl: '', fetch: server.fetch })
    const refused = client.records.update('patients', '1', { name: 'x' }, 2)
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', current: { version: 3 } })
    expect(server.calls[0]?.init.headers).toMatchObject({ 'If-Match': '"2"' })
  })
})

describe('refusals', () => {
  it('keep the messages by field', async () => {
    const details = [
      { field: 'email', message: 'is taken' },
      { field: 'email', message: 'is malformed' },
    ]
    const server = served(() => ({
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR', message: 'No.', details } },
    }))
    const error = await createClient({ baseUrl: '', fetch: server.fetch })
      .records.create('patients', {})
      .catch((thrown: unknown) => thrown)
    expect((error as ApiError).byField()).toEqual({ email: 'is taken' })
  })

  it('are readable when the server cannot be reached or answers with something else', async () => {
    const unreachable = createClient({ baseUrl: '', fetch: () => Promise.reject(new TypeError('failed')) })
    await expect(unreachable.workspace.get()).rejects.toMatchObject({ code: 'UNREACHABLE', status: 0 })
    const gateway = createClient({ baseUrl: '', fetch: async () => new Response('<html>', { status: 502 }) })
    await expect(gateway.workspace.get()).rejects.toMatchObject({ code: 'INTERNAL', status: 502 })
  })
})
