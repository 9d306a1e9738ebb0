import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { derive } from '../apps/server/src/master-key.ts'

/** A PostgreSQL that `global-setup.ts` started for this run. */
export interface TestServer {
  majorVersion: number
  /** Superuser's URL of its maintenance database. */
  url: string
}

/** A database of a test's own. */
export interface TestDatabase {
  name: string
  /** As the superuser who owns its tables and passes by row-level security. */
  ownerUrl: string
  /** As the application's role. */
  appUrl: string
  drop(): Promise<void>
}

declare module 'vitest' {
  interface ProvidedContext {
    testServers: TestServer[]
  }
}

/** The migrated database that every clone is made of. */
export const TEMPLATE_DATABASE = 'oneforge_template'

/** The installation's secret in all tests. The application's role is one for a whole PostgreSQL, and so is its password. */
export const TEST_MASTER_KEY = '5eed'.repeat(16)
export const APP_PASSWORD = derive(Buffer.from(TEST_MASTER_KEY, 'hex'), 'database role')

/**
 * The servers to run a suite on that must hold for every supported PostgreSQL: the private one first, and
 * PostgreSQL 15 where the machine has it. `describe.each(testServers())('on PostgreSQL $majorVersion', …)`
 */
export const testServers = (): TestServer[] => inject('testServers')

/**
 * A migrated, empty database for one test file; drop it in `afterAll`.
 *
 * @param options.server the private PostgreSQL without it.
 * @param options.template another database to copy: `template1` has no tables at all.
 */
export async function cloneDatabase(options: { server?: TestServer; template?: string } = {}): Promise<TestDatabase> {
  const { server = testServers()[0]!, template = TEMPLATE_DATABASE } = options
  const name = `test_${randomBytes(8).toString('hex')}`
  await runOn(server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const ownerUrl = new URL(server.url)
  ownerUrl.pathname = `/${name}`
  const appUrl = new URL(ownerUrl)
  appUrl.username = 'oneforge_app'
  appUrl.password = APP_PASSWORD
  return {
    name,
    ownerUrl: ownerUrl.href,
    appUrl: appUrl.href,
    drop: () => runOn(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function runOn(server: TestServer, statement: string): Promise<void> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
