import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Account, canReach } from './account.ts'
import { PrivatePostgresError } from './private-postgres-error.ts'

/** Where a private cluster lies: its home is the data directory, or a place its account can reach. */
export interface Placement {
  home: string
  /** PGDATA. */
  data: string
  log: string
}

const ELSEWHERE = '/var/lib/oneforge'
/** In the data directory: names the home of a cluster that could not lie there. */
const POINTER = 'postgres.location'

/**
 * The placement as it stands, following the pointer that `placeCluster` may have left in the data directory.
 *
 * @throws PrivatePostgresError when the pointer leads nowhere, or the cluster belongs to another account than ours.
 */
export function locateCluster(dataDir: string): Placement {
  const home = followPointer(dataDir)
  const data = join(home, 'postgres')
  refuseForeign(data)
  return { home, data, log: join(home, 'postgres.log') }
}

function followPointer(dataDir: string): string {
  const pointer = join(dataDir, POINTER)
  if (!existsSync(pointer)) return dataDir
  const home = readFileSync(pointer, 'utf8').trim()
  if (existsSync(home)) return home
  throw new PrivatePostgresError(
    `${pointer} says that the database lies in ${home}, but that directory does not exist. ` +
      `Restore it, or delete ${pointer} to begin with an empty database.`,
  )
}

/** PostgreSQL lets only the owner of its directory in, and root can become that owner. */
function refuseForeign(data: string): void {
  const ourselves = process.getuid?.()
  const owner = statSync(data, { throwIfNoEntry: false })?.uid
  if (!ourselves || owner === undefined || owner === ourselves) return
  throw new PrivatePostgresError(
    `The database in ${data} belongs to another account (uid ${owner}); it was probably first started as root. ` +
      `Run OneForge as root again, or give it to yourself: sudo chown -R ${ourselves} ${data}*`,
  )
}

/**
 * Makes sure that the account reaches the cluster's place. Below a directory that is closed to it (a clone under
 * /root) a new cluster goes to a directory of its own in /var/lib/oneforge, and a pointer file says so.
 */
export function placeCluster(dataDir: string, account: Account | undefined, log: (line: string) => void): Placement {
  const placement = locateCluster(dataDir)
  if (!account || canReach(account, placement.home)) return placement
  if (existsSync(placement.data)) {
    throw new PrivatePostgresError(
      `PostgreSQL runs as ${account.name}, which may not enter ${placement.home}. ` +
        'Allow others to pass through it and the directories above it (chmod o+x), or run OneForge as the account that owns the database.',
    )
  }
  const home = createElsewhere()
  writeFileSync(join(dataDir, POINTER), `${home}\n`)
  writeFileSync(join(home, 'belongs-to'), `${dataDir}\n`)
  log(`${account.name}, the account PostgreSQL runs as, may not enter ${dataDir}: the database is kept in ${home}`)
  return locateCluster(dataDir)
}

/**
 * Makes the data directory. As root it may be passed through (not listed), for PostgreSQL's account has to.
 *
 * @throws PrivatePostgresError when it cannot be made or written to.
 */
export function createDataDir(dataDir: string): void {
  try {
    if (!existsSync(dataDir)) {
      mkdirSync(dataDir, { recursive: true })
      chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    }
    accessSync(dataDir, constants.W_OK)
  } catch (cause) {
    throw new PrivatePostgresError(
      `The data directory ${dataDir} cannot be used: ${(cause as Error).message}. ` +
        'Make it writable, or name another one with OF_DATA_DIR.',
      { cause },
    )
  }
}

function createElsewhere(): string {
  mkdirSync(ELSEWHERE, { recursive: true })
  chmodSync(ELSEWHERE, 0o755)
  const home = mkdtempSync(join(ELSEWHERE, 'database-'))
  chmodSync(home, 0o711)
  return home
}
