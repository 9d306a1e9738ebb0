/**
 * Serves the built page: hashed files for a year, the page itself always fresh, everything compressed once. The HTML
 * names the scripts and styles that the page of its address needs, so that none of them waits for another.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { contentPolicy } from './content-policy.ts'
import { pageParts } from './page-parts.ts'
import { type Encoding, encodingFor } from './rest/compression.ts'
import type { App, RequestContext } from './rest/routes.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}
const compressible = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest'])

interface PageFile extends Partial<Record<Encoding, Buffer>> {
  type: string
  /** Of HTML: what it may run. */
  policy?: string
  plain: Buffer
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

export function servePage(app: App, directory: string): void {
  const files = new Map<string, Promise<PageFile | undefined>>()
  const htmlOf = pageParts(directory)
  const fileAt = (path: string) => {
    const known = files.get(path)
    if (known) return known
    const loading = load(join(directory, path))
    files.set(path, loading)
    return loading
  }
  /** One for each kind of page: addresses are many, their patterns are few. */
  const pageAt = async (path: string) => {
    const { pattern, html } = await htmlOf(path)
    const known = files.get(pattern)
    if (known || !html) return known
    const page = htmlFile(html, pattern)
    files.set(pattern, page)
    return page
  }
  app.get('*', async (context) => {
    const path = normalize(decoded(context.req.path))
    const isFile = extname(path) !== '' && !path.includes('..') && existsSync(join(directory, path))
    // A part of an older page: saying that it is gone lets that page load itself anew.
    if (!isFile && path.startsWith('/assets/')) return context.text('Not found', 404)
    const file = await (isFile ? fileAt(path) : pageAt(path))
    if (!file) return context.text('The page has not been built yet: run npm start.', 503)
    context.header(
      'cache-control',
      isFile && path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    return respond(context, file)
  })
}

/** An address that is not well encoded names no file: the page says that there is nothing. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '/'
  }
}

async function load(path: string): Promise<PageFile | undefined> {
  if (!existsSync(path)) return undefined
  const plain = await readFile(path)
  const extension = extname(path)
  const type = types[extension] ?? 'application/octet-stream'
  if (!compressible.has(extension) || plain.length < 1024) return { type, plain }
  // The build has taken more time for it than there is while somebody waits.
  if (existsSync(`${path}.br`)) return { type, plain, br: await readFile(`${path}.br`), gzip: await zip(plain) }
  return compressed(type, plain)
}

async function htmlFile(html: string, pattern: string): Promise<PageFile> {
  const policy = contentPolicy(html, pattern === publicForm ? '*' : undefined)
  return { ...(await compressed('text/html; charset=utf-8', Buffer.from(html))), policy }
}

/** Stands in frames of anybody's site. Nobody is signed in there: browsers keep our cookies from frames of others. */
const publicForm = 'route /f/:address'

async function compressed(type: string, plain: Buffer): Promise<PageFile> {
  const [br, gzipped] = await Promise.all([
    brotli(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
    zip(plain),
  ])
  return { type, plain, br, gzip: gzipped }
}

function respond(context: RequestContext, file: PageFile): Response {
  const encoding = file.br && encodingFor(context.req.header('accept-encoding'))
  context.header('content-type', file.type)
  if (file.policy) context.header('content-security-policy', file.policy)
  context.header('vary', 'accept-encoding')
  if (encoding) context.header('content-encoding', encoding)
  const body = encoding ? file[encoding]! : file.plain
  return context.body(new Uint8Array(body), 200)
}
