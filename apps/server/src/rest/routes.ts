/** The REST transport: each operation becomes a route; whatever holds for all of them is said once, here. */
import { CallerGone } from '@oneforge/kernel/database'
import { AppError, notFound, unauthenticated, validationError } from '@oneforge/kernel/errors'
import {
  type AnyOperation,
  costOf,
  HttpAnswer,
  type HttpInput,
  locationHeader,
  type OperationRegistry,
  type OperationRunner,
  type Principal,
  type ResponseFacts,
  viewAsHeader,
} from '@oneforge/kernel/operations'
import type { RequestFacts } from '@oneforge/kernel/tenancy'
import type { AuthenticationOptions } from '@oneforge/modules/identity'
import { type Context, Hono } from 'hono'
import type { Logger } from 'pino'
import { readBytes, readJson } from './body.ts'
import type { ClientAddresses } from './client-address.ts'
import { compressedJson } from './compression.ts'
import type { CredentialFailures } from './credential-failures.ts'
import { failure, respondWith, success } from './envelope.ts'
import { localeOf } from './locale.ts'
import type { Quotas } from './quota.ts'

export interface RestParts {
  registry: OperationRegistry
  runner: OperationRunner
  authenticate(headers: Headers, method: string, options?: AuthenticationOptions): Promise<Principal | null>
  quotas: Quotas
  failures: CredentialFailures
  addresses: ClientAddresses
  log: Logger
}

export interface Variables {
  requestId: string
  address: string | null
}
export type App = Hono<{ Variables: Variables }>
export type RequestContext = Context<{ Variables: Variables }>

/** All routes under /api/v1. */
export function restRoutes(parts: RestParts): App {
  const app: App = new Hono()
  const methodsAt = methodsByPath(parts.registry.operations)
  app.all('*', async (context, next) => {
    const allowed = methodsAt(context.req.path.replace(/^\/api\/v1/, ''))
    if (allowed.length === 0) throw notFound(`The address ${context.req.path}`)
    if (allowed.includes(context.req.method === 'HEAD' ? 'GET' : context.req.method)) return next()
    context.header('allow', allowed.join(', '))
    throw new AppError('METHOD_NOT_ALLOWED', `${context.req.method} is not possible here; use ${allowed.join(' or ')}.`)
  })
  for (const operation of inOrderOfMatching(parts.registry.operations)) {
    app.on(operation.http.method, honoPath(operation.http.path), (context) => answer(parts, operation, context))
  }
  return app
}

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')
const parameters = (path: string): number => path.match(/\{/g)?.length ?? 0

/** A path that names its segments goes before one that takes any: /search before /{object}. */
function inOrderOfMatching(operations: AnyOperation[]): AnyOperation[] {
  const rank = (path: string) =>
    path
      .split('/')
      .map((segment) => (segment.startsWith('{') ? '1' : '0'))
      .join('')
  return [...operations].sort(
    (a, b) => parameters(a.http.path) - parameters(b.http.path) || rank(a.http.path).localeCompare(rank(b.http.path)),
  )
}

/** Neither objects nor ids are ever called like a segment of ours: `/auth/login` is no record, `/patients/bulk` neither. */
const neverAWord = new Set(['{object}', '{id}'])

/** Tells which methods an address knows. */
function methodsByPath(operations: AnyOperation[]): (path: string) => string[] {
  const routes = operations.map(({ http }) => ({ method: http.method, pattern: http.path.split('/') }))
  return (path) => {
    const segments = path.split('/')
    const fitting = routes.filter(({ pattern }) => fits(pattern, segments))
    const isWord = segments.map((_, at) => fitting.some(({ pattern }) => !pattern[at]!.startsWith('{')))
    const meant = fitting.filter(({ pattern }) => !pattern.some((part, at) => isWord[at] && neverAWord.has(part)))
    return [...new Set(meant.map(({ method }) => method))]
  }
}

const fits = (pattern: string[], segments: string[]): boolean =>
  pattern.length === segments.length &&
  pattern.every((part, at) => (part.startsWith('{') ? segments[at] !== '' : part === segments[at]))

async function answer(parts: RestParts, operation: AnyOperation, context: RequestContext): Promise<Response> {
  const facts = factsOf(context)
  const principal = await identify(parts, operation, context)
  const input = await inputOf(operation, context)
  await charge(parts, operation, principal, input, context)
  const response: ResponseFacts = { headers: new Headers() }
  const output = await parts.runner.run({
    operation,
    input,
    facts,
    principal,
    request: context.req.raw,
    response,
    idempotencyKey: idempotencyKey(context),
    viewAs: context.req.header(viewAsHeader),
  })
  for (const [name, value] of response.headers) context.header(name, value, { append: true })
  if (context.req.method === 'HEAD') await dropBody(output)
  return send(operation, output, response, context)
}

function factsOf(context: RequestContext): RequestFacts {
  const { headers } = context.req.raw
  return {
    requestId: context.get('requestId'),
    locale: localeOf(headers.get('accept-language')),
    ip: context.get('address'),
    userAgent: headers.get('user-agent'),
    source: headers.get('x-oneforge-client') === 'web' ? 'page' : 'api',
    now: new Date(),
    locationId: locationOf(context),
  }
}

/** The location that the page is switched to, from the header; a link can only carry it in its address. */
function locationOf(context: RequestContext): string | undefined {
  const given = context.req.header(locationHeader) ?? context.req.query(locationHeader)
  return given?.toLowerCase() || undefined
}

/** Operations that anybody may call work without credentials, also with outdated ones. */
async function identify(parts: RestParts, operation: AnyOperation, context: RequestContext): Promise<Principal | null> {
  if (operation.access === 'public') return null
  const { headers } = context.req.raw
  const principal = await parts.failures.guard(context.get('address'), (options) =>
    parts.authenticate(headers, context.req.method, options),
  )
  if (!principal) throw unauthenticated()
  return principal
}

async function charge(
  parts: RestParts,
  operation: AnyOperation,
  principal: Principal | null,
  input: unknown,
  context: RequestContext,
): Promise<void> {
  const { headers, refusal } = principal
    ? await parts.quotas.take(principal, await parts.runner.models.get(principal.tenantId), costOf(operation, input))
    : await parts.quotas.takeAnonymous(context.get('address'))
  for (const [name, value] of Object.entries(headers)) context.header(name, value)
  if (refusal) throw refusal
}

async function inputOf(operation: AnyOperation, context: RequestContext): Promise<unknown> {
  const url = new URL(context.req.url)
  const { method, body: kind } = operation.http
  const reads = method === 'GET' || kind === 'stream' || kind === 'none'
  const body = reads ? undefined : await (kind === 'bytes' ? readBytes : readJson)(context.req.raw)
  const input: HttpInput = {
    params: context.req.param() as Record<string, string>,
    query: [...url.searchParams].filter(([key]) => key !== locationHeader),
    body,
    headers: context.req.raw.headers,
  }
  return operation.http.input ? operation.http.input(input) : merged(operation, input)
}

function merged(operation: AnyOperation, input: HttpInput): unknown {
  const { body } = input
  const { bodyAs, ifMatch, method } = operation.http
  const version = ifMatch ? { version: versionOf(input.headers) } : {}
  // What a body carries is never read from the address, which ends up in logs.
  const query = method === 'GET' || method === 'DELETE' ? Object.fromEntries(input.query) : {}
  if (bodyAs) return { ...query, ...input.params, [bodyAs]: body, ...version }
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) return body
  return { ...query, ...(body as object | undefined), ...input.params, ...version }
}

