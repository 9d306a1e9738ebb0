import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { Database, newId, sql } from '../database/index.ts'
import { delayAfter, maxAttempts, planChains, runPlan } from './chains.ts'
import { appendEvents, createDispatcher, type Dispatcher, type DomainEvent, type HandlingContext } from './index.ts'
import { forgetConsumer, listParked, pruneEvents, retryParked } from './upkeep.ts'

const event = (seq: number, recordId: string | null): DomainEvent => ({
  tenantId: 'tenant',
  seq,
  type: 'changed',
  objectId: null,
  recordId,
  actorId: null,
  payload: {},
  cause: null,
  at: '2026-01-01T00:00:00.000Z',
})

describe('the plan of handling', () => {
  const seqs = (plan: ReturnType<typeof planChains>) => plan.chains.map((chain) => chain.map((link) => link.event.seq))

  it('chains the events of a record and lets those without one stand alone', () => {
    const plan = planChains([], [event(1, 'a'), event(2, 'b'), event(3, 'a'), event(4, null), event(5, null)])
    expect(seqs(plan)).toEqual([[1, 3], [2], [4], [5]])
    expect(plan.held).toEqual([])
  })

  it('holds new events of a record back while an earlier one waits for its next attempt', () => {
    const waiting = [
      { event: event(1, 'a'), attempts: 2, dueInMs: 500 },
      { event: event(2, 'a'), attempts: 0, dueInMs: 0 },
    ]
    const plan = planChains(waiting, [event(3, 'a'), event(4, 'b')])
    expect(seqs(plan)).toEqual([[4]])
    expect(plan.held.map((one) => one.seq)).toEqual([3])
  })

  it('tries what is due first, then all that waited behind it', () => {
    const waiting = [
      { event: event(1, 'a'), attempts: 2, dueInMs: 0 },
      { event: event(2, 'a'), attempts: 0, dueInMs: 0 },
    ]
    expect(seqs(planChains(waiting, [event(3, 'a')]))).toEqual([[1, 2, 3]])
  })

  it('hands on together what is new of a tenant, and one by one where that fails or has failed before', async () => {
    const log: string[] = []
    const consumer = {
      name: 'together',
      async handle({ tenantId, seq }: DomainEvent) {
        log.push(`${tenantId} ${seq}`)
        if (seq === 4) throw new Error('no')
      },
      async handleTogether(events: DomainEvent[]) {
        log.push(events.map(({ tenantId, seq }) => `${tenantId} ${seq}`).join(', '))
        if (events.some(({ seq }) => seq === 4)) throw new Error('no')
      },
    }
    const of = (tenantId: string, seq: number, recordId: string) => ({ ...event(seq, recordId), tenantId })
    const waiting = [{ event: of('a', 1, 'old'), attempts: 1, dueInMs: 0 }]
    const fresh = [of('a', 2, 'x'), of('b', 3, 'y'), of('b', 4, 'y'), of('b', 5, 'z'), of('a', 6, 'y'), of('a', 7, 'x')]
    const plan = planChains(waiting, fresh)
    const options = { consumer, concurrency: 1, handlerTimeoutMs: 1_000, stopping: () => false }
    const { settled, failures } = await runPlan(plan, options)
    expect(log).toEqual(['a 2, a 6, a 7', 'b 3, b 4, b 5', 'a 1', 'b 3', 'b 4', 'b 5'])
    expect(settled.map(({ event: { seq } }) => seq)).toEqual([2, 6, 7, 1, 3, 5])
    expect(failures.map(({ seq, attempts }) => [seq, attempts])).toEqual([[4, 1]])
  })

  it('waits longer each time, a minute at the most', () => {
    expect([1, 2, 3, 4, 5].map(delayAfter)).toEqual([500, 2_000, 8_000, 32_000, 60_000])
  })
})

