/** A real database with one or more identity servers on it, for the tests of this module. */
import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { DnsTextRecords } from '@oneforge/adapters/dns'
import { Database } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import { OperationRegistry, OperationRunner } from '@oneforge/kernel/operations'
import type { RequestFacts } from '@oneforge/kernel/tenancy'
import { Outbox } from '@oneforge/modules/messaging'
import pg from 'pg'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { createIdentity, type Identity, type IdentityOptions } from './index.ts'
import type { SignedIn } from './sign-in.service.ts'

export const goodPassword = 'a lantern in the orchard'
export const page = { 'x-oneforge-client': 'web' }

/** Time as the servers of a test see it. */
export class Clock {
  private time = Date.now()

  readonly now = (): Date => new Date(this.time)

  advance(step: { seconds?: number; minutes?: number; days?: number }): void {
    this.time += ((step.seconds ?? 0) + 60 * (step.minutes ?? 0) + 86_400 * (step.days ?? 0)) * 1000
  }
}

export interface CallOptions {
  /** Sent as `Authorization: Bearer`. */
  token?: string
  headers?: Record<string, string>
  ip?: string
  locale?: string
}

export interface Answer<T> {
  output: T
  headers: Headers
}

/** One server: what a transport does with the module, without HTTP. */
export class TestServer {
  readonly identity: Identity
  readonly database: Database
  private readonly registry: OperationRegistry
  readonly runner: OperationRunner
  private readonly clock: Clock

  constructor(options: Omit<IdentityOptions, 'now' | 'isOperation'>, clock: Clock) {
    this.clock = clock
    this.database = options.database
    this.identity = createIdentity({
      ...options,
      isOperation: (name) => this.registry.get(name) !== undefined,
      now: clock.now,
    })
    this.registry = new OperationRegistry(this.identity.operations)
    this.runner = new OperationRunner(options.database)
  }

  async answer<T>(name: string, input: unknown = {}, options: CallOptions = {}): Promise<Answer<T>> {
    const operation = this.registry.get(name)!
    const headers = new Headers(options.headers)
    if (options.token) headers.set('authorization', `Bearer ${options.token}`)
    const { method, path } = operation.http
    const principal = operation.access === 'public' ? null : await this.identity.authenticate(headers, method)
    const response = { headers: new Headers() }
    const output = await this.runner.run({
      operation,
      input,
      principal,
      response,
      request: new Request(`http://localhost${path}`, { method, headers }),
      facts: this.facts(options),
    })
    return { output: output as T, headers: response.headers }
  }

  /** What is known of a request beside who sends it. */
  facts(options: CallOptions = {}): RequestFacts {
    return {
      requestId: 'req_test',
      locale: options.locale ?? 'en',
      ip: options.ip ?? null,
      userAgent: 'vitest',
      source: 'api',
      now: this.clock.now(),
    }
  }

  async call<T = unknown>(name: string, input?: unknown, options?: CallOptions): Promise<T> {
    return (await this.answer<T>(name, input, options)).output
  }

  /** A new user with a workspace of their own. */
  register(input: Record<string, string> = {}): Promise<SignedIn> {
    return this.call('auth.register', { ...someone(), ...input })
  }

  login(email: string, password = goodPassword, options?: CallOptions & { tenant?: string }): Promise<SignedIn> {
    return this.call('auth.login', { email, password, tenant: options?.tenant }, options)
  }
}

/** A role of the workspace, for tests of who may do what. */
export async function defineRole(world: TestWorld, tenantId: string, key: string, admin: string[] = []): Promise<void> {
  const definition = { label: { en: key }, objects: {}, admin }
  await world.ask(
    'insert into roles (tenant_id, id, key, definition) values ($1, gen_random_uuid(), $2, $3)',
    tenantId,
    key,
    JSON.stringify(definition),
  )
  await world.ask('update tenants set version = version + 1 where id = $1', tenantId)
}

