/** `npm start` as a process that can be killed, on a private PostgreSQL in a directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import { Client } from 'pg'
import { freePort } from '../server.ts'

const main = resolve(import.meta.dirname, '../../apps/server/src/main.ts')

export class ServerProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'oneforge-crash-'))
  /** The server whose database and key this one has, as a worker that serves nothing. */
  private readonly sharing: ServerProcess | undefined
  /** Kept over restarts: sessions belong to an address. */
  private port = 0
  private child: ChildProcess | undefined

  constructor(options: { sharing?: ServerProcess } = {}) {
    this.sharing = options.sharing
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  /** Returns once the server says that it is ready. */
  async start(): Promise<void> {
    this.port ||= await freePort()
    const env = {
      ...process.env,
      PORT: String(this.port),
      OF_DATA_DIR: this.dataDir,
      OF_DEFAULT_PLAN: 'unlimited',
      OF_LOG_LEVEL: 'silent',
      OF_WEBHOOKS_INSIDE: 'yes',
      DATABASE_URL: '',
      ...(this.sharing ? await this.sharing.forWorkers() : {}),
    }
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    await new Promise<void>((ready, failed) => {
      let said = ''
      const listen = (chunk: Buffer) => {
        said += chunk
        if (/is ready at|works on events/.test(said)) ready()
      }
      child.stdout!.on('data', listen)
      child.stderr!.on('data', listen)
      child.on('exit', (code, signal) => failed(new Error(`The server ended with ${code ?? signal}: ${said}`)))
    })
  }

  /** What a worker needs to work on the same database. */
  private async forWorkers(): Promise<Record<string, string>> {
    const postgres = await attachPrivatePostgres({ dataDir: this.dataDir })
    return {
      DATABASE_URL: await postgres!.url(),
      OF_MASTER_KEY: readFileSync(join(this.dataDir, 'master.key'), 'utf8').trim(),
      OF_PROCESS: 'worker',
    }
  }

  /** kill -9: no signal handler runs, no connection is closed in peace. */
  async kill(): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** kill -9 of the PostgreSQL; its children notice and end as well. */
  async killPostgres(): Promise<void> {
    const [{ data_directory: directory }] = (await this.sql<{ data_directory: string }>('show data_directory')) as [
      { data_directory: string },
    ]
    const pid = Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 'SIGKILL')
    while (isAlive(pid)) await setTimeout(20)
  }

  /** As the owner of the tables. */
  async sql<R extends object>(text: string, values?: unknown[]): Promise<R[]> {
    const postgres = await attachPrivatePostgres({ dataDir: this.dataDir })
    const client = new Client({ connectionString: await postgres!.url() })
    // Dies together with a PostgreSQL that is killed.
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows as R[]
    } finally {
      await client.end()
    }
  }

  /** Stops in peace and leaves nothing behind. */
  async remove(): Promise<void> {
    const { child } = this
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    const pointer = join(this.dataDir, 'postgres.location')
    if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true })
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** A killed process stays in the list until its parent has looked at it; it is dead all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
