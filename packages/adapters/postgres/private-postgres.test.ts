import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { attachPrivatePostgres, startPrivatePostgres } from './index.ts'
import { findPostmaster } from './postmaster.ts'
import { type ServerProcess, select, startServerProcess } from './private-postgres.fixture.ts'

/** A cluster made once; each test runs on a copy. */
const made = join(tmpdir(), `oneforge private ${randomUUID()}`)

beforeAll(async () => {
  await (await startPrivatePostgres({ dataDir: made, durability: 'test' })).stop()
})

afterAll(() => rmSync(made, { recursive: true, force: true }))

/** A data directory of a test's own, and the servers on it. */
class Place {
  readonly dataDir = join(tmpdir(), `oneforge private ${randomUUID()}`)
  readonly data = join(this.dataDir, 'postgres')
  private readonly servers: ServerProcess[] = []

  constructor() {
    // A copy, as a restored backup is one; when root makes it, it belongs to root and has to be given back.
    cpSync(made, this.dataDir, { recursive: true })
  }

  async startServer(): Promise<ServerProcess> {
    const server = await startServerProcess(this.dataDir)
    this.servers.push(server)
    return server
  }

  postmasterPid(): number {
    return findPostmaster(this.data)!.pid
  }

  clear(): void {
    for (const server of this.servers) server.child.kill('SIGKILL')
    const left = findPostmaster(this.data)
    if (left) process.kill(left.pid, 'SIGKILL')
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 10 })
  }
}

const it = test.extend<{ place: Place }>({
  // biome-ignore lint/correctness/noEmptyPattern: the shape that a fixture without others must have
  place: async ({}, use) => {
    const place = new Place()
    await use(place)
    place.clear()
  },
})

