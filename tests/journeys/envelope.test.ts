/** What holds for every answer, whatever was asked: shape, codes, methods, headers, bodies. */
import { readdirSync, readlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, endedJob } from '../client.ts'
import { PASSWORD, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const patient = { full_name: 'Ann Lee', date_of_birth: '1980-04-30', phone: '+14155550123' }

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'hospital' })
})
afterAll(() => system.stop())

describe('the envelope', () => {
  it('holds the data, the moment and the request id', async () => {
    const answer = await client.send('POST', '/patients', patient)
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.body)).toEqual(['success', 'data', 'meta'])
    expect(answer.body.success).toBe(true)
    expect(answer.body.meta.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(answer.body.meta.requestId).toBe(answer.headers.get('x-request-id'))
    expect(answer.headers.get('location')).toBe(`/api/v1/patients/${answer.data.id}`)
    const { data } = await client.send('GET', answer.headers.get('location')!.replace('/api/v1', ''))
    expect(data).toEqual(answer.data)
  })

  it('is empty for 204', async () => {
    const { id } = await client.post('/patients', patient)
    const answer = await client.send('DELETE', `/patients/${id}`)
    expect([answer.status, answer.text]).toEqual([204, ''])
  })

  it('holds code, message and details of an error', async () => {
    const answer = await client.send('POST', '/patients', { full_name: 'Ann Lee', blood_group: 'Z' })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ success: false, meta: { requestId: answer.headers.get('x-request-id') } })
    expect(answer.error.code).toBe('VALIDATION_ERROR')
    expect(answer.error.details.map(({ field }) => field).sort()).toEqual(['blood_group', 'date_of_birth', 'phone'])
    expect(answer.error.message).toContain('blood_group')
  })

  it('takes over a sane request id and makes one in place of any other', async () => {
    const withId = (id: string) => client.send('GET', '/workspace', undefined, { headers: { 'x-request-id': id } })
    expect((await withId('trace-7.A:b')).headers.get('x-request-id')).toBe('trace-7.A:b')
    for (const id of ['a b', 'x'.repeat(129), '<script>', '"']) {
      expect((await withId(id)).headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{20}$/)
    }
    expect((await system.anonymous().send('GET', '/nowhere/at/all/really')).headers.get('x-request-id')).toMatch(
      /^req_/,
    )
  })

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['identity', null],
  ])('travels to who understands %s as %s, and says the same', async (accepted, encoding) => {
    const ask = (header: string) =>
      client.send('GET', '/objects', undefined, { headers: { 'accept-encoding': header } })
    const answer = await ask(accepted)
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('vary')).toBe('accept-encoding')
    expect(answer.data).toEqual((await ask('identity')).data)
  })

  it('stays as it is where it is small, and where it holds what somebody signs in with', async () => {
    const { email } = client.session!.user
    const small = await client.send('GET', '/patients/count')
    const tokens = await system.anonymous().send('POST', '/auth/login', { email, password: PASSWORD })
    expect(tokens.status).toBe(200)
    for (const { headers } of [small, tokens]) expect(headers.has('content-encoding')).toBe(false)
  })

  it('says nothing of the inside and is not to be cached', async () => {
    const { headers } = await client.send('GET', '/workspace')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

describe('codes', () => {
  const id = '01890000-0000-7000-8000-000000000000'

  it('401 without credentials, with wrong ones and with none that can be read', async () => {
    const without = await system.anonymous().send('GET', '/patients')
    expect([without.status, without.error.code]).toEqual([401, 'UNAUTHENTICATED'])
    for (const authorization of ['Bearer', 'Bearer x.y.z', 'Basic YTpi', `Bearer ${'a'.repeat(5000)}`]) {
      const answer = await system.anonymous().send('GET', '/patients', undefined, { headers: { authorization } })
      expect([answer.status, answer.error.code]).toEqual([401, 'UNAUTHENTICATED'])
    }
  })

  it.each([
    ['GET', '/nothings'],
    ['GET', `/patients/${id}`],
    ['GET', '/patients/not-an-id'],
    ['GET', '/patients/%E0%A4%A'],
    ['GET', '/patients/%00'],
    ['PATCH', `/patients/${id}`],
    ['DELETE', `/patients/${id}`],
    ['POST', `/patients/${id}/restore`],
    ['GET', `/patients/${id}/history`],
    ['GET', `/patients/${id}/activities`],
    ['GET', `/patients/${id}/links/appointments`],
    ['GET', `/objects/nothings`],
    ['GET', '/templates/nothing'],
    ['GET', '/a/b/c/d/e/f'],
    ['GET', '/constructor'],
    ['GET', '/__proto__'],
  ])('404 for %s %s', async (method, path) => {
    const answer = await client.send(method, path, method === 'PATCH' ? {} : undefined)
    expect([answer.status, answer.error?.code]).toEqual([404, 'NOT_FOUND'])
  })

  it.each([
    ['PUT', '/patients', 'GET, POST'],
    ['DELETE', '/patients', 'GET, POST'],
    ['PUT', '/search', 'GET, POST'],
    ['DELETE', '/workspace', 'GET, PATCH'],
    ['PATCH', '/auth/login', 'POST'],
    ['GET', '/auth/register', 'POST'],
    ['DELETE', '/templates', 'GET'],
    ['PUT', `/patients/${id}/restore`, 'POST'],
    ['POST', `/patients/${id}`, 'DELETE, GET, PATCH, PUT'],
    ['GET', '/patients/aggregate', 'POST'],
    ['GET', '/patients/bulk', 'DELETE, PATCH, POST'],
  ])('405 for %s %s, allowed is %s', async (method, path, allowed) => {
    const answer = await client.send(method, path)
    expect([answer.status, answer.error?.code]).toEqual([405, 'METHOD_NOT_ALLOWED'])
    expect(answer.headers.get('allow')?.split(', ').sort().join(', ')).toBe(allowed)
  })

  it('423 for an account after five wrong passwords', async () => {
    const { session } = await system.register()
    const login = (password: string) =>
      system.anonymous().send('POST', '/auth/login', { email: session!.user.email, password })
    for (let attempt = 1; attempt <= 5; attempt++) expect((await login('wrong password')).status).toBeOneOf([401, 423])
    const locked = await login('a lantern in the orchard')
    expect([locked.status, locked.error.code]).toEqual([423, 'LOCKED'])
  })
})

/** What a descriptor of this process is for; '' once it is closed. */
function openFile(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    return ''
  }
}

describe('HEAD', () => {
  it('leaves no file open', async () => {
    const notes = 'long '.repeat(1_000)
    await client.post('/patients/bulk', { records: Array.from({ length: 100 }, () => ({ ...patient, notes })) })
    const { jobId } = await client.post('/patients/export', {})
    await endedJob(client, jobId)
    const openFiles = () =>
      readdirSync('/proc/self/fd')
        .map(openFile)
        .filter((path) => path.includes(jobId))
    for (let n = 0; n < 3; n++) expect((await client.send('HEAD', `/jobs/${jobId}/file`)).status).toBe(200)
    await expect.poll(openFiles).toEqual([])
  })
})

describe('an address', () => {
  it('that is not well encoded shows the page, or its absence, and is no failure', async () => {
    const answer = await fetch(`${system.url}/%zz.js`)
    expect([200, 503]).toContain(answer.status)
  })
})

describe('bodies', () => {
  const post = (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    client.send('POST', '/patients', undefined, { raw, headers })

  it.each(['{', '{"full_name": }', "{'a': 1}", '[', '"', 'nonsense', '{"a":1}}', '\u0000'])(
    'that are no JSON get 400: %s',
    async (raw) => {
      const answer = await post(raw)
      expect([answer.status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR'])
      expect(answer.error.details[0]?.field).toBe('body')
    },
  )

  it.each(['[]', '1', '"text"', 'null', 'true', ''])('that are JSON but no record get 400: %s', async (raw) => {
    const answer = await post(raw)
    expect([answer.status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR'])
    expect(answer.error.details[0]?.field).toBe('body')
  })

  it('that are not UTF-8 get 400', async () => {
    const answer = await post(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))
    expect([answer.status, answer.error.details[0]?.message]).toEqual([400, 'is not valid UTF-8'])
  })

  it('of another type get 415', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await post(JSON.stringify(patient), { 'content-type': type })
      expect([answer.status, answer.error.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    }
    const accepted = await post(JSON.stringify(patient), { 'content-type': 'application/json; charset=utf-8' })
    expect(accepted.status).toBe(201)
  })

  it('larger than 10 MB get 413', async () => {
    const answer = await post(JSON.stringify({ ...patient, notes: 'x'.repeat(11 * 1024 * 1024) }))
    expect([answer.status, answer.error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })

  it.each([
    ['a field', (nested: string) => `{"full_name": ${nested}}`],
    ['a field that is not known', (nested: string) => `{"nothing": ${nested}}`],
    ['a filter', (nested: string) => `{"filter": ${nested}}`],
  ])('nested 100,000 deep in %s are refused', async (_, bodyOf) => {
    const path = bodyOf('').includes('filter') ? '/patients/query' : '/patients'
    for (const nested of [
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `${'{"not":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    ]) {
      const answer = await client.send('POST', path, undefined, { raw: bodyOf(nested) })
      expect([answer.status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR'])
      const repeated = await client.send('POST', path, undefined, {
        raw: bodyOf(nested),
        headers: { 'idempotency-key': 'deep' },
      })
      expect(repeated.status).toBe(400)
    }
  })

  it('with names of the language get 400 for them as for any other field', async () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const answer = await post(
        `{"full_name": "A", "date_of_birth": "1980-01-01", "phone": "+14155550123", "${key}": {"a": 1}}`,
      )
      expect(answer.status).toBe(400)
      expect(answer.error.details.map(({ field }) => field)).toEqual([key])
    }
  })
})
