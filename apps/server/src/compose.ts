/** The only place where adapters meet ports and modules meet the kernel. */
import { resolve } from 'node:path'
import { Database, migrate } from '@oneforge/kernel/database'
import { type AnyOperation, OperationRegistry, OperationRunner } from '@oneforge/kernel/operations'
import { activityOperations } from '@oneforge/modules/activities'
import { customizationOperations } from '@oneforge/modules/customization'
import { createIdentity, type Identity } from '@oneforge/modules/identity'
import { recordOperations } from '@oneforge/modules/records'
import { templateOperations } from '@oneforge/modules/templates'
import { workspaceOperations } from '@oneforge/modules/workspace'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { derive } from './master-key.ts'

export const migrationsDirectory = resolve(import.meta.dirname, '../../../migrations')

export interface System {
  database: Database
  registry: OperationRegistry
  runner: OperationRunner
  identity: Identity
  close(): Promise<void>
}

/** Migrates the database and puts the system together on it. */
export async function compose(options: {
  config: Config
  ownerUrl: string
  masterKey: Buffer
  log: Logger
}): Promise<System> {
  const { config, ownerUrl, masterKey, log } = options
  const appPassword = derive(masterKey, 'database role')
  await migrate({ ownerUrl, directory: migrationsDirectory, appPassword, log: (line) => log.info(line) })
  const database = new Database({ url: asApplication(ownerUrl, appPassword), max: config.poolSize })
  const identity = createIdentity({
    database,
    masterKey,
    baseUrl: config.baseUrl,
    registration: config.registration,
    defaultPlan: config.defaultPlan,
  })
  const registry = new OperationRegistry(operationsOf(identity))
  const runner = new OperationRunner(database)
  return { database, registry, runner, identity, close: () => database.close() }
}

const operationsOf = (identity: Identity): AnyOperation[] => [
  ...identity.operations,
  ...templateOperations,
  ...workspaceOperations,
  ...customizationOperations,
  ...activityOperations,
  ...recordOperations,
]

/** The same database, as the role that owns nothing. */
function asApplication(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = 'oneforge_app'
  url.password = password
  return url.toString()
}
