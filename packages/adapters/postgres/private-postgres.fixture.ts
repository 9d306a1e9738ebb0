import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Client } from 'pg'

/** A process of its own that runs a private PostgreSQL, to be killed as a server may be. */
export interface ServerProcess {
  child: ChildProcess
  url: string
  /** Asks it to stop in order. */
  stop(): Promise<void>
}

const PROGRAM = `
  import { startPrivatePostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
  const postgres = await startPrivatePostgres({ dataDir: process.argv[1] })
  process.once('SIGTERM', async () => { await postgres.stop(); process.exit(0) })
  process.stdout.write(await postgres.url())
  setInterval(() => {}, 60_000)
`

/** Starts it as the leader of a process group, as a terminal would; rejects with what it printed when it fails. */
export async function startServerProcess(
  dataDir: string,
  identity: { uid?: number; gid?: number } = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, dataDir], {
    ...identity,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)))
    child.once('close', () => reject(new Error(complaint)))
  })
  return {
    child,
    url,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** The column `answer` of the first row. */
export async function select(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query(statement)).rows[0]?.answer
  } finally {
    await client.end()
  }
}
