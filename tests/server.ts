/** The real application on a database of a test's own, over HTTP. */

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { S3Options } from '@oneforge/adapters/storage'
import { Client as Connection } from 'pg'
import type { System } from '../apps/server/src/compose.ts'
import { readConfig } from '../apps/server/src/config.ts'
import { startServer } from '../apps/server/src/server.ts'
import { ApiClient, type SignedIn } from './client.ts'
import { cloneDatabase, TEST_MASTER_KEY, type TestDatabase, type TestServer } from './postgres.ts'

/** A running server. Several may share a database: only the one that made it drops it. */
export interface RunningSystem {
  url: string
  system: System
  /** Where it keeps files. */
  dataDir: string
  database: TestDatabase
  /** A client that has signed in to a new workspace of its own, in the shape of the template if one is named. */
  register(options?: Registration): Promise<ApiClient>
  /** A client without credentials. */
  anonymous(): ApiClient
  /** Runs SQL as the owner of the tables, past row-level security. */
  sql<R extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>
  stop(): Promise<void>
}

export interface Registration {
  name?: string
  workspace?: string
  template?: string
  sampleData?: boolean
}

export const PASSWORD = 'a lantern in the orchard'
let registered = 0

/**
 * Starts the application as `npm start` does, on a clone of the migrated database.
 *
 * @param options.server the PostgreSQL; the private one unless said.
 * @param options.sharing another system whose database this one is to work on.
 * @param options.trustedProxies who may say where a request comes from; nobody unless said.
 * @param options.plan of new workspaces; one without limits unless said.
 * @param options.trialDays how long they have it; for good unless said.
 * @param options.dnsServer who is asked about domains; the machine's unless said.
 * @param options.baseUrl what the installation takes for its address.
 * @param options.smtpUrl what messages go out by; they are kept unless said.
 * @param options.mailDomain of the addresses to which mail is forwarded, at a free port; no mail arrives unless said.
 */
export async function startSystem(
  options: {
    server?: TestServer
    sharing?: Pick<RunningSystem, 'database'>
    trustedProxies?: string
    plan?: string
    trialDays?: number
    dnsServer?: string
    baseUrl?: string
    smtpUrl?: string
    mailDomain?: string
    /** Whether workspaces may name mail servers on this machine. */
    mailServersInside?: boolean
    /** A bucket instead of the data directory. */
    s3?: S3Options
  } = {},
): Promise<RunningSystem> {
  const database = options.sharing?.database ?? (await cloneDatabase({ server: options.server }))
  const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-system-'))
  const config = readConfig({
    DATABASE_URL: database.ownerUrl,
    OF_DATA_DIR: dataDir,
    OF_MASTER_KEY: TEST_MASTER_KEY,
    OF_DEFAULT_PLAN: options.plan ?? 'unlimited',
    OF_DNS_SERVERS: options.dnsServer,
    OF_BASE_URL: options.baseUrl,
    OF_SMTP_URL: options.smtpUrl,
    OF_MAIL_SERVERS_INSIDE: options.mailServersInside ? 'yes' : undefined,
    OF_TRIAL_DAYS: options.trialDays?.toString(),
    OF_TRUSTED_PROXIES: options.trustedProxies,
    OF_LOG_LEVEL: 'error',
  })
  const mailIn = options.mailDomain ? { port: 0, domain: options.mailDomain } : undefined
  const running = await startServer({ ...config, port: 0, mailIn, s3: options.s3 })
  const owner = new Connection({ connectionString: database.ownerUrl })
  await owner.connect()
  return {
    url: running.url!,
    system: running.system,
    database,
    dataDir,
    register: (registration) => register(running.url!, registration),
    anonymous: () => new ApiClient(running.url!),
    sql: async <R extends object>(text: string, values?: unknown[]) => (await owner.query(text, values)).rows as R[],
    async stop() {
      await owner.end()
      await running.stop()
      rmSync(dataDir, { recursive: true, force: true })
      if (!options.sharing) await database.drop()
    },
  }
}

async function register(url: string, options: Registration = {}): Promise<ApiClient> {
  registered += 1
  const { name = `Person ${registered}`, workspace = `Workspace ${registered}`, template, sampleData = false } = options
  const email = `person${registered}-${process.pid}@example.com`
  const session = await new ApiClient(url).post<SignedIn>('/auth/register', {
    email,
    password: PASSWORD,
    name,
    workspace,
  })
  const client = new ApiClient(url, session)
  if (template) await client.post('/workspace/template', { template, sampleData })
  return client
}

/** A role as a test writes it down: the definition of kernel/metadata without its key. */
export interface TestRole {
  objects: Record<string, object>
  admin?: string[]
}

/** Gives the workspace a role, or changes the one it has; every server learns of it with its next request. */
export async function defineRole(system: RunningSystem, tenantId: string, key: string, role: TestRole): Promise<void> {
  await system.sql(
    `insert into roles (tenant_id, id, key, definition) values ($1, gen_random_uuid(), $2, $3)
     on conflict (tenant_id, key) do update set definition = excluded.definition`,
    [tenantId, key, JSON.stringify({ label: { en: key }, ...role })],
  )
  await system.sql('update tenants set version = version + 1 where id = $1', [tenantId])
}

/** A further member of the workspace with these roles, signed in to it. */
export async function addMember(system: RunningSystem, tenantId: string, roles: string[]): Promise<ApiClient> {
  const person = await system.register({ name: `Member as ${roles.join(' and ')}` })
  await system.sql('insert into memberships (tenant_id, user_id) values ($1, $2)', [tenantId, person.userId])
  await system.sql(
    `insert into membership_roles (tenant_id, user_id, role_id)
     select tenant_id, $2, id from roles where tenant_id = $1 and key = any($3)`,
    [tenantId, person.userId, roles],
  )
  await system.sql('update tenants set version = version + 1 where id = $1', [tenantId])
  const login = { email: person.session!.user.email, password: PASSWORD, tenant: tenantId }
  return new ApiClient(system.url, await system.anonymous().post<SignedIn>('/auth/login', login))
}

/** A port that nobody listens on just now, for servers that run as processes of their own. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => found(port))
    })
  })
}

/** For worlds in which nothing is to happen by itself: what a template brings is turned off. */
export async function turnOffWorkflows(client: ApiClient): Promise<void> {
  const workflows = await client.get<{ id: string }[]>('/workflows')
  for (const { id } of workflows) await client.patch(`/workflows/${id}`, { enabled: false })
}
