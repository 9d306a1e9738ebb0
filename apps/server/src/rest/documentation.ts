/** The API described: the OpenAPI document, and a page to read and try it, all from our own files. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { AppError } from '@oneforge/kernel/errors'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { LRUCache } from 'lru-cache'
import { localeOf } from './locale.ts'
import { describeApi, describeWorkspace, type OpenApiDocument } from './openapi/document.ts'
import type { App, RequestContext, RestParts } from './routes.ts'

export interface DocumentationParts extends RestParts {
  version: string
}

/** A workspace's document is some hundred kilobytes; it is made again when nobody asked for long. */
const rememberedDocuments = 50

/** Routes under /api. */
export function documentationRoutes(parts: DocumentationParts): App {
  const app: App = new Hono()
  const documents = new Documents(parts)
  app.use('/v1/openapi.json', compress())
  app.get('/v1/openapi.json', async (context) => context.json(await documents.for(context)))
  app.use('/docs/*', compress())
  app.get('/docs', (context) => context.html(page))
  // In a file of its own, because the policy allows no inline script.
  app.get('/docs/start.js', async (context) => context.body(await readStart(), 200, { 'content-type': javascript }))
  for (const [name, type] of Object.entries(pageFiles)) {
    app.get(`/docs/${name}`, async (context) => {
      context.header('cache-control', 'public, max-age=86400')
      return context.body(await readPageFile(name), 200, { 'content-type': type })
    })
  }
  return app
}

/** One document for everybody, and one for each set of rights in each version of a workspace. */
class Documents {
  private readonly parts: DocumentationParts
  private readonly ofWorkspaces = new LRUCache<string, OpenApiDocument>({ max: rememberedDocuments })
  private general: OpenApiDocument | undefined

  constructor(parts: DocumentationParts) {
    this.parts = parts
  }

  async for(context: RequestContext): Promise<OpenApiDocument> {
    const { registry, version, runner } = this.parts
    this.general ??= describeApi(registry, version)
    const principal = await this.principalOf(context)
    if (!principal) return this.general
    // No transaction tells here that the model is out of date, so it is read anew.
    await runner.models.refresh(principal.tenantId)
    const { model, member } = await runner.resolve(principal)
    const policy = runner.policyOf({ model, member }, { ip: context.get('address'), source: 'api' })
    const locale = member.locale ?? localeOf(context.req.header('accept-language') ?? null)
    const { roles, exceptions } = policy.rights
    const key = JSON.stringify([model.tenantId, model.version, roles, exceptions, locale])
    const known = this.ofWorkspaces.get(key)
    if (known) return known
    const document = describeWorkspace(this.general, { model, policy, locale })
    this.ofWorkspaces.set(key, document)
    return document
  }

  /** A token must be good; a page whose cookie has expired still gets what everybody may read. */
  private async principalOf(context: RequestContext) {
    const { headers } = context.req.raw
    try {
      return await this.parts.authenticate(headers, 'GET')
    } catch (error) {
      if ((error as AppError).code === 'UNAUTHENTICATED' && !headers.has('authorization')) return null
      throw error
    }
  }
}

const javascript = 'text/javascript; charset=utf-8'
const pageFiles: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': javascript,
  'favicon-32x32.png': 'image/png',
}
const pageDirectory = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const readStart = async () => new Uint8Array(await readFile(join(import.meta.dirname, 'documentation-start.js')))
const readPageFile = async (name: string) => new Uint8Array(await readFile(join(pageDirectory, name)))

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>OneForge API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`
