import { createServer, type Server, Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase, testServers } from '../../../tests/postgres.ts'
import { AppError } from '../errors/index.ts'
import { CallerGone, Database, type DatabaseOptions, newId, StaleModel, sql } from './index.ts'

describe.each(testServers())('a transaction on PostgreSQL $majorVersion', (server) => {
  let test: TestDatabase
  let database: Database
  let tenantId: string
  const opened: Database[] = []

  beforeAll(async () => {
    test = await cloneDatabase({ server })
    database = new Database({ url: test.appUrl, max: 5 })
    tenantId = await createTenant('Alpha')
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()))
  })

  afterAll(async () => {
    await database.close()
    await test.drop()
  })

  async function createTenant(name: string): Promise<string> {
    const id = newId()
    await database.run(
      { tenantId: id },
      sql`insert into tenants (id, name, slug, plan) values (${id}, ${name}, ${`t-${id}`}, 'free')`,
    )
    return id
  }

  function open(options: Partial<DatabaseOptions>): Database {
    const other = new Database({ url: test.appUrl, ...options })
    opened.push(other)
    return other
  }

  const tenantNames = sql`select name from tenants order by name`
  const addRole = (key: string) =>
    sql`insert into roles (tenant_id, id, key, definition) values (current_tenant(), ${newId()}, ${key}, '{}')`
  const roleKeys = async () =>
    (await database.run<{ key: string }>({ tenantId }, sql`select key from roles order by key`)).map((row) => row.key)

  describe('its binding', () => {
    it('shows the tenant alone, and without one nothing', async () => {
      const other = await createTenant('Beta')
      expect(await database.run({ tenantId }, tenantNames)).toEqual([{ name: 'Alpha' }])
      expect(await database.run({ tenantId: other }, tenantNames)).toEqual([{ name: 'Beta' }])
      expect(await database.run({}, tenantNames)).toEqual([])
      expect(await database.run({ tenantId: newId() }, tenantNames)).toEqual([])
    })

    it('is gone for the next user of the connection, however the transaction ended', async () => {
      const single = open({ max: 1 })
      const seesNothing = async () => {
        expect(await single.run({}, tenantNames)).toEqual([])
        const [bound] = await single.run({}, sql`select current_tenant() as tenant, bound_user() as "user"`)
        expect(bound).toEqual({ tenant: null, user: null })
      }
      await single.run({ tenantId, userId: newId() }, tenantNames)
      await seesNothing()
      await single.transaction({ tenantId, userId: newId() }, async (tx) => void (await tx.query(tenantNames)))
      await seesNothing()
      await expect(single.run({ tenantId }, sql`select 1 / 0`)).rejects.toThrow('division by zero')
      await seesNothing()
      const failing = single.transaction({ tenantId }, async (tx) => {
        await tx.query(tenantNames)
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      await seesNothing()
    })

    it('keeps a hundred concurrent transactions of two tenants on five connections apart', async () => {
      const other = await createTenant('Gamma')
      const work = Array.from({ length: 100 }, async (_, i) => {
        const mine = i % 2 === 0
        const rows = await database.transaction({ tenantId: mine ? tenantId : other }, async (tx) => {
          if (i % 3 === 0) await tx.query(sql`select pg_sleep(0.002)`)
          if (i % 10 === 7) throw new Error('planned')
          return i % 4 === 0 ? tx.final<{ name: string }>(tenantNames) : tx.query<{ name: string }>(tenantNames)
        })
        expect(rows).toEqual([{ name: mine ? 'Alpha' : 'Gamma' }])
      })
      const outcomes = await Promise.allSettled(work)
      const failures = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(failures.map((outcome) => (outcome.reason as Error).message)).toEqual(Array(10).fill('planned'))
      expect(database.metrics().total).toBeLessThanOrEqual(5)
      expect(database.metrics()).toMatchObject({ waiting: 0, idle: database.metrics().total })
    })

    it('to an old version raises StaleModel and writes nothing', async () => {
      const [{ version }] = (await database.run<{ version: number }>(
        { tenantId },
        sql`select version from tenants`,
      )) as [{ version: number }]
      await database.run({ tenantId, version }, addRole('current'))
      await database.run({ tenantId }, sql`update tenants set version = version + 1`)
      await expect(database.run({ tenantId, version }, addRole('stale alone'))).rejects.toBeInstanceOf(StaleModel)
      const longer = database.transaction({ tenantId, version }, async (tx) => {
        await tx.query(addRole('stale first'))
        await tx.query(addRole('stale second'))
      })
      await expect(longer).rejects.toBeInstanceOf(StaleModel)
      const undecided = database.transaction({ tenantId, version }, async () => {
        throw new Error('decided on old metadata')
      })
      await expect(undecided).rejects.toBeInstanceOf(StaleModel)
      expect(await roleKeys()).toEqual(['current'])
    })
  })

  describe('its end', () => {
    it('commits with final, and calls those who wait for the commit', async () => {
      let heard = 0
      await database.transaction({ tenantId }, async (tx) => {
        tx.onCommit(() => {
          heard += 1
        })
        await tx.query(addRole('one'))
        await tx.final(addRole('two'))
        expect(heard).toBe(1)
        await expect(tx.query(addRole('three'))).rejects.toThrow('already ended')
      })
      expect(heard).toBe(1)
      expect(await roleKeys()).toEqual(expect.arrayContaining(['one', 'two']))
    })

    it('rolls back all of it after an error, also in the middle of a batch, and calls nobody', async () => {
      let heard = 0
      const before = await roleKeys()
      const failing = database.transaction({ tenantId }, async (tx) => {
        tx.onCommit(() => {
          heard += 1
        })
        await tx.query(addRole('lost 1'))
        await tx.batch([addRole('lost 2'), sql`select 1 / 0`, addRole('lost 3')])
      })
      await expect(failing).rejects.toThrow('division by zero')
      await expect(
        database.transaction({ tenantId }, (tx) => tx.finalBatch([addRole('lost 4'), sql`select 1 / 0`])),
      ).rejects.toThrow('division by zero')
      expect(await roleKeys()).toEqual(before)
      expect(heard).toBe(0)
    })

    it('refuses a value that cannot be serialised, and what was sent before it takes no effect', async () => {
      const before = await roleKeys()
      const circular: Record<string, unknown> = {}
      circular.self = circular
      const bad = { text: 'select $1::jsonb as value', values: [circular] }
      await expect(database.run({ tenantId }, bad)).rejects.toThrow('circular')
      await expect(
        database.transaction({ tenantId }, (tx) => tx.finalBatch([addRole('before it'), bad, addRole('after it')])),
      ).rejects.toThrow('circular')
      expect(await roleKeys()).toEqual(before)
      expect(await database.run({ tenantId }, tenantNames)).toEqual([{ name: 'Alpha' }])
    })
  })

  describe('its round trips', () => {
    let proxy: Server
    let url: string
    let trips = 0
    const sockets = new Set<Socket>()

    // Stands between the pool and PostgreSQL and counts how often the client speaks after the server has answered.
    beforeAll(async () => {
      const target = new URL(test.appUrl)
      proxy = createServer((client) => {
        const upstream = new Socket().connect(Number(target.port), target.hostname)
        let answered = true
        client.on('data', (bytes) => {
          if (answered) trips += 1
          answered = false
          upstream.write(bytes)
        })
        upstream.on('data', (bytes) => {
          answered = true
          client.write(bytes)
        })
        for (const [socket, peer] of [
          [client, upstream],
          [upstream, client],
        ] as const) {
          sockets.add(socket)
          socket.on('error', () => {})
          socket.on('close', () => peer.destroy())
        }
      })
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
      const address = proxy.address() as { port: number }
      const through = new URL(target)
      through.hostname = '127.0.0.1'
      through.port = String(address.port)
      url = through.href
    })

    afterAll(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    })

    async function tripsOf(work: (through: Database) => Promise<unknown>): Promise<number> {
      const through = open({ url, max: 1 })
      await through.run({}, sql`select 1`)
      const counts: number[] = []
      // The first time statements are parsed, the third time they are prepared: the count must not depend on it.
      for (let i = 0; i < 3; i++) {
        trips = 0
        await work(through)
        counts.push(trips)
      }
      expect(new Set(counts).size).toBe(1)
      return counts[0]!
    }

    it('is one for each flush of work that only reads, its end included', async () => {
      const reading = (through: Database) =>
        through.transaction({ tenantId, readsOnly: true }, async (tx) => {
          expect(await tx.query(tenantNames)).toEqual([{ name: 'Alpha' }])
          expect(await tx.batch([tenantNames, tenantNames])).toHaveLength(2)
          await tx.confirmVersion()
        })
      expect(await tripsOf(reading)).toBe(2)
    })

    it('are one for a read, and one for a write with its binding', async () => {
      expect(await tripsOf((through) => through.run({ tenantId, userId: newId() }, tenantNames))).toBe(1)
      expect(await tripsOf((through) => through.run({ tenantId }, addRole(newId())))).toBe(1)
    })

    it('are one for each step of a longer one, and none for BEGIN, binding and COMMIT', async () => {
      const steps = tripsOf((through) =>
        through.transaction({ tenantId }, async (tx) => {
          await tx.query(tenantNames)
          await tx.batch([tenantNames, tenantNames, tenantNames])
          await tx.final(addRole(newId()))
        }),
      )
      expect(await steps).toBe(3)
    })

    it('are none for what goes ahead of the next statements, in its order', async () => {
      const setting = sql<{ value: string }>`select current_setting('oneforge.cause', true) as value`
      const settle = (value: string) => sql`select set_config('oneforge.cause', ${value}, true)`
      const values: unknown[] = []
      const steps = tripsOf((through) =>
        through.transaction({ tenantId }, async (tx) => {
          tx.goAhead(settle('first'))
          values.push(...(await tx.query(setting)))
          tx.goAhead(settle('second'))
          values.push(...(await tx.final(setting)))
        }),
      )
      expect(await steps).toBe(2)
      // The last of the rounds that are counted.
      expect(values.slice(-2)).toEqual([{ value: 'first' }, { value: 'second' }])
    })

    it('are none for a transaction that never asks anything', async () => {
      expect(await tripsOf((through) => through.transaction({ tenantId }, async () => 5))).toBe(0)
    })
  })

  describe('when the database is slow or away', () => {
    it('a statement that takes too long is stopped: UNAVAILABLE, and the connection is fit for use', async () => {
      const quick = open({ max: 1, statementTimeoutMs: 100 })
      const error = await quick.run({ tenantId }, sql`select pg_sleep(5)`).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'UNAVAILABLE', status: 503, retryAfter: 1 })
      expect(await quick.run({ tenantId }, tenantNames)).toEqual([{ name: 'Alpha' }])
    })

    it('a request that finds no free connection in time is told to come back', async () => {
      const narrow = open({ max: 1, acquireTimeoutMs: 100 })
      // On a busy machine making the connection takes longer than that.
      const isConnected = () => narrow.run({}, sql`select 1`).then(Boolean, () => false)
      await expect.poll(isConnected, { timeout: 10_000 }).toBe(true)
      const long = narrow.run({ tenantId }, sql`select pg_sleep(0.4)`)
      await expect(narrow.run({ tenantId }, tenantNames)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 1 })
      expect(narrow.metrics()).toMatchObject({ total: 1, idle: 0 })
      await long
      expect(await narrow.run({ tenantId }, tenantNames)).toEqual([{ name: 'Alpha' }])
    })

    it('a server that cannot be reached is UNAVAILABLE', async () => {
      const nowhere = open({ url: 'postgres://nobody@127.0.0.1:1/nothing', acquireTimeoutMs: 500 })
      await expect(nowhere.run({}, sql`select 1`)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })

    it.each(['while it waits for an answer', 'between two statements'])(
      'a connection cut %s fails the transaction, not the process, and is replaced',
      async (moment) => {
        const single = open({ max: 1 })
        const cut = single.transaction({ tenantId }, async (tx) => {
          const [row] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
          const terminate = sql`select pg_terminate_backend(${row!.pid}::int)`
          if (moment === 'between two statements') {
            await database.run({}, terminate)
            await new Promise((resolve) => setTimeout(resolve, 50))
          } else setTimeout(() => void database.run({}, terminate), 50)
          await tx.query(sql`select pg_sleep(2)`)
        })
        await expect(cut).rejects.toThrow()
        expect(await single.run({ tenantId }, tenantNames)).toEqual([{ name: 'Alpha' }])
      },
    )
  })

  describe('for a caller who goes away', () => {
    it('is cancelled where it waits, asks nothing more, and leaves the connection to others', async () => {
      const single = open({ max: 2 })
      const caller = new AbortController()
      const binding = { tenantId, readsOnly: true, caller: caller.signal }
      const given = single.transaction(binding, async (tx) => {
        const [row] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
        setTimeout(() => caller.abort(), 20)
        await tx.query(sql`select pg_sleep(20), ${row!.pid}::int as asked`)
      })
      await expect(given).rejects.toBeInstanceOf(CallerGone)
      await expect(single.run(binding, tenantNames)).rejects.toBeInstanceOf(CallerGone)
      expect(await Promise.all([1, 2, 3].map(() => single.run({ tenantId }, tenantNames)))).toHaveLength(3)
      expect(single.metrics()).toMatchObject({ waiting: 0, idle: single.metrics().total })
    })

    it('is cancelled where all connections are busy too', async () => {
      const single = open({ max: 1 })
      const caller = new AbortController()
      const given = single.transaction({ tenantId, readsOnly: true, caller: caller.signal }, async (tx) => {
        setTimeout(() => caller.abort(), 20)
        await tx.query(sql`select pg_sleep(20)`)
      })
      await expect(given).rejects.toBeInstanceOf(CallerGone)
      expect(await single.run({ tenantId }, tenantNames)).toEqual([{ name: 'Alpha' }])
    })
  })

  describe('its prepared statements', () => {
    const twice = (value: number) => sql<{ double: number }>`select ${value}::int * 2 as double`
    const inverse = (value: number) => sql<{ tenth: number }>`select 10 / ${value}::int as tenth`

    it('are used again and survive errors of their own and of others', async () => {
      const single = open({ max: 1 })
      for (let i = 1; i <= 4; i++) {
        expect(await single.run({}, twice(i))).toEqual([{ double: i * 2 }])
        expect(await single.run({}, inverse(i))).toEqual([{ tenth: Math.trunc(10 / i) }])
        await expect(single.run({}, inverse(0))).rejects.toThrow('division by zero')
        await expect(single.run({}, sql`select no_such_column`)).rejects.toThrow('does not exist')
        await expect(
          single.transaction({ tenantId }, (tx) => tx.batch([inverse(0), sql`select ${i}::int as never_parsed`])),
        ).rejects.toThrow('division by zero')
        expect(await single.run({}, sql`select ${i}::int as never_parsed`)).toEqual([{ never_parsed: i }])
      }
      const prepared = await single.run<{ uses: number }>(
        {},
        sql`select generic_plans + custom_plans as uses from pg_prepared_statements where starts_with(statement, 'select $1::int * 2')`,
      )
      // The first use may have been of a text not seen before, which is not worth a name.
      expect(prepared).toHaveLength(1)
      expect(prepared[0]!.uses).toBeGreaterThanOrEqual(3)
    })

    it('give the right columns when several with different ones share a flush', async () => {
      const single = open({ max: 1 })
      for (let i = 1; i <= 3; i++) {
        const rows = await single.transaction({}, (tx) =>
          tx.batch([
            twice(i),
            sql`select 'x' as letter, null::int as nothing`,
            twice(i),
            sql`select 1 as one where false`,
          ]),
        )
        expect(rows).toEqual([[{ double: i * 2 }], [{ letter: 'x', nothing: null }], [{ double: i * 2 }], []])
      }
    })
  })

  it('reads values as the application uses them', async () => {
    const [row] = await database.run(
      {},
      sql`select 9007199254740991::int8 as big, date '2026-02-28' as day, timestamptz '2026-02-28 10:00:00.1234+02' as at,
            '{"a": [1]}'::jsonb as data, array['a', 'b'] as list, true as flag, 1.50::numeric as exact`,
    )
    expect(row).toEqual({
      big: Number.MAX_SAFE_INTEGER,
      day: '2026-02-28',
      at: '2026-02-28T08:00:00.123Z',
      data: { a: [1] },
      list: ['a', 'b'],
      flag: true,
      exact: '1.50',
    })
  })
})
