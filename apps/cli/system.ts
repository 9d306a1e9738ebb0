/** The whole system for the time of one command, on the database that the server uses. */
import { attachPrivatePostgres, startPrivatePostgres } from '@oneforge/adapters/postgres'
import type { System } from '@oneforge/server/compose'
import { type Config, readConfig } from '@oneforge/server/config'
import { loadMasterKey } from '@oneforge/server/master-key'
import pino from 'pino'

export interface OpenSystem extends System {
  /** As the database's owner, who sees all tenants. */
  ownerUrl: string
}

/** A command needs few connections, and works on no jobs or events: the server does. */
const settings: Partial<Config> = { poolSize: 4, runs: { http: false, worker: false } }

/**
 * Opens the system, hands it over, and closes it. Uses the private PostgreSQL that a server runs on the data directory
 * right now, or starts it for as long as the command takes.
 */
export async function withSystem<T>(
  use: (system: OpenSystem) => Promise<T>,
  overrides: Partial<Config> = {},
): Promise<T> {
  const config = { ...readConfig(process.env), ...settings, ...overrides }
  // Loaded here, so that commands that need no database start at once.
  const { compose } = await import('@oneforge/server/compose')
  const masterKey = await loadMasterKey(config.masterKey, config.dataDir)
  const postgres = await openPostgres(config)
  try {
    const log = pino({ level: 'warn' }, pino.destination(2))
    const system = await compose({ config, ownerUrl: postgres.url, masterKey, log })
    try {
      await system.start({ work: false, serve: false })
      return await use({ ...system, ownerUrl: postgres.url })
    } finally {
      await system.close()
    }
  } finally {
    await postgres.stop()
  }
}

async function openPostgres({ databaseUrl, dataDir }: Config): Promise<{ url: string; stop(): Promise<void> }> {
  const nothing = async () => {}
  if (databaseUrl) return { url: databaseUrl, stop: nothing }
  const running = await attachPrivatePostgres({ dataDir })
  if (running) return { url: await running.url(), stop: nothing }
  const started = await startPrivatePostgres({ dataDir })
  return { url: await started.url(), stop: () => started.stop() }
}
