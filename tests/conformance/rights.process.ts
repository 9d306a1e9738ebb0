/** A server on a database of its own, with one place of its source changed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { TEST_MASTER_KEY } from '../postgres.ts'
import { freePort } from '../server.ts'
import type { Mutant } from './rights.mutants.ts'

const main = resolve(import.meta.dirname, '../../apps/server/src/main.ts')
const hook = resolve(import.meta.dirname, 'rights.mutate.ts')

export interface MutatedServer {
  url: string
  stop(): Promise<void>
}

/**
 * @param databaseUrl as its owner
 * @param baseUrl the address that sessions were made for
 */
export async function startMutated(mutant: Mutant, databaseUrl: string, baseUrl: string): Promise<MutatedServer> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-mutant-'))
  const env = {
    ...process.env,
    MUTANT: JSON.stringify(mutant),
    PORT: String(port),
    OF_BASE_URL: baseUrl,
    OF_DATA_DIR: dataDir,
    OF_MASTER_KEY: TEST_MASTER_KEY,
    OF_DEFAULT_PLAN: 'unlimited',
    OF_LOG_LEVEL: 'silent',
    OF_PROCESS: 'server',
    DATABASE_URL: databaseUrl,
  }
  const child = spawn(process.execPath, ['--import', hook, main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  await isReady(child)
  return {
    url: `http://localhost:${port}`,
    async stop() {
      child.kill('SIGKILL')
      await once(child, 'exit')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((ready, failed) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk
      if (said.includes('is ready at')) ready()
    }
    child.stdout!.on('data', listen)
    child.stderr!.on('data', listen)
    child.on('exit', (code, signal) => failed(new Error(`The server ended with ${code ?? signal}: ${said}`)))
  })
}
