/** Starts everything a process runs and stops it in order. */
import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { serve } from '@hono/node-server'
import { startPrivatePostgres } from '@oneforge/adapters/postgres'
import pino, { type Logger } from 'pino'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { createApp } from './app.ts'
import { compose, type System } from './compose.ts'
import type { Config } from './config.ts'
import { loadMasterKey } from './master-key.ts'
import { ClientAddresses } from './rest/client-address.ts'
import { CredentialFailures } from './rest/credential-failures.ts'
import { Quotas } from './rest/quota.ts'

const root = resolve(import.meta.dirname, '../../..')

/**
 * Milliseconds that an idle connection stays open. Longer than proxies keep theirs (60 s with nginx and AWS): if the
 * server closed first, a request that is just on its way would be lost.
 */
const keepAliveTimeout = 75_000

export interface RunningServer {
  /** Undefined for a worker, which serves nothing. */
  url: string | undefined
  system: System
  /** Finishes what runs, then closes the database. */
  stop(): Promise<void>
}

export async function startServer(config: Config): Promise<RunningServer> {
  const log = pino({ level: config.logLevel })
  mkdirSync(config.dataDir, { recursive: true })
  const masterKey = await loadMasterKey(config.masterKey, config.dataDir)
  const postgres = config.databaseUrl
    ? undefined
    : await startPrivatePostgres({ dataDir: config.dataDir, log: (line) => log.info(line) })
  try {
    const ownerUrl = config.databaseUrl ?? (await postgres!.url())
    const system = await compose({ config, ownerUrl, masterKey, log })
    await system.start({ work: config.runs.worker, serve: config.runs.http })
    const http = config.runs.http ? await listen(config, system, log) : undefined
    return {
      url: http ? `http://localhost:${http.port}` : undefined,
      system,
      async stop() {
        await http?.close()
        await system.close()
        await postgres?.stop()
      },
    }
  } catch (error) {
    await postgres?.stop()
    throw error
  }
}

interface Listening {
  port: number
  close(): Promise<void>
}

async function listen(config: Config, system: System, log: Logger): Promise<Listening> {
  let stopping = false
  const app = createApp({
    registry: system.registry,
    runner: system.runner,
    authenticate: (headers, method, options) => system.identity.authenticate(headers, method, options),
    quotas: new Quotas(system.budgets),
    failures: new CredentialFailures(),
    addresses: new ClientAddresses(config.trustedProxies),
    log,
    database: system.database,
    metrics: metricsOf(system),
    stopping: () => stopping,
    workerReady: () => (config.runs.worker ? true : null),
    pageDirectory: resolve(root, 'apps/web/dist'),
    version: JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')).version,
    baseUrl: config.baseUrl,
  })
  return new Promise((ready, failed) => {
    const server = serve({ fetch: app.fetch, port: config.port }, (info) => {
      ready({ port: info.port, close })
    })
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = keepAliveTimeout
    server.on('error', (error: NodeJS.ErrnoException) => failed(portProblem(error, config.port)))
    const close = () =>
      new Promise<void>((closed) => {
        stopping = true
        server.close(() => closed())
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      })
  })
}

function portProblem(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(`Port ${port} is in use by another program. Stop it, or set PORT to a free one.`)
}

function metricsOf(system: System): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'oneforge_pool_connections',
    help: 'Connections of the database pool by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { total, idle, waiting } = system.database.metrics()
      this.set({ state: 'total' }, total)
      this.set({ state: 'idle' }, idle)
      this.set({ state: 'waiting' }, waiting)
    },
  })
  new Gauge({
    name: 'oneforge_jobs',
    help: 'Jobs by kind and state',
    labelNames: ['kind', 'state'],
    registers: [registry],
    async collect() {
      for (const { kind, waiting, deferred, active, dead } of await system.jobs.depths()) {
        for (const [state, count] of Object.entries({ waiting, deferred, active, dead }))
          this.set({ kind, state }, count)
      }
    },
  })
  return registry
}
