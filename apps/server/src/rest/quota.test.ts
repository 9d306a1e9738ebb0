import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../../tests/client.ts'
import { type RunningSystem, startSystem } from '../../../../tests/server.ts'

let system: RunningSystem
let other: RunningSystem

beforeAll(async () => {
  system = await startSystem()
  other = await startSystem({ sharing: system })
})
afterAll(async () => {
  await other.stop()
  await system.stop()
})

async function workspaceOn(plan: string): Promise<ApiClient> {
  const client = await system.register({ template: 'corporate' })
  await system.sql('update tenants set plan = $2, version = version + 1 where id = $1', [client.tenantId, plan])
  return client
}

/** What is done here must not fall into two minutes. */
async function withinOneMinute(milliseconds: number): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < milliseconds) await setTimeout(left + 100)
}

describe('the quota of a workspace', () => {
  it('holds on two servers together, and says so', { timeout: 60_000 }, async () => {
    const client = await workspaceOn('starter')
    // Both have to hear of the plan before it counts.
    for (const url of [system.url, other.url]) await client.at(url).get('/objects')
    await withinOneMinute(10_000)
    const answers = await Promise.all(
      Array.from({ length: 160 }, (_, index) => client.at(index % 2 ? system.url : other.url).send('GET', '/objects')),
    )
    const admitted = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ status }) => status === 429)
    expect(admitted.length + refused.length).toBe(160)
    expect(admitted.length).toBeLessThanOrEqual(102)
    expect(admitted.length).toBeGreaterThanOrEqual(85)
    expect(refused[0]!.error.code).toBe('RATE_LIMIT_EXCEEDED')
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    for (const { headers } of [admitted[0]!, refused[0]!]) {
      expect(headers.get('x-ratelimit-limit')).toBe('100')
      expect(headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/)
      expect(Number(headers.get('x-ratelimit-reset'))).toBeLessThanOrEqual(60)
    }
    const stranger = await workspaceOn('starter')
    expect((await stranger.send('GET', '/objects')).status).toBe(200)
  })

  it('weighs requests by what they take', async () => {
    await withinOneMinute(10_000)
    const client = await workspaceOn('business')
    await client.get('/objects')
    await setTimeout(50)
    let before = 0
    const costOf = async (method: string, path: string, body?: unknown): Promise<number> => {
      const left = async () => Number((await client.send('GET', '/objects')).headers.get('x-ratelimit-remaining'))
      before = await left()
      await client.send(method, path, body)
      return before - (await left()) - 1
    }
    expect(await costOf('GET', '/contacts')).toBe(1)
    expect(await costOf('GET', '/contacts?limit=200')).toBe(4)
    expect(await costOf('POST', '/contacts/query', { limit: 101 })).toBe(3)
    expect(await costOf('POST', '/contacts', {})).toBe(2)
    expect(await costOf('POST', '/contacts/bulk', { records: Array.from({ length: 120 }, () => ({})) })).toBe(5)
    expect(await costOf('POST', '/contacts/aggregate', { measures: [{ op: 'count' }] })).toBe(3)
    expect(await costOf('PATCH', '/workspace', {})).toBe(2)
  })

  it('shows in the usage of the workspace', async () => {
    await withinOneMinute(10_000)
    const client = await workspaceOn('professional')
    // The first one tells the server of the plan.
    for (let i = 0; i < 11; i++) await client.get('/objects')
    const usage = await client.get('/usage')
    expect(usage).toMatchObject({
      plan: { name: 'professional' },
      records: { used: 0, limit: 100_000 },
      storage: { usedBytes: 0, limitBytes: 10 * 1024 ** 3 },
      members: { used: 1, limit: 25 },
    })
    expect(usage.requests.perMinute).toBe(500)
    expect(usage.requests.thisMinute).toBeGreaterThanOrEqual(11)
    expect(usage.requests.thisMinute).toBeLessThanOrEqual(30)
    expect(usage.requests.today).toBeGreaterThanOrEqual(11)
    expect(usage.requests.days).toHaveLength(30)
  })
})

/** 95 of 100 answers came within so many milliseconds. */
async function p95(client: ApiClient, milliseconds: number): Promise<number> {
  const times: number[] = []
  for (const end = performance.now() + milliseconds; performance.now() < end; await setTimeout(5)) {
    const began = performance.now()
    const { status } = await client.send('GET', '/contacts?limit=20')
    times.push(performance.now() - began)
    expect(status).toBe(200)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!
}

/** So many requests a second, however long the answers take; gives how many were refused. */
async function storm(client: ApiClient, perSecond: number, signal: AbortSignal): Promise<number> {
  const waiting: Promise<number>[] = []
  for (const began = performance.now(); !signal.aborted; await setTimeout(10)) {
    const due = ((performance.now() - began) / 1_000) * perSecond
    while (waiting.length < due) waiting.push(client.send('GET', '/contacts?limit=20').then(({ status }) => status))
  }
  return (await Promise.all(waiting)).filter((status) => status === 429).length
}

describe('a workspace at ten times its quota', () => {
  it('does not slow down its neighbour', { timeout: 60_000 }, async () => {
    await withinOneMinute(16_000)
    const [noisy, neighbour] = [await workspaceOn('professional'), await workspaceOn('unlimited')]
    await p95(neighbour, 1_000)
    const usual = await p95(neighbour, 3_000)
    const ended = new AbortController()
    const refused = storm(noisy, (500 * 10) / 60, ended.signal)
    const beside = await p95(neighbour, 9_000)
    ended.abort()
    expect(await refused).toBeGreaterThan(100)
    // Below some milliseconds it is the timers of a shared machine that are measured.
    expect(beside).toBeLessThan(Math.max(2 * usual, 15))
  })
})
