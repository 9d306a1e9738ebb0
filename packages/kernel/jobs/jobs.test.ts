import { spawn } from 'node:child_process'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, test as plainTest } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { Database, newId, sql, type Transaction } from '../database/index.ts'
import type { Log } from '../events/index.ts'
import { createJobs, type JobKind, type Jobs, noTenant, prepareJobs, type RunningJob } from './index.ts'

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }

let test: TestDatabase
let database: Database
let owner: Client
let tenantId: string

beforeAll(async () => {
  test = await cloneDatabase()
  await Promise.all([prepareJobs(test.ownerUrl), prepareJobs(test.ownerUrl)])
  database = new Database({ url: test.appUrl, max: 4 })
  owner = new Client({ connectionString: test.ownerUrl })
  await owner.connect()
  tenantId = newId()
  await database.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Tenant', 'tenant', 'free')`,
  )
})

afterAll(async () => {
  await owner.end()
  await database.close()
  await test.drop()
})

type Start = (
  kinds: JobKind[],
  options?: { work?: boolean; pollSeconds?: number; heartbeatSeconds?: number },
) => Promise<Jobs>

/** Each test starts queues of its own, for kinds of its own: they wait side by side. */
const it = plainTest.extend<{ start: Start }>({
  // biome-ignore lint/correctness/noEmptyPattern: the shape that a fixture without others must have
  start: async ({}, use) => {
    const running: Jobs[] = []
    await use(async (kinds, { work, ...rest } = {}) => {
      const jobs = createJobs({
        appUrl: test.appUrl,
        kinds,
        log: silent,
        superviseSeconds: 1,
        pollSeconds: 0.5,
        heartbeatSeconds: 10,
        ...rest,
      })
      await jobs.start({ work })
      running.push(jobs)
      return jobs
    })
    await Promise.all(running.map((jobs) => jobs.stop()))
  },
})

const inTenant = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.transaction({ tenantId }, work)

/** What waits to be tried again is due now. */
const passTime = (kind: string) =>
  owner.query(`update pgboss.job set start_after = now() where state = 'retry' and name = $1`, [kind])

