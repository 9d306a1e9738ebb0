/** Keys and numbers of many records that change while people write, whom nothing keeps waiting. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Transaction } from '../../packages/kernel/database/database.ts'
import { compile } from '../../packages/kernel/database/statement.ts'
import type { Answer, ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

// Writers who never pause, and the job beside them, on a machine that does other things as well.
vi.setConfig({ testTimeout: 120_000 })

const old = 15_000
/** Enough for jobs, and for looks that are taken before the turn. */
const some = 4_000
let one: RunningSystem
let two: RunningSystem

beforeAll(async () => {
  one = await startSystem()
  two = await startSystem({ sharing: one })
})
afterAll(async () => {
  await two.stop()
  await one.stop()
})

/** A workspace with many records of one object, loaded past the record store; the same session at both servers. */
async function workspace(records = old): Promise<{ clients: [ApiClient, ApiClient]; objectId: string }> {
  const client = await one.register()
  const field = (key: string) => ({ key, label: key, type: 'text' })
  const things = { slug: 'things', label: 'Thing', labelPlural: 'Things', fields: [field('name'), field('code')] }
  const { id: objectId } = await client.post('/objects', things)
  await one.sql(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, data, created_at)
     select $1, $2, gen_random_uuid(), 'THI-' || lpad(n::text, 6, '0'), 'Thing ' || n, 'thing ' || n,
       jsonb_build_object('name', 'Thing ' || n, 'code', 'code-' || n), now() - (1000000 - n) * interval '1 second'
     from generate_series(1, $3::int) n`,
    [client.tenantId, objectId, records],
  )
  await one.sql('update record_counters set live = $2, last_number = $2 where object_id = $1', [objectId, records])
  return { clients: [client, client.at(two.url)], objectId }
}

const thingsOf = (client: ApiClient): Promise<Json> => client.get('/objects/things')
const fieldOf = async (client: ApiClient, key: string): Promise<Json> =>
  (await thingsOf(client)).fields.find((field: Json) => field.key === key)

async function ended(client: ApiClient, jobId: string): Promise<Json> {
  for (;;) {
    const job = await client.get(`/jobs/${jobId}`)
    if (!['pending', 'processing'].includes(job.status)) return job
    await setTimeout(50)
  }
}

/** Resolves once the workspace has no jobs under way. */
async function idle(tenantId: string): Promise<void> {
  const jobs = "select 1 from jobs where tenant_id = $1 and status in ('pending', 'processing')"
  while ((await one.sql(jobs, [tenantId])).length > 0) await setTimeout(50)
}

/** Resolves once somebody waits for a lock of that kind. */
async function waiting(locktype: 'advisory' | 'transactionid'): Promise<void> {
  const locks = `select 1 from pg_locks l join pg_stat_activity a using (pid)
    where a.datname = current_database() and l.locktype = $1 and not l.granted`
  while ((await one.sql(locks, [locktype])).length === 0) await setTimeout(20)
}

/**
 * Each living record with a code has exactly that value, and there is no other. Asked for by sets: a join would be planned
 * by what the planner believes of tables that have just been filled, at the worst row by row.
 */
async function expectExact(tenantId: string, objectId: string): Promise<void> {
  const [counted] = await one.sql<Record<string, string>>(
    `with living as (select id, lower(data ->> 'code') as value from records
       where tenant_id = $1 and object_id = $2 and deleted_at is null and data ? 'code'),
     taken as (select record_id, value from unique_values where tenant_id = $1)
     select (select count(*) from living) as living,
       (select count(distinct value) from living) as distinct_values,
       (select count(*) from taken) as taken,
       (select count(*) from (table living except table taken) missing) as missing`,
    [tenantId, objectId],
  )
  const { living } = counted!
  expect(counted).toEqual({ living, distinct_values: living, taken: living, missing: '0' })
}

describe('a field that becomes unique over 15,000 records', () => {
  it('is so in the end, whoever writes through two servers meanwhile', async () => {
    const { clients, objectId } = await workspace()
    const ids = await one.sql<{ id: string }>('select id from records where object_id = $1 order by id', [objectId])
    let isDone = false
    const answers: Answer[] = []
    const writer = async (w: number): Promise<void> => {
      const client = clients[w % 2]!
      for (let n = 0; !isDone; n++) {
        const { id } = ids[(n * 8 + w) % ids.length]!
        answers.push(await client.send('POST', '/things', { name: 'New', code: `shared ${n}` }))
        answers.push(await client.send('PATCH', `/things/${id}`, { code: `moved ${w} ${n}` }))
        if (n % 5 === 0) answers.push(await client.send('DELETE', `/things/${ids.at(-1 - n * 8 - w)!.id}`))
      }
    }
    const writers = Array.from({ length: 8 }, (_, w) => writer(w))
    await setTimeout(200)
    const before = answers.length
    const change = await clients[0].send('PATCH', '/objects/things/fields/code', { unique: true })
    const field = await fieldOf(clients[1], 'code')
    // What is made twice before the key was there is a duplicate: the job ends with it.
    expect([change.status, field.unique, field.computing]).toEqual([200, true, true])
    const job = await ended(clients[0], field.jobId)
    isDone = true
    await Promise.all(writers)
    expect(answers.length).toBeGreaterThan(before)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect([job.status, job.errors.length > 1]).toEqual(['failed', true])
    expect(await fieldOf(clients[1], 'code')).toMatchObject({ unique: false, computing: false })
    expect(await one.sql('select 1 from unique_values where tenant_id = $1', [clients[0].tenantId])).toEqual([])
  })

  it('refuses what is taken from the first moment on', async () => {
    const { clients, objectId } = await workspace()
    const ids = await one.sql<{ id: string }>('select id from records where object_id = $1 order by id', [objectId])
    await clients[0].patch('/objects/things/fields/code', { unique: true })
    const { jobId } = await fieldOf(clients[0], 'code')
    let isDone = false
    const finished = ended(clients[0], jobId).finally(() => {
      isDone = true
    })
    const counts: Record<string, number> = {}
    const writer = async (w: number): Promise<void> => {
      const client = clients[w % 2]!
      for (let n = 0; !isDone || n < 20; n++) {
        const { id } = ids[(n * 8 + w) % ids.length]!
        const calls = [
          client.send('POST', '/things', { name: 'New', code: `shared ${n}` }),
          client.send('PATCH', `/things/${id}`, { code: `moved ${w} ${n}` }),
          ...(n % 5 === 0 ? [client.send('DELETE', `/things/${ids.at(-1 - n * 8 - w)!.id}`)] : []),
        ]
        for (const { status } of await Promise.all(calls)) counts[status] = (counts[status] ?? 0) + 1
      }
    }
    await Promise.all(Array.from({ length: 8 }, (_, w) => writer(w)))
    const job = await finished
    expect([job.status, job.errors]).toEqual(['completed', []])
    expect(Object.keys(counts).sort()).toEqual(['200', '201', '204', '409'])
    expect(counts[409]).toBeGreaterThan(counts[201]!)
    expect(await fieldOf(clients[1], 'code')).toMatchObject({ unique: true, computing: false, jobId: null })
    await expectExact(clients[0].tenantId, objectId)
    // The writers may have come by any record meanwhile: one that still has a code has it alone.
    const [living] = await one.sql<{ code: string }>(
      "select data ->> 'code' as code from records where object_id = $1 and deleted_at is null and data ? 'code' limit 1",
      [objectId],
    )
    const taken = await clients[1].send('POST', '/things', { code: living!.code.toUpperCase() })
    expect(taken.status).toBe(409)
  })

  it('stays off where records share values, whose names the job tells', async () => {
    const { clients, objectId } = await workspace()
    const tenantId = clients[0].tenantId
    const twice = `update records set data = data || '{"code": "CODE-7"}' where object_id = $1 and record_number = 'THI-010000'`
    await one.sql(twice, [objectId])
    await clients[0].patch('/objects/things', { uniqueKeys: [{ key: 'by_code', fields: ['code'] }] })
    const { uniqueKeys } = await thingsOf(clients[0])
    const job = await ended(clients[0], uniqueKeys[0].jobId)
    expect(job.status).toBe('failed')
    expect(job.errors[0].message).toContain('share values')
    expect(job.errors[1].field).toBe('by_code')
    expect(job.errors[1].message.split(', ').sort()).toEqual(['THI-000007 Thing 7', 'THI-010000 Thing 10000'])
    expect((await thingsOf(clients[1])).uniqueKeys).toEqual([])
    expect(await one.sql('select 1 from unique_values where tenant_id = $1', [tenantId])).toEqual([])
    expect((await clients[1].send('POST', '/things', { name: 'Again', code: 'code-8' })).status).toBe(201)
  })

  it('leaves nothing behind of a writer who began while it was on and ends when it is off', async () => {
    const { clients, objectId } = await workspace()
    const twice = `update records set data = data || '{"code": "CODE-7"}' where object_id = $1 and record_number = 'THI-010000'`
    await one.sql(twice, [objectId])
    await clients[0].patch('/objects/things/fields/code', { unique: true })
    const { jobId } = await fieldOf(clients[0], 'code')
    // A new record waits for the counter when all else of it is decided.
    await two.sql('begin')
    await two.sql('select 1 from record_counters where object_id = $1 for update', [objectId])
    const late = clients[1].send('POST', '/things', { name: 'Late', code: 'late' })
    await waiting('advisory')
    expect((await clients[0].get(`/jobs/${jobId}`)).status).toBe('processing')
    await two.sql('commit')
    expect((await ended(clients[0], jobId)).status).toBe('failed')
    expect((await late).status).toBe(201)
    expect(await one.sql('select 1 from unique_values where tenant_id = $1', [clients[0].tenantId])).toEqual([])
  })

  it('leaves nothing behind of what others give up while it is being removed', async () => {
    const { clients, objectId } = await workspace()
    await clients[0].patch('/objects/things/fields/code', { unique: true })
    expect((await ended(clients[0], (await fieldOf(clients[0], 'code')).jobId)).status).toBe('completed')
    await two.sql('begin')
    await two.sql(
      `delete from unique_values u using records r where r.object_id = $1 and right(r.record_number, 2) = '00'
        and u.tenant_id = r.tenant_id and u.record_id = r.id`,
      [objectId],
    )
    await clients[0].patch('/objects/things/fields/code', { unique: false })
    await waiting('transactionid')
    await two.sql('commit')
    await idle(clients[0].tenantId)
    expect(await one.sql('select 1 from unique_values where tenant_id = $1', [clients[0].tenantId])).toEqual([])
  })

  it('is turned off and on again without meeting what is left of before', async () => {
    const { clients, objectId } = await workspace()
    const turn = async (unique: boolean): Promise<void> => {
      await clients[0].patch('/objects/things/fields/code', { unique })
      const { jobId } = await fieldOf(clients[0], 'code')
      if (jobId) expect((await ended(clients[0], jobId)).status).toBe('completed')
    }
    await turn(true)
    await clients[0].patch('/objects/things/fields/code', { unique: false })
    const first = await one.sql<{ id: string }>('select id from records where object_id = $1 limit 1', [objectId])
    await clients[1].patch(`/things/${first[0]!.id}`, { code: 'other' })
    await turn(true)
    await idle(clients[0].tenantId)
    await expectExact(clients[0].tenantId, objectId)
  })
})

describe('an autonumber field over 4,000 records', () => {
  it('numbers them in the order of their creation, those in the trash among them, and new ones after them', async () => {
    const { clients, objectId } = await workspace(some)
    const [thrown] = await one.sql<{ id: string }>('select id from records where object_id = $1 limit 1', [objectId])
    expect((await clients[0].send('DELETE', `/things/${thrown!.id}`)).status).toBe(204)
    await clients[0].post('/objects/things/fields', { key: 'serial', label: 'Serial', type: 'autonumber' })
    const { jobId, computing } = await fieldOf(clients[0], 'serial')
    expect(computing).toBe(true)
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, n) => clients[n % 2]!.post('/things', { name: `New ${n}` })),
    )
    expect(made.map(({ serial }) => Number(serial)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, n) => some + 1 + n),
    )
    expect((await ended(clients[0], jobId)).status).toBe('completed')
    const [wrong] = await one.sql<{ count: string }>(
      `select count(*) from records where object_id = $1 and right(record_number, 6) <> data ->> 'serial'
        and title like 'Thing %'`,
      [objectId],
    )
    expect(Number(wrong!.count)).toBe(0)
    const [all] = await one.sql<Record<string, string>>(
      "select count(distinct data ->> 'serial') as numbers, count(*) from records where object_id = $1",
      [objectId],
    )
    expect(all).toEqual({ numbers: String(some + 40), count: String(some + 40) })
  })
})

describe('a new pattern for the numbers of 4,000 records', () => {
  it('goes on after the greatest of them, found in one look and not number by number', async () => {
    const { clients, objectId } = await workspace(some)
    const statements = vi.spyOn(Transaction.prototype, 'query')
    await clients[0].patch('/objects/things', { numbering: { pattern: 'THI-{00001}' } })
    expect(statements.mock.calls.length).toBeLessThan(100)
    statements.mockRestore()
    expect((await clients[0].post('/things', { name: 'New' })).recordNumber).toBe(`THI-0${some + 1}`)
    await one.sql('update record_counters set last_number = 5 where object_id = $1', [objectId])
    await clients[0].patch('/objects/things', { numbering: { pattern: 'THI-{001}' } })
    expect((await clients[0].post('/things', { name: 'Newer' })).recordNumber).toBe(`THI-${some + 2}`)
  })
})

describe('a change of metadata', () => {
  it('lets others go on to write while it waits for one who takes long', async () => {
    const { clients } = await workspace(1)
    await two.sql('begin')
    await two.sql('select pg_advisory_xact_lock_shared(hashtextextended($1::uuid::text, 0))', [clients[0].tenantId])
    const change = clients[0].send('PATCH', '/objects/things', { label: 'Object' })
    await waiting('advisory')
    expect((await clients[1].send('POST', '/things', { name: 'New' })).status).toBe(201)
    await two.sql('commit')
    expect((await change).status).toBe(200)
  })
})

describe('another pattern for the numbers of many records', () => {
  const perYear = { pattern: 'THI-{YYYY}-{01}', restart: 'year' }

  /** A workspace whose numbers name the year and simply go on, with one such number. */
  async function yearly() {
    const { clients, objectId } = await workspace(some)
    await clients[0].patch('/objects/things', { numbering: { pattern: 'THI-{YYYY}-{01}' } })
    const made = async (w = 0): Promise<string> => (await clients[w]!.post('/things', { name: 'New' })).recordNumber
    const first = await made()
    expect(first).toMatch(/^THI-\d{4}-4001$/)
    return { clients, objectId, made, beginning: first.slice(0, -4) }
  }

  /** Holds the next look for numbers once it has found them. */
  function heldLook(): { reached: Promise<void>; letGo: () => void } {
    const reached = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const query = Transaction.prototype.query
    const held = vi.spyOn(Transaction.prototype, 'query')
    held.mockImplementation(async function (this: Transaction, statement) {
      const rows = await query.call(this, statement)
      if (compile(statement).text.includes('max(number')) {
        held.mockRestore()
        reached.resolve()
        await gate.promise
      }
      return rows as never
    })
    return { reached: reached.promise, letGo: gate.resolve }
  }

  it('lets others write while the greatest is looked for, and goes on after what they made', async () => {
    const { clients, made, beginning } = await yearly()
    const look = heldLook()
    const change = clients[0].send('PATCH', '/objects/things', { numbering: perYear })
    await look.reached
    expect(await made(1)).toBe(`${beginning}4002`)
    look.letGo()
    expect((await change).status).toBe(200)
    expect(await made(1)).toBe(`${beginning}4003`)
  })

  it('finds a number of somebody who began long before the look and ended after it', async () => {
    const { clients, objectId, made, beginning } = await yearly()
    const look = heldLook()
    const change = clients[0].send('PATCH', '/objects/things', { numbering: perYear })
    await look.reached
    await one.sql(
      `with counted as (update record_counters set last_number = last_number + 1, live = live + 1 where object_id = $1)
       insert into records (tenant_id, object_id, id, record_number, created_at, updated_at)
       values ($2, $1, gen_random_uuid(), $3, now() - interval '1 hour', now() - interval '1 hour')`,
      [objectId, clients[0].tenantId, `${beginning}5000`],
    )
    look.letGo()
    expect((await change).status).toBe(200)
    expect(await made()).toBe(`${beginning}5001`)
  })

  it('skips no number and gives none twice, whoever creates through two servers meanwhile', async () => {
    const { clients } = await yearly()
    let isDone = false
    const answers: Answer[] = []
    const writer = async (w: number): Promise<void> => {
      while (!isDone) answers.push(await clients[w % 2]!.send('POST', '/things', { name: `By ${w}` }))
    }
    const writers = Array.from({ length: 6 }, (_, w) => writer(w))
    const others = [{ pattern: 'T{00001}' }, { pattern: 'THI-{YYYY}-{01}' }, { pattern: 'THI-{0001}' }, null]
    for (const [n, other] of others.entries()) {
      for (const numbering of [{ pattern: 'Y{YYYY}-{01}', restart: 'year' }, other]) {
        const since = answers.length
        expect((await clients[n % 2]!.send('PATCH', '/objects/things', { numbering })).status).toBe(200)
        while (answers.length < since + 20) await setTimeout(10)
      }
    }
    isDone = true
    await Promise.all(writers)
    expect(answers.filter(({ status }) => status !== 201)).toEqual([])
    const numbers: string[] = answers.map(({ body }) => body.data.recordNumber)
    expect(new Set(numbers).size).toBe(numbers.length)
    const ofTheYear = numbers.filter((number) => /^Y\d{4}-/.test(number)).map((number) => Number(number.slice(6)))
    expect(ofTheYear.sort((a, b) => a - b)).toEqual(ofTheYear.map((_, index) => index + 1))
  })
})