// They wait for processes to start and to end, side by side.
describe.concurrent('a private PostgreSQL', () => {
  it('is made once, keeps what was written, and syncs it to disk', async ({ place, expect }) => {
    const first = await startPrivatePostgres({ dataDir: place.dataDir })
    await select(await first.url(), 'CREATE TABLE kept AS SELECT 42 AS answer')
    expect(await select(await first.url(), "SELECT current_setting('fsync') AS answer")).toBe('on')
    expect(await select(await first.url(), "SELECT current_setting('data_checksums') AS answer")).toBe('on')
    await first.stop()
    expect(existsSync(join(place.data, 'postmaster.pid'))).toBe(false)

    const second = await startPrivatePostgres({ dataDir: place.dataDir })
    expect(second.majorVersion).toBe(18)
    expect(await select(await second.url(), 'SELECT answer FROM kept')).toBe(42)
    await second.stop()
  })

  it('keeps its password to its owner and asks for it', async ({ place, expect }) => {
    const postgres = await startPrivatePostgres({ dataDir: place.dataDir })
    expect(statSync(join(place.data, 'oneforge.password')).mode & 0o777).toBe(0o600)
    const url = new URL(await postgres.url())
    expect(url.username).toBe('oneforge_owner')
    url.password = 'guess'
    await expect(select(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    await postgres.stop()
  })

  it('reads letters of every language, in search and in trigrams', async ({ place, expect }) => {
    const postgres = await startPrivatePostgres({ dataDir: place.dataDir })
    const url = await postgres.url()
    expect(await select(url, "SELECT lower('ŻÓŁĆ Ñandú') AS answer")).toBe('żółć ñandú')
    expect(await select(url, "SELECT to_tsvector('simple', 'Łódź')::text AS answer")).toBe("'łódź':1")
    await select(url, 'CREATE EXTENSION pg_trgm')
    expect(await select(url, "SELECT similarity('żółw', 'żółwie') > 0.4 AS answer")).toBe(true)
    await postgres.stop()
  })

  it('gives any database that is asked for, also to two callers at once', async ({ place, expect }) => {
    const postgres = await startPrivatePostgres({ dataDir: place.dataDir })
    const [one, two] = await Promise.all([postgres.url('Tenant "7"'), postgres.url('Tenant "7"')])
    expect(one).toBe(two)
    expect(await select(one, 'SELECT current_database() AS answer')).toBe('Tenant "7"')
    await postgres.stop()
  })

  it('is found by the command line while it runs, and only then', async ({ place, expect }) => {
    expect(await attachPrivatePostgres({ dataDir: '/nowhere' })).toBeUndefined()
    expect(await attachPrivatePostgres({ dataDir: place.dataDir })).toBeUndefined()
    const server = await place.startServer()
    const attached = await attachPrivatePostgres({ dataDir: place.dataDir })
    expect(attached?.majorVersion).toBe(18)
    expect(await attached?.url()).toBe(server.url)
    await server.stop()
    expect(await attachPrivatePostgres({ dataDir: place.dataDir })).toBeUndefined()
  })
})

describe.concurrent('a second server on the same directory', () => {
  it('refuses, names the first and leaves it alone', async ({ place, expect }) => {
    const first = await place.startServer()
    const pid = place.postmasterPid()
    await expect(startPrivatePostgres({ dataDir: place.dataDir })).rejects.toThrow(
      `Another OneForge server (process ${first.child.pid}, since `,
    )
    expect(place.postmasterPid()).toBe(pid)
    expect(await select(first.url, 'SELECT 1 AS answer')).toBe(1)
  })

  it('may start once the first has stopped', async ({ place }) => {
    await (await place.startServer()).stop()
    await (await place.startServer()).stop()
  })
})

describe.concurrent('after a crash', () => {
  it('of the server, the next start takes over from the PostgreSQL left running', async ({ place, expect }) => {
    const killed = await place.startServer()
    await select(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const orphan = place.postmasterPid()
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    expect(place.postmasterPid()).toBe(orphan)

    const lines: string[] = []
    const next = await startPrivatePostgres({ dataDir: place.dataDir, log: (line) => lines.push(line) })
    expect(lines).toEqual([expect.stringContaining('still runs from a server that did not stop in order')])
    expect(place.postmasterPid()).not.toBe(orphan)
    expect(await select(await next.url(), 'SELECT answer FROM kept')).toBe(42)
    await next.stop()
  })

  it('of the server, also when the next start names the directory by a link', async ({ place, expect }) => {
    const killed = await place.startServer()
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    const link = `${place.dataDir}.link`
    symlinkSync(place.dataDir, link)
    expect(await (await attachPrivatePostgres({ dataDir: link }))?.url()).toBe(killed.url)
    const lines: string[] = []
    const next = await startPrivatePostgres({ dataDir: link, log: (line) => lines.push(line) })
    expect(lines).toEqual([expect.stringContaining('still runs')])
    await next.stop()
    rmSync(link)
  })

  it('of PostgreSQL, it is started again where its clients expect it, with all that was committed', async ({
    place,
    expect,
  }) => {
    const postgres = await startPrivatePostgres({ dataDir: place.dataDir })
    const url = await postgres.url()
    await select(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const killed = place.postmasterPid()
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => select(url, 'SELECT answer FROM kept').catch(() => 'away'), { timeout: 15_000 }).toBe(42)
    expect(place.postmasterPid()).not.toBe(killed)
    await postgres.stop()
  })

  it('of both, the next start recovers', async ({ place, expect }) => {
    const killed = await place.startServer()
    await select(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    killed.child.kill('SIGKILL')
    process.kill(place.postmasterPid(), 'SIGKILL')
    await once(killed.child, 'exit')
    const next = await startPrivatePostgres({ dataDir: place.dataDir })
    expect(await select(await next.url(), 'SELECT answer FROM kept')).toBe(42)
    await next.stop()
  })

  it('is not held up by a pid that belongs to another program by now', async ({ place, expect }) => {
    await (await startPrivatePostgres({ dataDir: place.dataDir })).stop()
    const stale = [process.pid, place.data, 1_700_000_000, 5432, '', '127.0.0.1', '', 'ready', ''].join('\n')
    writeFileSync(join(place.data, 'postmaster.pid'), stale)
    expect(await attachPrivatePostgres({ dataDir: place.dataDir })).toBeUndefined()
    await (await startPrivatePostgres({ dataDir: place.dataDir })).stop()
  })

  it('in the middle of making the cluster, it is made anew', async ({ place, expect }) => {
    rmSync(place.data, { recursive: true })
    mkdirSync(join(place.dataDir, 'postgres.initialising', 'base'), { recursive: true })
    await (await startPrivatePostgres({ dataDir: place.dataDir })).stop()
    expect(existsSync(join(place.dataDir, 'postgres.initialising'))).toBe(false)
  })
})

it.concurrent('does not hear Ctrl-C in the terminal: the server decides when the database stops', async ({
  place,
  expect,
}) => {
  const server = await place.startServer()
  process.kill(-server.child.pid!, 'SIGINT')
  await once(server.child, 'exit')
  await sleep(300)
  expect(await select(server.url, 'SELECT 1 AS answer')).toBe(1)
})

describe.concurrent('a directory that this PostgreSQL cannot run', () => {
  it('made by an older major version: says so, says what to do, changes nothing', async ({ place, expect }) => {
    writeFileSync(join(place.data, 'PG_VERSION'), '15\n')
    await expect(startPrivatePostgres({ dataDir: place.dataDir })).rejects.toThrow(
      /postgres was made by PostgreSQL 15, and this OneForge runs PostgreSQL 18\. Take a backup .* Nothing was changed\./,
    )
    expect(readdirSync(place.dataDir).sort()).toEqual(readdirSync(made).sort())
  })

  it('made by a newer one', async ({ place, expect }) => {
    writeFileSync(join(place.data, 'PG_VERSION'), '99\n')
    await expect(startPrivatePostgres({ dataDir: place.dataDir })).rejects.toThrow(
      'Start it with the newer OneForge that made it.',
    )
  })

  it('without a cluster in it', async ({ place, expect }) => {
    rmSync(join(place.data, 'PG_VERSION'))
    await expect(startPrivatePostgres({ dataDir: place.dataDir })).rejects.toThrow('holds no PostgreSQL cluster')
  })

  it('with a broken configuration: repeats what PostgreSQL said', async ({ place, expect }) => {
    appendFileSync(join(place.data, 'postgresql.conf'), 'no_such_setting = 1\n')
    await expect(startPrivatePostgres({ dataDir: place.dataDir })).rejects.toThrow(
      /did not start[\s\S]*no_such_setting/,
    )
  })
})
