import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
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

/** The placement as it stands, following the pointer that `placeCluster` may have left in the data directory. */
export function locateCluster(dataDir: string): Placement {
  const pointer = pointerFile(dataDir)
  const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : dataDir
  if (!existsSync(home)) {
    throw new PrivatePostgresError(
      `${pointer} says that the database lies in ${home}, but that directory does not exist. ` +
        `Restore it, or delete ${pointer} to begin with an empty database.`,
    )
  }
  return { home, data: join(home, 'postgres'), log: join(home, 'postgres.log') }
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
  writeFileSync(pointerFile(dataDir), `${home}\n`)
  writeFileSync(join(home, 'belongs-to'), `${dataDir}\n`)
  log(`${account.name}, the account PostgreSQL runs as, may not enter ${dataDir}: the database is kept in ${home}`)
  return locateCluster(dataDir)
}

/** Makes the data directory. As root it may be passed through (not listed), for PostgreSQL's account has to. */
export function createDataDir(dataDir: string): void {
  if (existsSync(dataDir)) return
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
}

function createElsewhere(): string {
  mkdirSync(ELSEWHERE, { recursive: true })
  chmodSync(ELSEWHERE, 0o755)
  const home = mkdtempSync(join(ELSEWHERE, 'database-'))
  chmodSync(home, 0o711)
  return home
}

const pointerFile = (dataDir: string): string => join(dataDir, 'postgres.location')
