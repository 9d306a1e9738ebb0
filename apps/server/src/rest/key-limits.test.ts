import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, ApiClient } from '../../../../tests/client.ts'
import { type RunningSystem, startSystem } from '../../../../tests/server.ts'

let system: RunningSystem
let other: RunningSystem

beforeAll(async () => {
  // Whoever the proxy names: each test has addresses of its own.
  system = await startSystem({ trustedProxies: '127.0.0.1,::1' })
  other = await startSystem({ sharing: system })
})
afterAll(async () => {
  await other.stop()
  await system.stop()
})

async function withinOneMinute(milliseconds: number): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < milliseconds) await setTimeout(left + 100)
}

const keyOf = (owner: ApiClient, input: object = {}) =>
  owner.post<{ id: string; key: string; requestsPerMinute: number | null }>('/api-keys', { name: 'Nightly', ...input })

/** A request of a program with this key, from this address. */
const ask = (key: string, at = system.url, address = '203.0.113.1'): Promise<Answer> =>
  new ApiClient(at).send('GET', '/objects', undefined, {
    headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': address },
  })

const limitsOf = ({ headers }: Answer) =>
  ['limit', 'remaining'].map((name) => Number(headers.get(`x-ratelimit-${name}`)))

describe('a limit of a key', () => {
  it('holds on two servers together, beside that of the workspace', { timeout: 60_000 }, async () => {
    const owner = await system.register({ template: 'corporate' })
    const [limited, free] = [await keyOf(owner, { requestsPerMinute: 40 }), await keyOf(owner)]
    expect(limited.requestsPerMinute).toBe(40)
    await withinOneMinute(10_000)
    const urls = [system.url, other.url]
    const answers = await Promise.all(Array.from({ length: 80 }, (_, index) => ask(limited.key, urls[index % 2])))
    const admitted = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ status }) => status === 429)
    expect(admitted.length + refused.length).toBe(80)
    // Each server may lend one.
    expect(admitted.length).toBeLessThanOrEqual(42)
    expect(admitted.length).toBeGreaterThanOrEqual(36)
    expect(refused[0]!.error).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      message: expect.stringMatching(/^This API key may make 40 requests a minute\. Try again in \d+ s\.$/),
    })
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(limitsOf(refused[0]!)[0]).toBe(40)
    expect((await ask(free.key)).status).toBe(200)
    expect((await owner.send('GET', '/objects')).status).toBe(200)
  })

  it('is told where it is the tighter one, and that of the workspace where not', async () => {
    await withinOneMinute(10_000)
    const owner = await system.register({ template: 'corporate' })
    await system.sql("update tenants set plan = 'starter', version = version + 1 where id = $1", [owner.tenantId])
    await owner.send('GET', '/objects')
    const small = await keyOf(owner, { requestsPerMinute: 10 })
    const large = await keyOf(owner, { requestsPerMinute: 5_000 })
    expect(limitsOf(await ask(small.key))).toEqual([10, 9])
    expect(limitsOf(await ask(large.key))[0]).toBe(100)
    const [, before] = limitsOf(await owner.send('GET', '/objects'))
    for (let i = 0; i < 3; i++) await ask(small.key)
    expect(limitsOf(await owner.send('GET', '/objects'))[1]).toBe(before! - 4)
  })

  it('can be changed and taken away', async () => {
    await withinOneMinute(10_000)
    const owner = await system.register({ template: 'corporate' })
    const { id, key } = await keyOf(owner, { requestsPerMinute: 3 })
    for (let i = 0; i < 8; i++) await ask(key)
    expect((await ask(key)).status).toBe(429)
    expect(await owner.patch(`/api-keys/${id}`, { requestsPerMinute: null, name: 'Hourly' })).toMatchObject({
      name: 'Hourly',
      requestsPerMinute: null,
    })
    expect((await ask(key)).status).toBe(200)
    for (const requestsPerMinute of [0, 1.5, 100_001, '3']) {
      expect((await owner.send('PATCH', `/api-keys/${id}`, { requestsPerMinute })).status).toBe(400)
    }
    const stranger = await system.register()
    expect((await stranger.send('PATCH', `/api-keys/${id}`, { name: 'Stolen' })).status).toBe(404)
  })

  it('costs little of a request', async () => {
    const owner = await system.register()
    const { id: keyId } = await keyOf(owner, { requestsPerMinute: 100_000 })
    const began = performance.now()
    for (let i = 0; i < 5_000; i++) {
      await system.system.budgets.takeOfKey({ tenantId: owner.tenantId, keyId }, 100_000, 1)
    }
    // In microseconds; a request takes some 600.
    expect(((performance.now() - began) / 5_000) * 1_000).toBeLessThan(30)
  })
})

describe('wrong credentials', () => {
  const attempts = () => system.sql('select * from attempt_counters')
  const forged = (index: number) => `ofk_${index.toString(16).padStart(32, '0')}_${'x'.repeat(43)}`

  it('are not listened to any more after many in a minute, without a write for each', async () => {
    const address = '203.0.113.60'
    const before = (await attempts()).length
    for (let index = 0; index < 60; index++) expect((await ask(forged(index), system.url, address)).status).toBe(401)
    const refused = await ask(forged(61), system.url, address)
    expect(refused.status).toBe(429)
    expect(refused.error.code).toBe('RATE_LIMIT_EXCEEDED')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask('ey.nonsense.token', system.url, address)).status).toBe(429)
    expect(await attempts()).toHaveLength(before)
    expect((await ask(forged(1), system.url, '203.0.113.61')).status).toBe(401)
  })

  it('do not shut out those at the same address who have good ones', async () => {
    const owner = await system.register({ template: 'corporate' })
    const [used, unused] = [await keyOf(owner), await keyOf(owner)]
    const address = '2001:db8:77::1'
    expect((await ask(used.key, system.url, address)).status).toBe(200)
    for (let index = 0; index < 60; index++) await ask(forged(index), system.url, `2001:db8:77::${index + 2}`)
    expect((await ask(forged(1), system.url, address)).status).toBe(429)
    expect((await ask(used.key, system.url, address)).status).toBe(200)
    expect((await ask(owner.session!.accessToken, system.url, address)).status).toBe(200)
    // One that this server has never seen could be a guess: it has to wait.
    expect((await ask(unused.key, system.url, address)).status).toBe(429)
    expect((await ask(unused.key, system.url, '203.0.113.70')).status).toBe(200)
  })

  it('do not count when they were good once', async () => {
    const owner = await system.register()
    const address = '203.0.113.80'
    await owner.post('/auth/logout', {})
    for (let i = 0; i < 65; i++) {
      expect((await ask(owner.session!.accessToken, system.url, address)).status).toBe(401)
    }
  })
})