describe('events that fail', () => {
  let test: TestDatabase
  let database: Database
  let owner: Client
  let tenantId: string
  let dispatcher: Dispatcher | undefined

  beforeAll(async () => {
    test = await cloneDatabase()
    database = new Database({ url: test.appUrl, max: 6 })
    owner = new Client({ connectionString: test.ownerUrl })
    await owner.connect()
  })

  beforeEach(async () => {
    await owner.query('truncate tenants, event_cursors cascade')
    tenantId = newId()
    await database.run(
      { tenantId },
      sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Tenant', ${`t-${tenantId}`}, 'free')`,
    )
  })

  afterEach(async () => {
    await dispatcher?.stop()
    dispatcher = undefined
  })

  afterAll(async () => {
    await owner.end()
    await database.close()
    await test.drop()
  })

  const write = (...events: { type: string; recordId?: string }[]) =>
    database.transaction({ tenantId }, (tx) => appendEvents(tx, events))

  async function listen(
    handle: (event: DomainEvent, context: HandlingContext) => Promise<void>,
    options: { handlerTimeoutMs?: number; name?: string } = {},
  ): Promise<Dispatcher> {
    dispatcher = createDispatcher({
      database,
      listenUrl: test.appUrl,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      pollMs: 50,
      handlerTimeoutMs: options.handlerTimeoutMs,
      consumers: [{ name: options.name ?? 'fragile', handle }],
    })
    await dispatcher.start()
    return dispatcher
  }

  /** Lets the next attempt of everything that waits be due now. */
  const passTime = () => owner.query('update event_failures set next_attempt_at = now()')

  it('are tried again, and later events of the record wait while others go on', async () => {
    const [broken, other] = [newId(), newId()]
    const log: string[] = []
    let repaired = false
    await write(
      { type: 'broken 1', recordId: broken },
      { type: 'other 1', recordId: other },
      { type: 'broken 2', recordId: broken },
    )
    await listen(async ({ type }, { attempt }) => {
      log.push(`${type} #${attempt}`)
      if (type === 'broken 1' && !repaired) throw new Error('the receiver is away')
    })
    await expect.poll(() => log).toContain('other 1 #1')
    await write({ type: 'broken 3', recordId: broken }, { type: 'other 2', recordId: other })
    await expect.poll(() => log).toContain('other 2 #1')
    repaired = true
    await expect.poll(() => log).toContain('broken 3 #1')
    expect(log.filter((line) => line.startsWith('broken'))).toEqual([
      'broken 1 #1',
      'broken 1 #2',
      'broken 2 #1',
      'broken 3 #1',
    ])
    await expect.poll(async () => (await owner.query('select 1 from event_failures')).rowCount).toBe(0)
  })

  it('are parked after the last attempt, with the reason; the record goes on; an operator can try them again', async () => {
    const recordId = newId()
    const log: string[] = []
    let repaired = false
    await write({ type: 'poison', recordId }, { type: 'next', recordId })
    await listen(async ({ type }, { attempt }) => {
      if (type === 'poison' && !repaired) throw new TypeError('cannot read it')
      log.push(`${type} #${attempt}`)
    })
    for (let attempts = 1; attempts < maxAttempts; attempts++) {
      await expect
        .poll(async () => (await owner.query('select max(attempts) as n from event_failures')).rows[0].n)
        .toBe(attempts)
      expect(log).toEqual([])
      await passTime()
    }
    await expect.poll(() => log).toEqual(['next #1'])
    // What became of an event is written down a moment after its handler has ended.
    await expect.poll(async () => (await listParked(database)).length).toBe(1)
    const parked = await listParked(database)
    expect(parked).toEqual([
      {
        consumer: 'fragile',
        tenantId,
        seq: expect.any(Number),
        type: 'poison',
        recordId,
        attempts: maxAttempts,
        error: 'TypeError: cannot read it',
        parkedAt: expect.stringMatching(/Z$/),
      },
    ])
    expect(await listParked(database, { consumer: 'another' })).toEqual([])

    repaired = true
    expect(await retryParked(database, parked[0]!)).toBe(true)
    await expect.poll(() => log).toEqual(['next #1', 'poison #1'])
    await expect.poll(() => listParked(database)).toEqual([])
    expect(await retryParked(database, parked[0]!)).toBe(false)
  })

  it('counts a handler that never ends as failed, and tells it to stop', async () => {
    let aborted = false
    await write({ type: 'slow' })
    await listen(
      (_, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true
            setTimeout(resolve, 10)
          })
        }),
      { handlerTimeoutMs: 100 },
    )
    await expect
      .poll(async () => (await owner.query('select error from event_failures')).rows[0]?.error)
      .toBe('Error: The handler took longer than 0.1 s.')
    expect(aborted).toBe(true)
  })

  it('survive a restart between two attempts', async () => {
    const recordId = newId()
    const log: string[] = []
    await write({ type: 'first', recordId }, { type: 'second', recordId })
    const before = await listen(async () => {
      throw new Error('not yet')
    })
    await expect.poll(async () => (await owner.query('select 1 from event_failures')).rowCount).toBe(2)
    await before.stop()
    await passTime()
    await listen(async ({ type }, { attempt }) => void log.push(`${type} #${attempt}`))
    await expect.poll(() => log).toEqual(['first #2', 'second #1'])
  })

  it('are shown to their own tenant only', async () => {
    await write({ type: 'broken' })
    await listen(async () => {
      throw new Error('secret of the tenant')
    })
    await expect.poll(async () => (await owner.query('select 1 from event_failures')).rowCount).toBe(1)
    const select = sql`select error from event_failures`
    expect(await database.run({}, select)).toEqual([])
    expect(await database.run({ tenantId: newId() }, select)).toEqual([])
    expect(await database.run({ tenantId }, select)).toHaveLength(1)
  })

  it('stops after the event in hand and hands on the rest after the restart', async () => {
    const log: string[] = []
    await write(...Array.from({ length: 40 }, (_, i) => ({ type: String(i) })))
    const first = await listen(async ({ type }) => {
      log.push(type)
      await new Promise((resolve) => setTimeout(resolve, 30))
    })
    await expect.poll(() => log.length).toBeGreaterThan(3)
    await first.stop()
    const handled = log.length
    expect(handled).toBeLessThan(40)
    await listen(async ({ type }) => void log.push(type))
    await expect.poll(() => new Set(log).size).toBe(40)
    expect(log.length).toBe(40)
  })

  describe('old events', () => {
    const age = (days: number) => owner.query(`update events set at = now() - make_interval(days => $1)`, [days])
    const left = async () =>
      (await owner.query('select type from events order by seq')).rows.map((row: { type: string }) => row.type)

    it('are pruned when every consumer has passed them', async () => {
      const seen: string[] = []
      await write({ type: 'old 1' }, { type: 'old 2' })
      const running = await listen(async ({ type }) => void seen.push(type))
      await expect.poll(() => seen.length).toBe(2)
      await age(40)
      await write({ type: 'recent' })
      await expect.poll(() => seen.length).toBe(3)
      // The cursor leaves a window behind when it enters the next.
      await write({ type: 'latest' })
      await expect.poll(() => seen.length).toBe(4)
      await running.stop()
      expect(await pruneEvents(database, 30)).toBe(2)
      expect(await left()).toEqual(['recent', 'latest'])
    })

    it('stay while one consumer has not passed them, and are free when it is forgotten', async () => {
      const seen: string[] = []
      const slow = await listen(async () => {}, { name: 'slow' })
      await slow.stop()
      await write({ type: 'old' })
      await age(40)
      await listen(async ({ type }) => void seen.push(type), { name: 'fast' })
      await write({ type: 'new 1' })
      await expect.poll(() => seen.length).toBeGreaterThan(0)
      await write({ type: 'new 2' })
      await expect.poll(() => seen.at(-1)).toBe('new 2')
      expect(await pruneEvents(database, 30)).toBe(0)
      await forgetConsumer(database, 'slow')
      expect(await pruneEvents(database, 30)).toBe(1)
    })

    it('stay while they are parked, and while no consumer exists', async () => {
      await write({ type: 'old' })
      await age(40)
      expect(await pruneEvents(database, 30)).toBe(0)
      await listen(async ({ type }) => {
        if (type === 'old') throw new Error('no')
      })
      await expect.poll(async () => (await owner.query('select 1 from event_failures')).rowCount).toBe(1)
      await owner.query('update event_failures set parked_at = now()')
      await write({ type: 'new' })
      await write({ type: 'newer' })
      await expect
        .poll(async () => (await owner.query(`select seq > 0 as moved from event_cursors`)).rows[0]?.moved)
        .toBe(true)
      expect(await pruneEvents(database, 30)).toBe(0)
      expect(await left()).toEqual(['old', 'new', 'newer'])
    })

    it('of the last day can not be pruned, nor deleted by the application itself', async () => {
      await expect(pruneEvents(database, 0)).rejects.toThrow('ask for 1 day or more')
      await expect(database.run({ tenantId }, sql`delete from events`)).rejects.toThrow('permission denied')
    })
  })

  it('a database restored from a dump of a server that counted further loses no event', async () => {
    const seen: string[] = []
    await write({ type: 'handled' })
    const before = await listen(async ({ type }) => void seen.push(type))
    await expect.poll(() => seen).toEqual(['handled'])
    await before.stop()
    await write({ type: 'not handled yet' })
    // As a dump brings it: numbers that this server has not reached.
    await owner.query(`update events set xid = (xid::text::bigint + 1000000)::text::xid8`)
    await owner.query(`update event_cursors set (seen, reading) =
      (select snapshot, snapshot from (select (max(xid::text) || ':' || max(xid::text) || ':')::pg_snapshot from events) s (snapshot))`)
    await listen(async ({ type }) => void seen.push(type))
    await write({ type: 'after the restore' })
    await expect.poll(() => seen).toEqual(['handled', 'not handled yet', 'after the restore'])
  })
})