function versionOf(headers: Headers): number | undefined {
  const header = headers.get('if-match')
  if (header === null || header === '*') return undefined
  const match = /^(?:W\/)?"(\d+)"$/.exec(header.trim())
  if (!match) throw validationError([{ field: 'If-Match', message: 'must be the version in quotes, such as "3"' }])
  return Number(match[1])
}

const maxKeyLength = 200

function idempotencyKey(context: RequestContext): string | undefined {
  const key = context.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (key.length === 0 || key.length > maxKeyLength) {
    throw new AppError('VALIDATION_ERROR', `Idempotency-Key must have 1 to ${maxKeyLength} characters.`)
  }
  return key
}

function send(operation: AnyOperation, output: unknown, { meta }: ResponseFacts, context: RequestContext): Response {
  if (output instanceof HttpAnswer) {
    for (const [name, value] of Object.entries(output.headers)) context.header(name, value)
    return context.body(output.body as ReadableStream, output.status as 200)
  }
  const status = operation.http.status ?? 200
  if (status === 204) return context.body(null, 204)
  if (operation.http.location) context.header('location', operation.http.location(output))
  const body = success(output, context.get('requestId'), meta)
  // Tokens stay as they are: how small an answer becomes would say whether a guess that it repeats is right.
  return operation.access === 'public' ? context.json(body, status) : compressedJson(context, body, status)
}

/** Nobody reads the body of an answer to HEAD: what stands behind it, a file for example, would stay open. */
async function dropBody(output: unknown): Promise<void> {
  if (output instanceof HttpAnswer && output.body instanceof ReadableStream) await output.body.cancel()
}

/** Turns whatever was thrown into an answer; what is our fault is logged with the request id and nothing of the request. */
export function respondToError(log: Logger, error: unknown, context: RequestContext): Response {
  const requestId = context.get('requestId')
  if (!(error instanceof AppError)) log.error({ requestId, err: error, method: context.req.method }, 'request failed')
  else if (error.status === 503 && !(error instanceof CallerGone))
    log.warn({ requestId, code: error.code, err: error.cause }, error.message)
  return respondWith(context, failure(error, requestId))
}
