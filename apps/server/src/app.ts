/** The HTTP application: health, API and page, with what is said on every answer. */
import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { contentPolicy } from './content-policy.ts'
import { type HealthParts, healthRoutes } from './health.ts'
import { servePage } from './page.ts'
import { documentationRoutes } from './rest/documentation.ts'
import { type App, type RequestContext, type RestParts, respondToError, restRoutes } from './rest/routes.ts'

export interface AppParts extends RestParts, HealthParts {
  /** Folder of the built page. */
  pageDirectory: string
  version: string
  baseUrl: string
}

/** Of all but the HTML of pages and the content of files. */
const plainPolicy = contentPolicy()

const saneRequestId = /^[\w.:-]{1,128}$/

export function createApp(parts: AppParts): App {
  const app: App = new Hono()
  app.use(async (context, next) => {
    identifyRequest(parts, context)
    await next()
    securityHeaders(parts, context)
  })
  app.route('/', healthRoutes(parts))
  app.route('/api', documentationRoutes(parts))
  app.get('/api/v1/mail-suppressions/end', askBeforeEnding)
  app.route('/api/v1', restRoutes(parts))
  servePage(app, parts.pageDirectory)
  app.onError((error, context) => {
    const response = respondToError(parts.log, error, context)
    securityHeaders(parts, context)
    return response
  })
  return app
}

/** Mail programs post there (RFC 8058). Whoever opens the address is asked first: looking must end nothing. */
function askBeforeEnding(context: RequestContext): Response {
  return context.redirect(`/unsubscribe?of=marketing#${encodeURIComponent(context.req.query('token') ?? '')}`)
}

function identifyRequest(parts: AppParts, context: RequestContext): void {
  const given = context.req.header('x-request-id')
  const requestId = given && saneRequestId.test(given) ? given : `req_${randomUUID().replaceAll('-', '').slice(0, 20)}`
  context.set('requestId', requestId)
  context.set('address', parts.addresses.resolve(peerOf(context), context.req.header('x-forwarded-for') ?? null))
  context.header('x-request-id', requestId)
}

/** Absent when the application is called without a socket, as some tests do. */
function peerOf(context: RequestContext): string | undefined {
  return context.env && 'incoming' in (context.env as object) ? getConnInfo(context).remote.address : undefined
}

function securityHeaders(parts: AppParts, context: RequestContext): void {
  const { headers } = context.res
  // Content of files comes with a stricter one of its own, the HTML of a page with one for its scripts.
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', plainPolicy)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'no-referrer')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  if (parts.baseUrl.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000')
  if (context.req.path.startsWith('/api/') && !headers.has('cache-control')) headers.set('cache-control', 'no-store')
}
