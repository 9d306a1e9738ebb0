/** A server of a test's own: the whole of it, on a free port, with a private PostgreSQL in a directory that goes with it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { System } from './compose.ts'
import { readConfig } from './config.ts'
import { startServer } from './server.ts'

export interface TestServer {
  url: string
  dataDir: string
  system: System
  stop(): Promise<void>
}

export async function startTestServer(): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-server-'))
  const config = readConfig({ OF_DATA_DIR: dataDir, OF_LOG_LEVEL: 'silent' })
  const server = await startServer({ ...config, port: 0 })
  return {
    url: server.url!,
    dataDir,
    system: server.system,
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
