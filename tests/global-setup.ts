import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  findSystemBinaries,
  type PostgresBinaries,
  type PrivatePostgres,
  startPrivatePostgres,
} from '@oneforge/adapters/postgres'
import { migrate } from '@oneforge/kernel/database'
import type { TestProject } from 'vitest/node'
import { APP_PASSWORD, TEMPLATE_DATABASE, type TestServer } from './postgres.ts'

interface RunningServer extends TestServer {
  postgres: PrivatePostgres
  dataDir: string
}

const PREFIX = 'oneforge-test-'
/** A directory younger than this may belong to a run that has not claimed it yet. */
const SETTLING_MS = 60_000
/** The oldest PostgreSQL that OneForge works with. */
const OLDEST_SUPPORTED = 15

/**
 * Once for a whole run: starts the private PostgreSQL, and PostgreSQL 15 where the machine has it, each with a migrated
 * template database that `cloneDatabase` copies for every test file.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const sweeping = sweepAbandoned()
  const servers = await Promise.all([startServer(), ...startOldest()])
  project.provide(
    'testServers',
    servers.map(({ majorVersion, url }) => ({ majorVersion, url })),
  )
  return async () => {
    await Promise.all([sweeping, ...servers.map(stopServer)])
  }
}

function startOldest(): Promise<RunningServer>[] {
  const binaries = findSystemBinaries(OLDEST_SUPPORTED)
  if (binaries) return [startServer(binaries)]
  console.log(
    `PostgreSQL ${OLDEST_SUPPORTED} is not installed: what must hold there too is tested on the private one only.`,
  )
  return []
}

async function startServer(binaries?: PostgresBinaries): Promise<RunningServer> {
  const dataDir = join(tmpdir(), PREFIX + randomUUID())
  const postgres = await startPrivatePostgres({ dataDir, binaries, durability: 'test', memoryBytes: 2 * 1024 ** 3 })
  await migrate({
    ownerUrl: await postgres.url(TEMPLATE_DATABASE),
    directory: resolve(import.meta.dirname, '../migrations'),
    appPassword: APP_PASSWORD,
  })
  return { majorVersion: postgres.majorVersion, url: await postgres.url('postgres'), postgres, dataDir }
}

async function stopServer({ postgres, dataDir }: RunningServer): Promise<void> {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** A run that was killed leaves a PostgreSQL behind: end it. One that is still under way refuses to be taken. */
async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const dataDir = join(tmpdir(), name)
    const since = statSync(dataDir, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (!name.startsWith(PREFIX) || Date.now() - since < SETTLING_MS) continue
    await sweep(dataDir, undefined)
    await sweep(dataDir, findSystemBinaries(OLDEST_SUPPORTED))
  }
}

async function sweep(dataDir: string, binaries: PostgresBinaries | undefined): Promise<void> {
  if (!existsSync(dataDir)) return
  try {
    const abandoned = await startPrivatePostgres({ dataDir, binaries, durability: 'test' })
    await abandoned.stop()
    rmSync(dataDir, { recursive: true, force: true })
  } catch {
    // In use by another run, or made by the other version.
  }
}