/** Somebody whom the holder of the token has invited to their workspace, signed in to it. */
export async function invited(
  world: TestWorld,
  server: TestServer,
  token: string,
  roles: string[] = ['owner'],
): Promise<SignedIn> {
  const { email, name, password } = someone()
  await server.call('invitations.create', { email, roles }, { token })
  return server.call('invitations.accept', { token: await world.linkTo(email), name, password })
}

/** Input of a registration that nobody used before. */
export const someone = () => ({
  email: `${randomBytes(6).toString('hex')}@example.com`,
  password: goodPassword,
  name: 'Ann Example',
  workspace: 'North Clinic',
})

export class TestWorld {
  readonly clock = new Clock()
  readonly masterKey = randomBytes(32)
  readonly testDatabase: TestDatabase
  private readonly databases: Database[] = []

  static async create(): Promise<TestWorld> {
    return new TestWorld(await cloneDatabase())
  }

  private constructor(testDatabase: TestDatabase) {
    this.testDatabase = testDatabase
  }

  /** Another server on the same database, with connections and caches of its own. */
  server(options: Partial<IdentityOptions> = {}): TestServer {
    const database = new Database({ url: this.testDatabase.appUrl, max: 8 })
    this.databases.push(database)
    const noJobs = () => Promise.reject(new Error('Nothing is sent here.'))
    const defaults = {
      mailer: new Outbox({ database, enqueue: noJobs, now: this.clock.now }),
      // Nobody answers there.
      textRecords: new DnsTextRecords({ servers: ['127.0.0.1:1'], timeoutMs: 100 }),
      masterKey: this.masterKey,
      baseUrl: 'http://localhost:3000',
      registration: 'open' as const,
      defaultPlan: 'enterprise',
    }
    return new TestServer({ ...defaults, ...options, database }, this.clock)
  }

  /** The token in the last message to the address. */
  async linkTo(email: string): Promise<string> {
    const rows = await this.ask(
      'select body from outgoing_messages where recipient = $1 order by id desc limit 1',
      email,
    )
    const token = /#(\S+)/.exec(rows[0]?.body ?? '')?.[1]
    if (!token) throw new Error(`No link was sent to ${email}.`)
    return token
  }

  /** Audited actions of the tenant, the first ones first. */
  async audited(tenantId: string): Promise<string[]> {
    const rows = await this.ask('select action from audit_entries where tenant_id = $1 order by at, id', tenantId)
    return rows.map(({ action }) => action)
  }

  /** Runs a statement as the owner, who sees all. */
  async ask(statement: string, ...values: unknown[]): Promise<pg.QueryResultRow[]> {
    const client = await this.connect()
    try {
      return (await client.query(statement, values)).rows
    } finally {
      await client.end()
    }
  }

  /** Lets `calls` run into a change of the user that is not committed before this many of them wait for it. */
  async duringChange<T>(userId: string, change: string, waiting: number, calls: () => Promise<T>): Promise<T> {
    const client = await this.connect()
    try {
      await client.query('begin')
      await client.query(`update users set ${change} where id = $1`, [userId])
      const results = calls()
      while ((await this.blockedConnections()) < waiting) await setTimeout(5)
      await client.query('commit')
      return await results
    } finally {
      await client.end()
    }
  }

  private async blockedConnections(): Promise<number> {
    const blocked = await this.ask(
      'select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0',
    )
    return blocked.length
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.testDatabase.ownerUrl })
    await client.connect()
    return client
  }

  async close(): Promise<void> {
    await Promise.all(this.databases.map((database) => database.close()))
    await this.testDatabase.drop()
  }
}

/** What a call was refused with; undefined when it was not refused. */
export async function errorOf(call: Promise<unknown>): Promise<AppError | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** The same in a word: `401 UNAUTHENTICATED`, `done`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await errorOf(call)
  return error ? `${error.status} ${error.code}` : 'done'
}
