/** Our server on the data of the benchmarks, as each of them starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from './load.ts'

const main = join(resolve(import.meta.dirname, '..'), 'apps/server/src/main.ts')

/** Of all accounts that benchmarks make. */
export const password = 'a benchmark needs no secret'

/** Ready to answer. */
export async function startServer({ port, dataDir }: { port: number; dataDir: string }): Promise<ChildProcess> {
  const env = {
    ...process.env,
    PORT: String(port),
    OF_DATA_DIR: dataDir,
    OF_DEFAULT_PLAN: 'unlimited',
    OF_LOG_LEVEL: 'error',
  }
  const server = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  for (;;) {
    if (server.exitCode !== null) throw new Error('The server stopped before it was ready.')
    const isReady = await fetch(`http://127.0.0.1:${port}/ready`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return server
    await sleep(20)
  }
}

/** The server for whoever has that address. */
export async function signedIn(port: number, email: string): Promise<Target> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const { data } = (await answer.json()) as { data: { accessToken: string } }
  return { port, headers: { authorization: `Bearer ${data.accessToken}` } }
}