describe.concurrent('a job', () => {
  it('is worked on with its payload, for the tenant of the transaction that enqueued it', async ({ start, expect }) => {
    const seen: { payload: object; job: RunningJob }[] = []
    const jobs = await start([{ name: 'greet', handle: async (payload, job) => void seen.push({ payload, job }) }])
    const id = await inTenant((tx) => jobs.enqueue(tx, 'greet', { name: "O'Hara" }))
    await expect
      .poll(() => seen)
      .toEqual([{ payload: { name: "O'Hara", tenantId }, job: { id, attempt: 1, signal: expect.any(AbortSignal) } }])
  })

  it('exists exactly if its transaction commits, and starts right after', async ({ start, expect }) => {
    const seen: object[] = []
    const jobs = await start([{ name: 'atomic', handle: async (payload) => void seen.push(payload) }], {
      pollSeconds: 3_600,
    })
    const lost = inTenant(async (tx) => {
      await jobs.enqueue(tx, 'atomic', { outcome: 'rolled back' })
      throw new Error('changed my mind')
    })
    await expect(lost).rejects.toThrow('changed my mind')
    await inTenant(async (tx) => {
      await jobs.enqueue(tx, 'atomic', { outcome: 'committed' })
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(seen).toEqual([])
    })
    await expect.poll(() => seen).toEqual([{ outcome: 'committed', tenantId }])
  })

  it('costs one round trip to enqueue', async ({ start, expect }) => {
    const jobs = await start([{ name: 'cheap', handle: async () => {} }], { work: false })
    await inTenant(async (tx) => {
      let trips = 0
      const batch = tx.batch.bind(tx)
      tx.batch = ((queries) => {
        trips += 1
        return batch(queries)
      }) as typeof tx.batch
      await jobs.enqueue(tx, 'cheap', {})
      expect(trips).toBe(1)
    })
  })

  it('needs a tenant, a started queue and a kind that exists', async ({ start, expect }) => {
    const jobs = await start([{ name: 'strict', handle: async () => {} }], { work: false })
    await expect(database.transaction({}, (tx) => jobs.enqueue(tx, 'strict', {}))).rejects.toThrow('bound to a tenant')
    await expect(inTenant((tx) => jobs.enqueue(tx, 'unheard', {}))).rejects.toThrow('no kind of job called unheard')
    const stopped = createJobs({ appUrl: test.appUrl, kinds: [], log: silent })
    await expect(inTenant((tx) => stopped.enqueue(tx, 'strict', {}))).rejects.toThrow('has not been started')
  })

  it('waits for its time', async ({ start, expect }) => {
    const seen: object[] = []
    const jobs = await start([{ name: 'later', handle: async (payload) => void seen.push(payload) }])
    await inTenant((tx) => jobs.enqueue(tx, 'later', { n: 1 }, { startAfter: new Date(Date.now() + 3_600_000) }))
    await inTenant((tx) => jobs.enqueue(tx, 'later', { n: 2 }, { startAfter: 1 }))
    await expect.poll(() => seen, { timeout: 4_000 }).toEqual([{ n: 2, tenantId }])
    await expect
      .poll(() => jobs.depths(), { timeout: 5_000 })
      .toEqual([{ kind: 'later', waiting: 0, deferred: 1, active: 0, dead: 0 }])
  })

  it('with a key is added once while one waits, per tenant', async ({ start, expect }) => {
    const jobs = await start([{ name: 'keyed', handle: async () => {} }], { work: false })
    const other = newId()
    await database.run(
      { tenantId: other },
      sql`insert into tenants (id, name, slug, plan) values (${other}, 'O', 'o', 'free')`,
    )
    const enqueue = (tenant: string, singletonKey?: string) =>
      database.transaction({ tenantId: tenant }, (tx) => jobs.enqueue(tx, 'keyed', {}, { singletonKey }))
    expect(await enqueue(tenantId, 'report')).toEqual(expect.any(String))
    expect(await enqueue(tenantId, 'report')).toBeNull()
    expect(await enqueue(other, 'report')).toEqual(expect.any(String))
    expect(await enqueue(tenantId)).toEqual(expect.any(String))
    expect(await enqueue(tenantId)).toEqual(expect.any(String))
  })

  it('is worked on by one worker only', async ({ start, expect }) => {
    const seen: number[] = []
    const kind: JobKind<{ n: number }> = {
      name: 'shared',
      concurrency: 3,
      async handle({ n }) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        seen.push(n)
      },
    }
    const [jobs] = await Promise.all([start([kind]), start([kind])])
    await inTenant(async (tx) => {
      for (let n = 0; n < 20; n++) await jobs.enqueue(tx, 'shared', { n })
    })
    await expect.poll(() => seen.length, { timeout: 15_000 }).toBe(20)
    expect(new Set(seen).size).toBe(20)
  })
})

