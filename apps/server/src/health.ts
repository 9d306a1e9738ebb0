/** Whether the server lives, whether it can work, and its figures for Prometheus. */
import type { Database } from '@oneforge/kernel/database'
import { sql } from '@oneforge/kernel/database'
import { type Context, Hono } from 'hono'
import type { Registry } from 'prom-client'
import type { App, RequestContext } from './rest/routes.ts'

export interface HealthParts {
  database: Database
  metrics: Registry
  /** Set while the server shuts down: it finishes what runs and takes nothing new. */
  stopping(): boolean
  /** Whether the worker runs here and is well; null where it runs elsewhere. */
  workerReady(): boolean | null
}

export function healthRoutes(parts: HealthParts): App {
  const app: App = new Hono()
  app.get('/health', (context) => context.json({ status: 'ok' }))
  app.get('/ready', (context) => ready(parts, context))
  app.get('/metrics', (context) => metrics(parts, context))
  return app
}

async function ready(parts: HealthParts, context: Context): Promise<Response> {
  const database = await parts.database.run({}, sql`select 1 as one`).then(
    () => true,
    () => false,
  )
  const worker = parts.workerReady()
  const checks = { database, migrations: database, worker: worker ?? 'elsewhere' }
  const isReady = database && worker !== false && !parts.stopping()
  return context.json({ status: isReady ? 'ready' : 'unavailable', checks }, isReady ? 200 : 503)
}

const local = new Set(['127.0.0.1', '::1', null])

/** Not public: only for whoever asks from this machine. A proxy that should reach it forwards from here. */
async function metrics(parts: HealthParts, context: RequestContext): Promise<Response> {
  if (!local.has(context.get('address'))) return context.text('Not found', 404)
  return context.body(await parts.metrics.metrics(), 200, { 'content-type': parts.metrics.contentType })
}
