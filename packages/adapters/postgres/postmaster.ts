import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { giveTo, runAs } from './account.ts'
import type { Cluster } from './initialise.ts'
import { PrivatePostgresError } from './private-postgres-error.ts'
import { describeProcess } from './running-process.ts'

/** The main process of a running PostgreSQL, as its postmaster.pid tells. */
export interface Postmaster {
  pid: number
  port: number
}

/** The only address a private cluster listens on: the same on every system, and no limit on the length of a path. */
export const HOST = '127.0.0.1'

const LOG_LIMIT_BYTES = 10 * 1024 * 1024
const ATTEMPTS = 60
const PAUSE_MS = 500
/** A fast shutdown writes one checkpoint. What takes longer is cut short; the next start then recovers from the log. */
const SHUTDOWN_SECONDS = 60

/** The postmaster that uses the directory, or undefined when none does. */
export function findPostmaster(data: string): Postmaster | undefined {
  const lines = readPidFile(data)?.split('\n')
  if (!lines) return undefined
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return runsOn(pid, data) ? { pid, port } : undefined
}

/**
 * Starts PostgreSQL and waits until it answers, through crash recovery when there is need of it.
 * pg_ctl puts it into a session of its own, so Ctrl-C in the terminal reaches the server but not the database.
 *
 * @param port to use again after a crash; without it any free one is taken.
 * @throws PrivatePostgresError with PostgreSQL's own words when it does not start.
 */
export async function startPostmaster(
  cluster: Cluster,
  settings: Record<string, string>,
  port?: number,
): Promise<Postmaster> {
  removeStalePidFile(cluster.data)
  for (let attempt = 1; ; attempt++) {
    const chosenPort = port ?? (await findFreePort())
    const said = await launch(cluster, { ...settings, port: String(chosenPort) })
    const postmaster = findPostmaster(cluster.data)
    if (said === undefined && postmaster) return postmaster
    if (attempt === ATTEMPTS || !isPassing(said ?? '')) {
      throw new PrivatePostgresError(
        `The private PostgreSQL in ${cluster.data} did not start. Its log, ${cluster.log}, ends with:\n${said ?? 'nothing: it ended right after its start.'}`,
      )
    }
    await sleep(PAUSE_MS)
  }
}

/** Stops the cluster's PostgreSQL, if one runs, so that nothing is left to recover. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!findPostmaster(cluster.data)) return
    const args = ['stop', `--pgdata=${cluster.data}`, `--mode=${mode}`, '--wait', `--timeout=${SHUTDOWN_SECONDS}`]
    await runAs(cluster.account, join(cluster.binaries.bin, 'pg_ctl'), args, { cwd: cluster.home })
  }
  if (findPostmaster(cluster.data)) {
    throw new PrivatePostgresError(`PostgreSQL in ${cluster.data} does not stop. See its log, ${cluster.log}.`)
  }
}

/** Undefined when PostgreSQL runs, otherwise what it logged. */
async function launch(cluster: Cluster, settings: Record<string, string>): Promise<string | undefined> {
  const log = openLog(cluster)
  const before = statSync(cluster.log).size
  const options = Object.entries({ ...settings, listen_addresses: HOST, unix_socket_directories: '' })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  // No time limit: recovery after a crash takes as long as it takes, and pg_ctl returns when the process ends.
  const args = [
    'start',
    '--silent',
    `--pgdata=${cluster.data}`,
    `--log=${cluster.log}`,
    '--wait',
    '--timeout=1000000',
    `--options=${options}`,
  ]
  const { code, output } = await runAs(cluster.account, join(cluster.binaries.bin, 'pg_ctl'), args, {
    cwd: cluster.home,
    output: log,
  })
  closeSync(log)
  if (code === 0) return undefined
  return output || readFileSync(cluster.log).subarray(before).toString('utf8').trim()
}

/** The log, begun anew when it has grown long; the one before is kept. */
function openLog(cluster: Cluster): number {
  const size = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT_BYTES) renameSync(cluster.log, cluster.log.replace(/\.log$/, '.previous.log'))
  const log = openSync(cluster.log, 'a', 0o600)
  giveTo(cluster.account, cluster.log)
  return log
}

/** Somebody took the port in between, or the children of a killed postmaster are about to notice and end. */
function isPassing(said: string): boolean {
  return /could not create any TCP\/IP sockets|pre-existing shared memory block/.test(said)
}

/** After a kill -9 the pid in the file may belong to another program, for which PostgreSQL would refuse to start. */
function removeStalePidFile(data: string): void {
  const pid = Number(readPidFile(data)?.split('\n')[0])
  if (pid && !runsOn(pid, data)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

function readPidFile(data: string): string | undefined {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function runsOn(pid: number, data: string): boolean {
  const command = describeProcess(pid)?.command ?? ''
  return command.includes('postgres') && command.includes(data)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, HOST, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
