import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { chooseAccount } from './account.ts'
import { findNpmBinaries, makeRunnable, type PostgresBinaries } from './binaries.ts'
import { type Claim, claimDirectory } from './claim.ts'
import { type Cluster, initialiseOnce, majorVersionOf, OWNER, readPassword } from './initialise.ts'
import { createDataDir, locateCluster, placeCluster } from './placement.ts'
import { findPostmaster, HOST, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { PrivatePostgresError } from './private-postgres-error.ts'
import { isRunning } from './running-process.ts'
import { availableMemory, tune } from './settings.ts'

/** The database OneForge keeps its own data in, unless told otherwise. */
export const DEFAULT_DATABASE = 'oneforge'

export interface PrivatePostgresOptions {
  dataDir: string
  /** Memory to tune for; the machine's (or container's) without it. */
  memoryBytes?: number
  /** Told, in whole sentences, what an operator should know: where the data lies, restarts, leftovers. */
  log?: (line: string) => void
  /** Those of the npm package without it. */
  binaries?: PostgresBinaries
  /** `test` gives up crash safety for speed: only for data that a test makes and throws away. */
  durability?: 'full' | 'test'
}

/** A running private PostgreSQL, as seen by a process that did not start it. */
export interface AttachedPostgres {
  /** Connection URL of a database, as superuser; the database is created when it is missing. */
  url(database?: string): Promise<string>
  majorVersion: number
}

export interface PrivatePostgres extends AttachedPostgres {
  /** Stops PostgreSQL in order and gives the directory free. */
  stop(): Promise<void>
}

const WATCH_MS = 1_000

/**
 * Starts the PostgreSQL that OneForge keeps for itself in `<dataDir>/postgres`, making it first when it is not there.
 * One server at a time may do so; a PostgreSQL that a killed server left running is stopped in order and started anew.
 * Should PostgreSQL die, it is started again on the same port.
 *
 * @throws PrivatePostgresError whose message says what to do.
 */
export async function startPrivatePostgres(options: PrivatePostgresOptions): Promise<PrivatePostgres> {
  createDataDir(resolve(options.dataDir))
  // The one true name: a process is known by the directory on its command line, whichever link led us there.
  const dataDir = realpathSync(options.dataDir)
  const claims = [await claimDirectory(dataDir, options.log)]
  try {
    return await startClaimed(dataDir, options, claims)
  } catch (error) {
    releaseAll(claims)
    throw error
  }
}

/**
 * The private PostgreSQL that a server runs on this data directory right now, or undefined when none does.
 * For the command line: takes no claim and changes nothing.
 */
export async function attachPrivatePostgres({ dataDir }: { dataDir: string }): Promise<AttachedPostgres | undefined> {
  if (!existsSync(dataDir)) return undefined
  const { data } = locateCluster(realpathSync(dataDir))
  const postmaster = findPostmaster(data)
  const majorVersion = majorVersionOf(data)
  if (!postmaster || !majorVersion) return undefined
  return { url: connectionUrls(postmaster, readPassword(data)), majorVersion }
}

async function startClaimed(
  dataDir: string,
  options: PrivatePostgresOptions,
  claims: Claim[],
): Promise<PrivatePostgres> {
  const { log = () => {}, durability = 'full' } = options
  const account = chooseAccount(locateCluster(dataDir).data)
  const placement = placeCluster(dataDir, account, log)
  // Two data directories can point to one cluster when one is a copy of the other.
  if (placement.home !== dataDir) claims.push(await claimDirectory(placement.home, log))
  const binaries = await makeRunnable(options.binaries ?? (await findNpmBinaries()), account, placement.home, log)
  const cluster: Cluster = { ...placement, account, binaries }

  await initialiseOnce(cluster, durability)
  if (findPostmaster(cluster.data)) {
    log(`PostgreSQL in ${cluster.data} still runs from a server that did not stop in order: stopping it first`)
    await stopPostmaster(cluster)
  }
  const settings = tune(options.memoryBytes ?? availableMemory(), durability)
  const postmaster = await startPostmaster(cluster, settings)
  const watch = keepRunning(cluster, settings, postmaster, log)
  return {
    url: connectionUrls(postmaster, readPassword(cluster.data)),
    majorVersion: binaries.majorVersion,
    async stop() {
      await watch.end()
      await stopPostmaster(cluster)
      releaseAll(claims)
    },
  }
}

/** Starts PostgreSQL again, where its clients expect it, when its process has ended without our doing. */
function keepRunning(
  cluster: Cluster,
  settings: Record<string, string>,
  first: Postmaster,
  log: (line: string) => void,
) {
  let { pid } = first
  let restart = Promise.resolve()
  let restarting = false
  const restartNow = async () => {
    log(`PostgreSQL in ${cluster.data} ended unexpectedly: starting it again`)
    try {
      pid = (await startPostmaster(cluster, settings, first.port)).pid
      log(`PostgreSQL in ${cluster.data} runs again`)
    } catch (error) {
      log((error as Error).message)
    } finally {
      restarting = false
    }
  }
  const timer = setInterval(() => {
    if (restarting || isRunning(pid)) return
    restarting = true
    restart = restartNow()
  }, WATCH_MS)
  timer.unref()
  return {
    async end() {
      clearInterval(timer)
      await restart
    },
  }
}

function connectionUrls(postmaster: Postmaster, password: string): AttachedPostgres['url'] {
  const urlOf = (database: string) =>
    `postgresql://${OWNER}:${password}@${HOST}:${postmaster.port}/${encodeURIComponent(database)}`
  const known = new Set<string>()
  return async (database = DEFAULT_DATABASE) => {
    if (!known.has(database)) await createDatabaseOnce(urlOf('postgres'), database)
    known.add(database)
    return urlOf(database)
  }
}

async function createDatabaseOnce(maintenanceUrl: string, database: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl })
  try {
    await client.connect()
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`)
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    const madeMeanwhile = code === '42P04' || code === '23505'
    if (madeMeanwhile) return
    throw new PrivatePostgresError(`The private PostgreSQL cannot give the database ${database}: ${message}`, {
      cause: error,
    })
  } finally {
    await client.end()
  }
}

function releaseAll(claims: Claim[]): void {
  for (const claim of claims) claim.release()
}