describe.concurrent('a job that fails', () => {
  it('is tried again after a growing delay', async ({ start, expect }) => {
    const attempts: number[] = []
    const jobs = await start([
      {
        name: 'flaky',
        async handle(_, { attempt }) {
          attempts.push(attempt)
          if (attempt < 3) throw new Error('not yet')
        },
      },
    ])
    await inTenant((tx) => jobs.enqueue(tx, 'flaky', {}))
    const delays: number[] = []
    for (const attempt of [1, 2]) {
      await expect
        .poll(
          async () =>
            (
              await owner.query(
                `select 1 from pgboss.job where name = 'flaky' and state = 'retry' and retry_count = $1`,
                [attempt - 1],
              )
            ).rowCount,
        )
        .toBe(1)
      const { rows } = await owner.query(
        `select extract(epoch from start_after - now())::float as seconds from pgboss.job where name = 'flaky'`,
      )
      delays.push(rows[0].seconds)
      await passTime('flaky')
    }
    await expect.poll(() => attempts).toEqual([1, 2, 3])
    // 2 to 4 seconds, then 4 to 8: chance keeps jobs that failed together from coming back together.
    expect(delays[0]).toBeGreaterThan(1.5)
    expect(delays[0]).toBeLessThan(4.1)
    expect(delays[1]).toBeGreaterThan(3.5)
    expect(delays[1]).toBeLessThan(8.1)
    expect(await jobs.listDead('flaky')).toEqual([])
  })

  it('is listed as dead after its last attempt, and an operator can try it again', async ({ start, expect }) => {
    let repaired = false
    const done: object[] = []
    const jobs = await start([
      {
        name: 'fatal',
        retries: 1,
        async handle(payload) {
          if (!repaired) throw new TypeError('the file is not a table')
          done.push(payload)
        },
      },
    ])
    const id = await inTenant((tx) => jobs.enqueue(tx, 'fatal', { file: 7 }))
    await expect
      .poll(async () => {
        await passTime('fatal')
        return jobs.listDead('fatal')
      })
      .toEqual([
        {
          id: expect.any(String),
          kind: 'fatal',
          tenantId,
          payload: { file: 7 },
          error: 'the file is not a table',
          attempts: 2,
          enqueuedAt: expect.any(Date),
          diedAt: expect.any(Date),
        },
      ])
    await expect.poll(() => jobs.depths(), { timeout: 5_000 }).toMatchObject([{ kind: 'fatal', waiting: 0, dead: 1 }])
    const [dead] = await jobs.listDead('fatal')
    expect(dead!.id).not.toBe(id)
    repaired = true
    expect(await jobs.retryDead('fatal', [])).toBe(0)
    expect(await jobs.retryDead('fatal', [newId()])).toBe(0)
    expect(await jobs.retryDead('fatal', [dead!.id])).toBe(1)
    await expect.poll(() => done).toEqual([{ file: 7, tenantId }])
    expect(await jobs.listDead('fatal')).toEqual([])
  })

  it('counts as failed when it takes too long, and is told so', async ({ start, expect }) => {
    let aborted = false
    const jobs = await start([
      {
        name: 'endless',
        retries: 0,
        timeoutSeconds: 1,
        handle: (_, { signal }) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              aborted = true
              resolve()
            })
          }),
      },
    ])
    await inTenant((tx) => jobs.enqueue(tx, 'endless', {}))
    // Its worker says so after 1s; on a busy machine another may be first to see that it is late.
    await expect
      .poll(() => jobs.listDead('endless'), { timeout: 6_000 })
      .toMatchObject([{ error: expect.stringMatching(/1s|job timed out/) }])
    await expect.poll(() => aborted).toBe(true)
  })

  it('tells what the queue says of one that it gave up', async ({ start, expect }) => {
    let begun = false
    const jobs = await start([
      {
        name: 'given-up',
        retries: 0,
        async handle(_, { signal }) {
          begun = true
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
        },
      },
    ])
    await inTenant((tx) => jobs.enqueue(tx, 'given-up', {}))
    await expect.poll(() => begun, { timeout: 5_000 }).toBe(true)
    await owner.query(`update pgboss.job set started_on = now() - interval '1 hour' where name = 'given-up'`)
    await expect.poll(() => jobs.listDead('given-up'), { timeout: 6_000 }).toMatchObject([{ error: 'job timed out' }])
  })
})

