import { setTimeout } from 'node:timers/promises'
import { Database } from '@oneforge/kernel/database'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { RequestBudgets } from './index.ts'

let test: TestDatabase
let owner: Client
let databases: Database[]
let tenantId: string

beforeAll(async () => {
  test = await cloneDatabase()
  owner = new Client({ connectionString: test.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await test.drop()
})

beforeEach(async () => {
  databases = []
  tenantId = crypto.randomUUID()
  await owner.query(`insert into tenants (id, name, slug, plan) values ($1, 'T', $2, 'business')`, [
    tenantId,
    `t-${tenantId.slice(0, 8)}`,
  ])
})
afterEach(async () => {
  for (const database of databases) await database.close()
})

/** The budgets of a server of its own. */
function server(): RequestBudgets {
  const database = new Database({ url: test.appUrl, max: 4 })
  databases.push(database)
  return new RequestBudgets(database)
}

/** What is done here must not fall into two minutes. */
async function withinOneMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < 8_000) await setTimeout(left + 100)
}

/** Asks in turns until all servers have refused `times` in a row; gives the cost that was admitted. */
async function spend(servers: RequestBudgets[], limit: number, cost = 1, atOnce = 8): Promise<number> {
  const lines = servers.flatMap((one) => Array.from({ length: atOnce }, () => one))
  const admitted = await Promise.all(
    lines.map(async (one) => {
      let sum = 0
      for (let refusals = 0; refusals < 3; ) {
        const standing = await one.take(tenantId, limit, cost)
        if (standing!.admitted) sum += cost
        else refusals += 1
        await setTimeout(0)
      }
      return sum
    }),
  )
  return admitted.reduce((a, b) => a + b, 0)
}

describe('the requests of a minute', () => {
  it.each([100, 500, 2_000])('are %d for one server, and 1 % more at the most', async (limit) => {
    await withinOneMinute()
    const admitted = await spend([server()], limit)
    expect(admitted).toBeGreaterThanOrEqual(limit)
    expect(admitted).toBeLessThanOrEqual(limit * 1.01)
  })

  it.each([
    [2, 1],
    [2, 2],
    [4, 1],
  ])('are shared by %d servers, at a cost of %d', async (count, cost) => {
    await withinOneMinute()
    const limit = 2_000
    const admitted = await spend(Array.from({ length: count }, server), limit, cost)
    expect(admitted).toBeLessThanOrEqual(limit * (1 + count * 0.01))
    expect(admitted).toBeGreaterThanOrEqual(limit * 0.9)
  })

  it('leave room for small ones where a great one does not fit any more', async () => {
    await withinOneMinute()
    const one = server()
    for (let spent = 0; spent < 90; spent += 10) expect((await one.take(tenantId, 100, 10))!.admitted).toBe(true)
    expect((await one.take(tenantId, 100, 20))!.admitted).toBe(false)
    expect((await one.take(tenantId, 100, 5))!.admitted).toBe(true)
  })

  it('say how many are left and until when', async () => {
    await withinOneMinute()
    const one = server()
    const first = await one.take(tenantId, 500, 1)
    expect(first).toMatchObject({ admitted: true, limit: 500, remaining: 499 })
    expect(first!.secondsLeft).toBeGreaterThan(0)
    expect(first!.secondsLeft).toBeLessThanOrEqual(60)
    await setTimeout(100)
    for (let i = 0; i < 9; i++) await one.take(tenantId, 500, 1)
    expect((await one.take(tenantId, 500, 1))!.remaining).toBe(489)
  })

  it('are counted by the day, also those that were refused and those without a limit', async () => {
    await withinOneMinute()
    const [here, there] = [server(), server()]
    const admitted = await spend([here, there], 100)
    for (let i = 0; i < 7; i++) await there.take(tenantId, null, 2)
    await setTimeout(100)
    await here.flush()
    await there.flush(tenantId)
    const { rows } = await owner.query('select requests, refused from request_days where tenant_id = $1', [tenantId])
    expect(rows).toEqual([{ requests: String(admitted + 14), refused: expect.any(String) }])
    expect(Number(rows[0].refused)).toBeGreaterThanOrEqual(48)
  })

  it('ask the database once for many', async () => {
    await withinOneMinute()
    const one = server()
    const before = performance.now()
    for (let i = 0; i < 5_000; i++) await one.take(tenantId, 10_000, 1)
    const microseconds = ((performance.now() - before) / 5_000) * 1_000
    expect(microseconds).toBeLessThan(100)
  })

  it('are refused with an error where the database cannot be asked, and admitted again afterwards', async () => {
    await withinOneMinute()
    const closed = new Database({ url: 'postgres://nobody@127.0.0.1:1/none', acquireTimeoutMs: 200 })
    const one = new RequestBudgets(closed)
    expect((await one.take(tenantId, 2_000, 20))!.admitted).toBe(true)
    await expect(one.take(tenantId, 2_000, 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await closed.close()
  })
})
