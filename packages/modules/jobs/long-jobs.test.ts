import { Database, newId, sql } from '@oneforge/kernel/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { type JobRun, LongJobs } from './index.ts'

let cloned: TestDatabase
let database: Database
let tenantId: string

beforeAll(async () => {
  cloned = await cloneDatabase()
  database = new Database({ url: cloned.appUrl, max: 2 })
  tenantId = newId()
  await database.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Tenant', 'tenant', 'free')`,
  )
})
afterAll(async () => {
  await database.close()
  await cloned.drop()
})

/** A job of a kind that works as told. */
async function jobThat(
  work: (run: JobRun) => Promise<object>,
): Promise<{ run(): Promise<void>; status(): Promise<object> }> {
  const longJobs = new LongJobs({ database, enqueue: async () => null })
  longJobs.register({ type: 'work', source: 'system', asSystem: true, run: work })
  const id = newId()
  await database.run(
    { tenantId },
    sql`insert into jobs (tenant_id, id, type, input) values (${tenantId}, ${id}, 'work', '{}')`,
  )
  return {
    run: () => longJobs.run(tenantId, id, { signal: new AbortController().signal }),
    async status() {
      const read = sql`select status, errors from jobs where tenant_id = ${tenantId} and id = ${id}`
      return (await database.run({ tenantId }, read))[0]!
    },
  }
}

const processing = { status: 'processing', errors: [] }
const failed = {
  status: 'failed',
  errors: [{ message: expect.stringMatching(/^Something went wrong \(job .*\). Resume it to try again.$/) }],
}

describe('a job whose runs end unexpectedly', () => {
  it('is tried again, and fails with the sixth that gets nowhere', async () => {
    const job = await jobThat(() => Promise.reject(new Error('no')))
    for (let n = 1; n < 6; n++) {
      await expect(job.run()).rejects.toThrow('no')
      expect(await job.status()).toEqual(processing)
    }
    await expect(job.run()).rejects.toThrow('no')
    expect(await job.status()).toEqual(failed)
    await job.run()
  })

  it('goes on for as long as it gets on', async () => {
    const job = await jobThat(async (run) => {
      const state = { progress: 1, checkpoint: {}, result: {}, errors: [] }
      await run.transaction(({ tx }) => run.save(tx, state))
      throw new Error('no')
    })
    for (let n = 0; n < 10; n++) await expect(job.run()).rejects.toThrow('no')
    expect(await job.status()).toEqual(processing)
  })

  it('fails as well where they went down with their servers', async () => {
    let [begun, isOver] = [0, false]
    const job = await jobThat(async () => {
      begun += 1
      while (!isOver) await new Promise((resolve) => setTimeout(resolve, 10))
      return {}
    })
    const runs: Promise<void>[] = []
    for (let n = 1; n <= 6; n++) {
      runs.push(job.run())
      await expect.poll(() => begun).toBe(n)
    }
    expect(await job.status()).toEqual(processing)
    await job.run()
    expect(await job.status()).toEqual(failed)
    isOver = true
    await Promise.all(runs)
    expect(await job.status()).toEqual(failed)
  })
})