describe.concurrent('stopping', () => {
  it('lets the job in hand end', async ({ start, expect }) => {
    let [begun, ended] = [false, false]
    const jobs = await start([
      {
        name: 'in-hand',
        async handle() {
          begun = true
          await new Promise((resolve) => setTimeout(resolve, 700))
          ended = true
        },
      },
    ])
    await inTenant((tx) => jobs.enqueue(tx, 'in-hand', {}))
    await expect.poll(() => begun).toBe(true)
    await jobs.stop()
    expect(ended).toBe(true)
    expect((await owner.query(`select state from pgboss.job where name = 'in-hand'`)).rows).toEqual([
      { state: 'completed' },
    ])
  })

  it('by kill -9 loses no job: another worker takes it when the heartbeat has been missed', {
    timeout: 40_000,
  }, async ({ start, expect, onTestFinished }) => {
    const kinds: JobKind[] = [{ name: 'survivor', handle: async () => {} }]
    const client = await start(kinds, { work: false })
    const victim = spawn(process.execPath, ['--input-type=module', '-e', victimScript], {
      env: { ...process.env, APP_URL: test.appUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void victim.kill('SIGKILL'))
    const begun = new Promise((resolve) => victim.stdout.once('data', resolve))
    const id = await inTenant((tx) => client.enqueue(tx, 'survivor', {}))
    await begun
    victim.kill('SIGKILL')
    const seen: RunningJob[] = []
    await start([{ name: 'survivor', handle: async (_, job) => void seen.push(job) }])
    await expect
      .poll(
        async () => {
          await passTime('survivor')
          return seen.map((job) => [job.id, job.attempt])
        },
        { timeout: 30_000, interval: 500 },
      )
      .toEqual([[id, 2]])
  })
})

describe.concurrent('a schedule', () => {
  it('is kept once per kind and key, with its tenant or none, and can be taken back', async ({ start, expect }) => {
    const jobs = await start([{ name: 'nightly', handle: async () => {} }], { work: false })
    await jobs.schedule('nightly', '0 3 * * *', { step: 1 })
    await jobs.schedule('nightly', '0 4 * * *', { step: 2 })
    await jobs.schedule('nightly', '0 8 * * 1', {}, { key: 'weekly', tenantId, timeZone: 'Europe/Madrid' })
    const stored = async () =>
      (await owner.query(`select key, cron, timezone, data from pgboss.schedule where name = 'nightly' order by key`))
        .rows
    expect(await stored()).toEqual([
      { key: '', cron: '0 4 * * *', timezone: 'UTC', data: { step: 2, tenantId: noTenant } },
      { key: 'weekly', cron: '0 8 * * 1', timezone: 'Europe/Madrid', data: { tenantId } },
    ])
    await jobs.unschedule('nightly')
    await jobs.unschedule('nightly', 'weekly')
    expect(await stored()).toEqual([])
    await expect(jobs.schedule('nightly', 'not a time', {})).rejects.toThrow()
  })

  it('adds jobs when its time comes', { timeout: 20_000 }, async ({ start, expect }) => {
    const seen: object[] = []
    const jobs = await start([{ name: 'minutely', handle: async (payload) => void seen.push(payload) }])
    // Every second, of which each minute gets one job: it is due at once.
    await jobs.schedule('minutely', '* * * * * *', { step: 1 })
    await expect.poll(() => seen[0], { timeout: 15_000 }).toEqual({ step: 1, tenantId: noTenant })
  })
})

describe.concurrent('the tables of the queue', () => {
  it('can be prepared again, and belong to the owner: the application can not change them', async ({ expect }) => {
    await prepareJobs(test.ownerUrl)
    const app = new Client({ connectionString: test.appUrl })
    await app.connect()
    await expect(app.query('create table pgboss.mine (id int)')).rejects.toThrow('permission denied')
    await expect(app.query('alter table pgboss.job add column mine int')).rejects.toThrow('must be owner')
    await expect(app.query('drop table pgboss.schedule')).rejects.toThrow('must be owner')
    await app.end()
  })
})

/** A worker that takes a job and never ends it. */
const victimScript = `
  import { createJobs } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
  const log = { info() {}, warn() {}, error() {} }
  const handle = () => new Promise(() => { process.stdout.write('begun'); setInterval(() => {}, 1000) })
  const kinds = [{ name: 'survivor', handle }]
  await createJobs({ appUrl: process.env.APP_URL, kinds, log, heartbeatSeconds: 10, pollSeconds: 0.5 }).start()
`
