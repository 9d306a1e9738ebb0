import { spawn } from 'node:child_process'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase, testServers } from '../../../tests/postgres.ts'
import { Database, newId, sql, type Transaction } from '../database/index.ts'
import { appendEvents, createDispatcher, type Dispatcher, type DomainEvent, type Log } from './index.ts'

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }

describe.each(testServers())('the dispatcher on PostgreSQL $majorVersion', (server) => {
  let test: TestDatabase
  let database: Database
  let tenantId: string
  const running: Dispatcher[] = []
  const clients: Client[] = []

  beforeAll(async () => {
    test = await cloneDatabase({ server })
    database = new Database({ url: test.appUrl, max: 8 })
    tenantId = await createTenant()
  })

  afterEach(async () => {
    await Promise.all(running.splice(0).map((dispatcher) => dispatcher.stop()))
    await Promise.all(clients.splice(0).map((client) => client.end()))
  })

  afterAll(async () => {
    await database.close()
    await test.drop()
  })

  async function createTenant(): Promise<string> {
    const id = newId()
    await database.run(
      { tenantId: id },
      sql`insert into tenants (id, name, slug, plan) values (${id}, 'Tenant', ${`t-${id}`}, 'free')`,
    )
    return id
  }

  const say = (tx: Transaction, type: string, recordId: string | null = null) => appendEvents(tx, [{ type, recordId }])

  const write = (type: string, recordId: string | null = null) =>
    database.transaction({ tenantId }, (tx) => say(tx, type, recordId))

  /** A dispatcher with one consumer that remembers what it was given. */
  async function listen(
    name: string,
    options: {
      handle?: (event: DomainEvent) => Promise<void>
      tenantsMeant?: (tenantIds: string[]) => Promise<Set<string>>
      consumerDatabase?: Database
      pollMs?: number
      concurrency?: number
    } = {},
  ): Promise<{ seen: DomainEvent[]; types: () => string[]; dispatcher: Dispatcher }> {
    const seen: DomainEvent[] = []
    const dispatcher = createDispatcher({
      database: options.consumerDatabase ?? database,
      listenUrl: test.appUrl,
      log: silent,
      pollMs: options.pollMs ?? 100,
      concurrency: options.concurrency,
      consumers: [
        {
          name,
          ...(options.tenantsMeant ? { tenantsMeant: options.tenantsMeant } : {}),
          async handle(event) {
            await options.handle?.(event)
            seen.push(event)
          },
        },
      ],
    })
    await dispatcher.start()
    running.push(dispatcher)
    return { seen, types: () => seen.map((event) => event.type), dispatcher }
  }

  async function ownClient(): Promise<Client> {
    const client = new Client({ connectionString: test.appUrl })
    await client.connect()
    clients.push(client)
    return client
  }

  /** A transaction of the tenant that the test holds open. */
  async function beginTransaction(): Promise<Client> {
    const client = await ownClient()
    await client.query('begin')
    await client.query('select bind_tenant($1, null), pg_current_xact_id()', [tenantId])
    return client
  }

  const insertEvent = (client: Client, type: string, recordId: string) =>
    client.query('insert into events (tenant_id, type, record_id) values (current_tenant(), $1, $2)', [type, recordId])

  it('starts at the beginning of a new installation, and hands on the events of every tenant', async () => {
    const other = await createTenant()
    const objectId = newId()
    const recordId = newId()
    await database.transaction({ tenantId }, (tx) =>
      appendEvents(tx, [
        { type: 'first', objectId, recordId, actorId: recordId, payload: { amount: 5, name: "O'Hara" } },
        { type: 'second' },
      ]),
    )
    await database.transaction({ tenantId: other }, (tx) => say(tx, 'elsewhere'))

    const consumer = await listen('first-ever')
    await expect.poll(() => consumer.seen.length).toBe(3)
    expect(consumer.types().sort()).toEqual(['elsewhere', 'first', 'second'])
    expect(consumer.seen.find((event) => event.type === 'first')).toMatchObject({
      tenantId,
      objectId,
      recordId,
      actorId: recordId,
      payload: { amount: 5, name: "O'Hara" },
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    })
    expect(consumer.seen.find((event) => event.type === 'elsewhere')?.tenantId).toBe(other)
  })

  it('passes over events of tenants that a consumer has nothing to do for, and goes on behind them', async () => {
    const other = await createTenant()
    const asked: string[][] = []
    const meant = new Set([other])
    const tenantsMeant = async (tenantIds: string[]) => {
      asked.push(tenantIds)
      return meant
    }
    const first = await listen('choosy', { tenantsMeant })
    await write('not meant')
    await expect.poll(() => asked).toEqual([[tenantId]])
    await database.transaction({ tenantId: other }, (tx) => say(tx, 'meant'))
    await expect.poll(first.types).toEqual(['meant'])
    await first.dispatcher.stop()
    meant.add(tenantId)
    const second = await listen('choosy', { tenantsMeant })
    await write('meant from now on')
    await expect.poll(second.types).toEqual(['meant from now on'])
  })

  it('starts where the stream stands for a consumer that joins later', async () => {
    await listen('was-here-before')
    await write('before')
    const consumer = await listen('joins-later')
    await write('after')
    await expect.poll(consumer.types).toEqual(['after'])
  })

  it('goes on after a restart where it stopped', async () => {
    const first = await listen('restarted')
    await write('one')
    await expect.poll(first.types).toEqual(['one'])
    await first.dispatcher.stop()
    await write('two')
    const second = await listen('restarted')
    await expect.poll(second.types).toEqual(['two'])
  })

  it('never skips an event of a transaction that commits late, and lets no other wait for it', async () => {
    const consumer = await listen('late-commit')
    const late = await beginTransaction()
    await insertEvent(late, 'early number, late commit', newId())
    const quick = ['quick 0', 'quick 1', 'quick 2', 'quick 3', 'quick 4']
    for (const type of quick) await write(type)
    await expect.poll(() => consumer.types().sort()).toEqual(quick)
    await late.query('commit')
    await expect.poll(() => consumer.seen.length).toBe(6)
    expect(consumer.types().at(-1)).toBe('early number, late commit')
    expect(consumer.seen.at(-1)!.seq).toBeLessThan(Math.min(...consumer.seen.slice(0, -1).map((event) => event.seq)))
  })

  it('does not hand on what was rolled back', async () => {
    const consumer = await listen('rolled-back')
    const lost = await beginTransaction()
    await insertEvent(lost, 'never happened', newId())
    await lost.query('rollback')
    await write('happened')
    await expect.poll(consumer.types).toEqual(['happened'])
  })

  it('keeps the order of a record when the transactions that touch it have numbers the other way round', async () => {
    const recordId = newId()
    // The tenant's row stands for the record that each writer locks.
    const lockRow = `update tenants set name = name where id = current_tenant()`
    // Reads only when it is woken: what the three transactions leave is then one state.
    const consumer = await listen('interleaved', { pollMs: 60_000 })
    const elder = await beginTransaction()
    const bystander = await beginTransaction()
    const younger = await beginTransaction()
    await younger.query(lockRow)
    await insertEvent(younger, 'first, by the younger', recordId)
    const blocked = elder.query(lockRow)
    await younger.query('commit')
    await blocked
    await insertEvent(elder, 'second, by the elder', recordId)
    await elder.query('commit')
    consumer.dispatcher.wake()
    await expect.poll(consumer.types).toEqual(['first, by the younger', 'second, by the elder'])
    await insertEvent(bystander, 'third, by the one between', recordId)
    await bystander.query('commit')
    consumer.dispatcher.wake()
    await expect.poll(() => consumer.types().at(-1)).toBe('third, by the one between')
    expect(consumer.seen.length).toBe(3)
  })

  it('loses nothing and keeps each record in order under concurrent writers', async () => {
    const records = Array.from({ length: 8 }, newId)
    const counters = new Map(records.map((id) => [id, 0]))
    await database.run(
      { tenantId },
      sql`insert into roles (tenant_id, id, key, definition)
          select current_tenant(), id::uuid, id, '{"count": 0}'
          from jsonb_array_elements_text(${JSON.stringify(records)}::jsonb) as id`,
    )
    const consumer = await listen('crowd')
    const writer = async (seed: number) => {
      for (let i = 0; i < 25; i++) {
        const recordId = records[(seed * 7 + i * 3) % records.length]!
        await database.transaction({ tenantId }, async (tx) => {
          if (i % 3 === 0) await tx.query(sql`select pg_current_xact_id()`)
          if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
          const [row] = await tx.query<{ count: number }>(
            sql`update roles set position = position + 1 where tenant_id = current_tenant() and id = ${recordId}
                returning position as count`,
          )
          await say(tx, String(row!.count), recordId)
          counters.set(recordId, counters.get(recordId)! + 1)
        })
      }
    }
    await Promise.all(Array.from({ length: 8 }, (_, seed) => writer(seed)))
    await expect.poll(() => consumer.seen.length, { timeout: 10_000 }).toBe(200)
    for (const recordId of records) {
      const order = consumer.seen.filter((event) => event.recordId === recordId).map((event) => Number(event.type))
      expect(order).toEqual(Array.from({ length: counters.get(recordId)! }, (_, i) => i + 1))
    }
  })

  it('is served by one server at a time, and by another when that one goes', async () => {
    const log: string[] = []
    const one = await listen('shared', { handle: async (event) => void log.push(`one ${event.type}`) })
    await write('a')
    await expect.poll(() => log).toEqual(['one a'])
    await listen('shared', { handle: async (event) => void log.push(`two ${event.type}`) })
    await write('b')
    await expect.poll(() => log).toEqual(['one a', 'one b'])
    await one.dispatcher.stop()
    await write('c')
    await expect.poll(() => log).toEqual(['one a', 'one b', 'two c'])
  })

  it('loses no event when the server that serves it is killed', async () => {
    const first = await listen('killed')
    await first.dispatcher.stop()
    await database.transaction({ tenantId }, (tx) =>
      appendEvents(
        tx,
        Array.from({ length: 400 }, (_, i) => ({ type: String(i), recordId: tenantId })),
      ),
    )
    const victim = spawn(process.execPath, ['--input-type=module', '-e', victimScript], {
      env: { ...process.env, APP_URL: test.appUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    victim.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    await expect.poll(() => output.split('\n').length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(150)
    victim.kill('SIGKILL')
    await new Promise((resolve) => victim.once('close', resolve))
    const before = output.trim().split('\n').map(Number)
    const second = await listen('killed')
    await expect.poll(() => second.types().at(-1), { timeout: 5_000 }).toBe('399')
    const after = second.types().map(Number)
    expect(before).toEqual(before.map((_, i) => i))
    // It goes on where the cursor was written last: behind by a batch at the most, and without a gap.
    expect(after).toEqual(after.map((_, i) => after[0]! + i))
    expect(after[0]).toBeLessThanOrEqual(before.length)
    expect(after[0]).toBeGreaterThanOrEqual(before.length - 100)
  })

  it('wakes by wake() at once, and other servers by NOTIFY', async () => {
    const here = await listen('woken-here', { pollMs: 60_000 })
    const there = await listen('woken-there', { pollMs: 60_000 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    const started = performance.now()
    await database.transaction({ tenantId }, async (tx) => {
      await say(tx, 'ping')
      tx.onCommit(() => here.dispatcher.wake())
    })
    await expect.poll(() => here.seen.length + there.seen.length, { interval: 5 }).toBe(2)
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('tells the others once for a burst of writes', async () => {
    const { dispatcher } = await listen('burst')
    const ear = await ownClient()
    let heard = 0
    ear.on('notification', () => {
      heard += 1
    })
    await ear.query('listen oneforge_events')
    for (let i = 0; i < 500; i++) dispatcher.wake()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(heard).toBe(1)
  })

  it('goes on after its connection was cut', async () => {
    const consumer = await listen('cut')
    await write('before the cut')
    await expect.poll(consumer.types).toEqual(['before the cut'])
    const owner = new Client({ connectionString: test.ownerUrl })
    await owner.connect()
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name in ('oneforge events', 'oneforge')`)
    await owner.end()
    const written = () =>
      write('after the cut').then(
        () => true,
        () => false,
      )
    await expect.poll(written).toBe(true)
    await expect.poll(consumer.types, { timeout: 5_000 }).toEqual(['before the cut', 'after the cut'])
  })

  it('shows the events of all tenants to nobody but the dispatcher', async () => {
    const client = await ownClient()
    expect((await client.query('select count(*)::int as n from events')).rows[0].n).toBe(0)
    await client.query('begin')
    await client.query('set local role oneforge_dispatcher')
    expect((await client.query('select count(*)::int as n from events')).rows[0].n).toBeGreaterThan(0)
    await expect(client.query('delete from events')).rejects.toThrow('permission denied')
    await client.query('rollback')
    expect((await client.query('select count(*)::int as n from events')).rows[0].n).toBe(0)
  })
})

describe('reading', () => {
  it('does not grow with what lies before: neither a sequential scan nor a walk from the beginning', async () => {
    const test = await cloneDatabase()
    const owner = new Client({ connectionString: test.ownerUrl })
    await owner.connect()
    const tenantId = newId()
    await owner.query(`insert into tenants (id, name, slug, plan) values ($1, 'Tenant', 'tenant', 'free')`, [tenantId])
    await owner.query(`insert into events (tenant_id, type) select $1, 'old' from generate_series(1, 50000)`, [
      tenantId,
    ])
    await owner.query('vacuum analyze events')
    // A window begins at the oldest transaction that runs anywhere on the server: let those of other tests end first.
    const written = (await owner.query('select pg_snapshot_xmax(pg_current_snapshot())::text as xid')).rows[0].xid
    const settled = 'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as yes'
    await expect.poll(async () => (await owner.query(settled, [written])).rows[0].yes, { timeout: 15_000 }).toBe(true)
    await owner.query(`insert into event_cursors (consumer, seen, reading)
      values ('current', pg_current_snapshot(), pg_current_snapshot())`)

    // A connection reports what it read when it ends.
    const reads = () =>
      owner.query(`select t.seq_scan::int as scans, sum(i.idx_tup_read)::int as entries, sum(i.idx_scan)::int as looks
        from pg_stat_user_tables t join pg_stat_user_indexes i using (relid) where t.relname = 'events' group by 1`)
    // What filling the table read is reported at leisure, too: not before now would count it as the dispatcher's.
    await owner.query('select pg_stat_force_next_flush()')
    const scansBefore = (await reads()).rows[0].scans

    const database = new Database({ url: test.appUrl, max: 2 })
    const seen: DomainEvent[] = []
    const dispatcher = createDispatcher({
      database,
      listenUrl: test.appUrl,
      log: silent,
      consumers: [{ name: 'current', handle: async (event) => void seen.push(event) }],
    })
    await dispatcher.start()
    for (let i = 1; i <= 20; i++) {
      await database.transaction({ tenantId }, (tx) => appendEvents(tx, [{ type: 'new' }]))
      dispatcher.wake()
      await expect.poll(() => seen.length, { interval: 5 }).toBe(i)
    }
    await dispatcher.stop()
    await database.close()
    await expect.poll(async () => (await reads()).rows[0].looks).toBeGreaterThan(40)
    const { scans, entries } = (await reads()).rows[0]
    expect(scans).toBe(scansBefore)
    expect(entries).toBeLessThan(1_000)
    await owner.end()
    await test.drop()
  })
})

/** A server that hands on events slowly and tells of each. */
const victimScript = `
  import { createDispatcher } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
  import { Database } from ${JSON.stringify(new URL('../database/index.ts', import.meta.url).href)}
  const log = { info() {}, warn() {}, error() {} }
  const handle = async (event) => {
    await new Promise((resolve) => setTimeout(resolve, 2))
    process.stdout.write(event.type + '\\n')
  }
  const url = process.env.APP_URL
  const database = new Database({ url })
  await createDispatcher({ database, listenUrl: url, log, consumers: [{ name: 'killed', handle }] }).start()
`
