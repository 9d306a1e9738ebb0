import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, giveTo, giveTreeTo, runAs } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { Placement } from './placement.ts'
import { PrivatePostgresError } from './private-postgres-error.ts'

/** A cluster's place with what is needed to run it. */
export interface Cluster extends Placement {
  account: Account | undefined
  binaries: PostgresBinaries
}

/** The superuser of a private cluster. */
export const OWNER = 'oneforge_owner'

/** The owner's password, which lies inside PGDATA so that the two cannot be parted. */
export const readPassword = (data: string): string => readFileSync(passwordFile(data), 'utf8').trim()

/** The major version that made the directory, or undefined when it holds no cluster. */
export function majorVersionOf(data: string): number | undefined {
  const file = join(data, 'PG_VERSION')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}

/**
 * Makes the cluster unless it is there already. It is made beside its final place and renamed when complete, so a
 * directory half made by a killed process is never taken for a cluster.
 *
 * @throws PrivatePostgresError when another major version made it, or initdb fails.
 */
export async function initialiseOnce(cluster: Cluster, durability: 'full' | 'test'): Promise<void> {
  const found = majorVersionOf(cluster.data)
  if (found !== undefined) {
    if (found !== cluster.binaries.majorVersion) throw otherVersion(cluster, found)
    return restoreOwnership(cluster)
  }
  if (existsSync(cluster.data)) {
    throw new PrivatePostgresError(
      `${cluster.data} exists but holds no PostgreSQL cluster. Restore it from a backup, or move it away to begin with an empty database.`,
    )
  }
  const unfinished = `${cluster.data}.initialising`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  giveTo(cluster.account, unfinished)
  const password = randomBytes(24).toString('base64url')
  await runInitdb(cluster, unfinished, password, durability)
  writeFileSync(passwordFile(unfinished), `${password}\n`, { mode: 0o600 })
  giveTo(cluster.account, passwordFile(unfinished))
  renameSync(unfinished, cluster.data)
}

async function runInitdb(
  cluster: Cluster,
  directory: string,
  password: string,
  durability: 'full' | 'test',
): Promise<void> {
  const handOver = `${directory}.password`
  writeFileSync(handOver, password, { mode: 0o600 })
  giveTo(cluster.account, handOver)
  try {
    for (const ctype of characterTypes()) {
      const args = [
        `--pgdata=${directory}`,
        `--pwfile=${handOver}`,
        ...initdbOptions(cluster.binaries.majorVersion, ctype),
      ]
      if (durability === 'test') args.push('--no-sync')
      const initdb = join(cluster.binaries.bin, 'initdb')
      const { code, output } = await runAs(cluster.account, initdb, args, { cwd: cluster.home })
      if (code === 0) return
      if (!output.includes('invalid locale name')) {
        throw new PrivatePostgresError(`initdb could not make the database in ${cluster.data}: ${output.trim()}`)
      }
    }
    throw new PrivatePostgresError(`initdb knows none of the locales ${characterTypes().join(', ')} on this machine.`)
  } finally {
    rmSync(handOver, { force: true })
  }
}

function initdbOptions(majorVersion: number, ctype: string): string[] {
  const always = [`--username=${OWNER}`, '--auth=scram-sha-256', '--encoding=UTF8']
  // The built-in provider (17 and newer) sorts and folds the same on every system and across its updates. lc_ctype
  // still decides which letters full-text search and trigrams see, so that has to be a UTF-8 one.
  if (majorVersion >= 17) {
    return [...always, '--locale=C', `--lc-ctype=${ctype}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  }
  return [...always, '--locale=C', `--lc-ctype=${ctype}`, '--data-checksums']
}

/** Names of a UTF-8 character type, the best first; a system knows at least one. */
function characterTypes(): string[] {
  if (process.platform === 'win32') return ['en-US', 'C']
  return ['C.UTF-8', 'en_US.UTF-8', 'C']
}

/** A copied or restored directory may belong to root or be open to others: PostgreSQL refuses both. */
function restoreOwnership(cluster: Cluster): void {
  if (cluster.account && statSync(cluster.data).uid === 0) giveTreeTo(cluster.account, cluster.data)
  if (process.platform !== 'win32') chmodSync(cluster.data, 0o700)
}

const passwordFile = (data: string): string => join(data, 'oneforge.password')

function otherVersion({ data, binaries }: Cluster, found: number): PrivatePostgresError {
  const ours = binaries.majorVersion
  const advice =
    found > ours
      ? 'Start it with the newer OneForge that made it.'
      : 'Take a backup with the OneForge that made it (oneforge backup), move the directory away, start this one and restore the backup; ' +
        `or run PostgreSQL ${found} on that directory yourself and set DATABASE_URL.`
  return new PrivatePostgresError(
    `${data} was made by PostgreSQL ${found}, and this OneForge runs PostgreSQL ${ours}. ${advice} Nothing was changed.`,
  )
}
