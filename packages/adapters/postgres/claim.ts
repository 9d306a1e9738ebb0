import { randomUUID } from 'node:crypto'
import {
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PrivatePostgresError } from './private-postgres-error.ts'
import { describeProcess } from './running-process.ts'

/** The sole right to run a server on a directory, held until released or until this process dies. */
export interface Claim {
  release(): void
}

interface Claimant {
  pid: number
  startedAt: string
  /** Where the pid means something: the machine and, on Linux, the pid namespace (a container has its own). */
  host: string
  since: string
}

const CLAIM_FILE = /^server-[0-9a-f-]+\.claim$/
const HEARTBEAT_MS = 2_000
/** A claimant of another host is dead when its file has not been touched for this long while we watched. */
const SILENCE_MS = 20_000
const ATTEMPTS = 3

/**
 * Claims a directory for this process, or throws when another live server has it.
 *
 * Each server writes a file of its own first and looks at the others' afterwards, so of two that start at the same
 * moment at least one sees the other; no file is ever taken over, hence no race in taking over. A claimant that was
 * killed is known by its pid and start time (a pid alone may belong to somebody else by now).
 *
 * @throws PrivatePostgresError naming the other server.
 */
export async function claimDirectory(directory: string, log: (line: string) => void = () => {}): Promise<Claim> {
  for (let attempt = 1; ; attempt++) {
    const own = `server-${randomUUID()}.claim`
    const claim = writeClaim(join(directory, own))
    const other = await findLiveClaimant(directory, own, log)
    if (!other) return claim
    claim.release()
    if (attempt === ATTEMPTS) throw alreadyClaimed(directory, other)
    // Two that started together both step back; waiting a random while lets one of them through.
    await sleep(50 + Math.random() * 400)
  }
}

function writeClaim(file: string): Claim {
  const claimant: Claimant = {
    pid: process.pid,
    startedAt: describeProcess(process.pid)?.startedAt ?? '',
    host: describeHost(),
    since: new Date().toISOString(),
  }
  // Renamed into place, so that nobody reads half of it.
  writeFileSync(`${file}.new`, JSON.stringify(claimant), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return keepAlive(file)
}

async function findLiveClaimant(
  directory: string,
  own: string,
  log: (line: string) => void,
): Promise<Claimant | undefined> {
  for (const name of readdirSync(directory)) {
    if (!CLAIM_FILE.test(name) || name === own) continue
    const file = join(directory, name)
    const claimant = readClaim(file)
    if (claimant && (await isAlive(file, claimant, log))) return claimant
    rmSync(file, { force: true })
  }
  return undefined
}

/** Undefined when its owner has just removed it, or when a power cut has left it torn, which no living owner's is. */
function readClaim(file: string): Claimant | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Claimant
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function isAlive(file: string, claimant: Claimant, log: (line: string) => void): Promise<boolean> {
  if (claimant.host === describeHost()) return describeProcess(claimant.pid)?.startedAt === claimant.startedAt
  const touchedAt = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs
  const before = touchedAt()
  if (before === undefined || Date.now() - before > 3 * SILENCE_MS) return false
  log(`A server in another container or machine used ${file} a moment ago: watching whether it still runs`)
  const end = Date.now() + SILENCE_MS
  while (Date.now() < end) {
    await sleep(HEARTBEAT_MS / 4)
    const now = touchedAt()
    if (now !== before) return now !== undefined
  }
  return false
}

function keepAlive(file: string): Claim {
  const heartbeat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(file, now, now)
    } catch {
      // The directory is gone or read-only: nothing is left to protect, and the database itself will complain.
    }
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return {
    release() {
      clearInterval(heartbeat)
      rmSync(file, { force: true })
    },
  }
}

function describeHost(): string {
  if (process.platform !== 'linux') return hostname()
  return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
}

function alreadyClaimed(directory: string, other: Claimant): PrivatePostgresError {
  const host = other.host === describeHost() ? '' : ` on ${other.host.split(' ')[0]}`
  return new PrivatePostgresError(
    `Another OneForge server (process ${other.pid}${host}, since ${other.since}) already uses ${directory}. ` +
      'Stop that one first, or give this one a directory of its own with OF_DATA_DIR and another PORT. Nothing was changed.',
  )
}
