/** A server that speaks as much of S3 as keeping files takes, and as strictly: signatures, hashes, sizes of parts. */
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Options } from './s3-storage.ts'

const leastPart = 5 * 1024 ** 2

export interface S3Server {
  options: S3Options
  /** By key. */
  files: Map<string, Buffer>
  /** Parts of multipart uploads that are neither complete nor given up. */
  uploads: Map<string, Map<number, Buffer>>
  /** The next so many requests are answered with 503. */
  failing: number
  close(): Promise<void>
}

interface Asked {
  method: string
  key: string
  query: URLSearchParams
  body: Buffer
}

export async function startS3Server({ bucket = 'files' } = {}): Promise<S3Server> {
  const http = createServer((request, response) => void answer(server, request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const server: S3Server = {
    options: { endpoint, region: 'eu-central-1', bucket, accessKeyId: 'AKTEST', secretAccessKey: randomUUID() },
    files: new Map(),
    uploads: new Map(),
    failing: 0,
    close: () => new Promise((resolve) => http.close(() => resolve())),
  }
  return server
}

async function answer(server: S3Server, request: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const url = new URL(request.url!, 'http://s3')
  const [, bucket, ...rest] = url.pathname.split('/')
  if (server.failing > 0) {
    server.failing -= 1
    return refuse(response, 503, 'SlowDown')
  }
  if (!isSigned(server.options, request, url, body)) return refuse(response, 403, 'SignatureDoesNotMatch')
  if (bucket !== server.options.bucket) return refuse(response, 404, 'NoSuchBucket')
  return serve(server, { method: request.method!, key: rest.join('/'), query: url.searchParams, body }, response)
}

function serve(server: S3Server, asked: Asked, response: ServerResponse): ServerResponse {
  const { method, key, query, body } = asked
  const uploadId = query.get('uploadId')
  if (method === 'HEAD' && key === '') return response.end()
  if (method === 'POST' && query.has('uploads')) {
    const id = randomUUID()
    server.uploads.set(id, new Map())
    return response.end(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`)
  }
  if (uploadId !== null) return servePart(server, asked, uploadId, response)
  if (method === 'PUT') {
    server.files.set(key, body)
    return response.setHeader('etag', tagOf(body)).end()
  }
  if (method === 'DELETE') {
    server.files.delete(key)
    return response.writeHead(204).end()
  }
  const file = server.files.get(key)
  if (method !== 'GET' || !file) return refuse(response, 404, 'NoSuchKey')
  return response.end(file)
}

function servePart(
  server: S3Server,
  { method, key, query, body }: Asked,
  id: string,
  response: ServerResponse,
): ServerResponse {
  const parts = server.uploads.get(id)
  if (!parts) return refuse(response, 404, 'NoSuchUpload')
  if (method === 'PUT') {
    parts.set(Number(query.get('partNumber')), body)
    return response.setHeader('etag', tagOf(body)).end()
  }
  server.uploads.delete(id)
  if (method === 'DELETE') return response.writeHead(204).end()
  const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)]
  const contents = named.map(([, number]) => parts.get(Number(number)))
  if (contents.some((part, at) => !part || tagOf(part) !== named[at]![2])) return refuse(response, 400, 'InvalidPart')
  if (contents.slice(0, -1).some((part) => part!.length < leastPart)) return refuse(response, 400, 'EntityTooSmall')
  server.files.set(key, Buffer.concat(contents as Buffer[]))
  return response.end('<CompleteMultipartUploadResult></CompleteMultipartUploadResult>')
}

const tagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`

const refuse = (response: ServerResponse, status: number, code: string): ServerResponse =>
  response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)

/** Signature Version 4, worked out from the request as it came. */
function isSigned(options: S3Options, { method, headers }: IncomingMessage, url: URL, body: Buffer): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/([^/]+)\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/
  const [, id, scope, day, region, names, signature] = pattern.exec(headers.authorization ?? '') ?? []
  const hash = createHash('sha256').update(body).digest('hex')
  if (id !== options.accessKeyId || region !== options.region || headers['x-amz-content-sha256'] !== hash) return false
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names!.split(';').includes(name))) return false
  const query = [...url.searchParams]
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .sort()
    .join('&')
  const lines = names!.split(';').map((name) => `${name}:${headers[name]}\n`)
  const canonical = [method, url.pathname, query, lines.join(''), names, hash].join('\n')
  const digest = createHash('sha256').update(canonical).digest('hex')
  const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
  const key = [region!, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${options.secretAccessKey}`, day!))
  return hmac(key, ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest].join('\n')).toString('hex') === signature
}
