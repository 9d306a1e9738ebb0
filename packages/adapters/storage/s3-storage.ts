/**
 * Files in a bucket, by the S3 protocol: at Amazon, or at any server that speaks it (MinIO, Garage, Ceph, R2). Each request
 * is signed with all that it carries. What is larger than one request goes as a multipart upload, which shows only once it is
 * complete; parts of one that broke off are removed, or left to the bucket's rule for incomplete uploads.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { notFound } from '@oneforge/kernel/errors'
import type { FileStorage, LocalFile, StoredSize } from '@oneforge/modules/files'
import { AwsClient } from 'aws4fetch'
import { requireKey } from './file-key.ts'
import { Limited } from './limited.ts'

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, `http://minio:9000`; the bucket is added to its path. */
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

/** What one request carries at the most; S3 takes no smaller part than 5 MB but the last. */
const partBytes = 8 * 1024 ** 2
/** Of one that met an error of the server, or none at all. */
const tries = 3
const timeoutMs = 60_000

interface Request {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD'
  query?: Record<string, string>
  body?: Uint8Array
}

export class S3Storage implements FileStorage {
  private readonly client: AwsClient
  private readonly bucketUrl: string

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Options) {
    this.client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })
    this.bucketUrl = `${endpoint.replace(/\/+$/, '')}/${bucket}`
  }

  /** @throws Error that says what stands in the way of the bucket. */
  async requireReachable(): Promise<void> {
    const response = await this.ask('', { method: 'HEAD' }).catch((error: unknown) => {
      throw new Error(
        `The bucket ${this.bucketUrl} cannot be reached: ${(error as Error).message}. Check OF_S3_ENDPOINT.`,
      )
    })
    if (response.ok) return
    const hint =
      response.status === 404 ? 'Make it, or check OF_S3_BUCKET.' : 'Check OF_S3_ACCESS_KEY_ID and its rights.'
    throw new Error(`The bucket ${this.bucketUrl} answered ${response.status}. ${hint}`)
  }

  async write(key: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredSize> {
    requireKey(key)
    const limited = new Limited(content, maxBytes)
    const parts = inParts(limited)
    const first = (await parts.next()).value ?? new Uint8Array()
    // A part that is not full is the last one.
    if (first.length < partBytes) await this.accomplish(key, { method: 'PUT', body: first })
    else await this.writeInParts(key, first, parts)
    return limited.stored
  }

  async *read(key: string): AsyncGenerator<Uint8Array> {
    const response = await this.accomplish(requireKey(key), { method: 'GET' })
    yield* response.body as unknown as AsyncIterable<Uint8Array>
  }

  async open(key: string): Promise<LocalFile> {
    const { body } = await this.accomplish(requireKey(key), { method: 'GET' })
    const path = join(tmpdir(), `oneforge-${randomUUID()}`)
    const release = () => rm(path, { force: true })
    try {
      await pipeline(
        Readable.from(body as unknown as AsyncIterable<Uint8Array>),
        createWriteStream(path, { mode: 0o600 }),
      )
    } catch (error) {
      await release()
      throw error
    }
    return { path, release }
  }

  async remove(key: string): Promise<void> {
    await this.accomplish(requireKey(key), { method: 'DELETE' })
  }

  private async writeInParts(key: string, first: Uint8Array, rest: AsyncIterable<Uint8Array>): Promise<void> {
    const begun = await (await this.accomplish(key, { method: 'POST', query: { uploads: '' } })).text()
    const uploadId = textOf('UploadId', begun)
    try {
      const tags: string[] = []
      const send = async (body: Uint8Array) => {
        const query = { partNumber: String(tags.length + 1), uploadId }
        tags.push((await this.accomplish(key, { method: 'PUT', query, body })).headers.get('etag')!)
      }
      await send(first)
      for await (const part of rest) if (part.length > 0) await send(part)
      const body = Buffer.from(partList(tags))
      const ended = await (await this.accomplish(key, { method: 'POST', query: { uploadId }, body })).text()
      // The answer begins before the parts are put together, so a failure may come with a 200.
      if (ended.includes('<Error>'))
        throw new Error(`The storage could not put ${key} together: ${textOf('Code', ended)}`)
    } catch (error) {
      await this.ask(key, { method: 'DELETE', query: { uploadId } }).catch(() => {})
      throw error
    }
  }

  /** @throws AppError 404 where there is no such file; Error for whatever else is not done. */
  private async accomplish(key: string, request: Request): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await this.ask(key, request)
        if (response.ok) return response
        const answer = await response.text()
        if (response.status === 404 && request.method === 'GET') throw notFound('The file')
        const problem = `The storage answered ${response.status} ${textOf('Code', answer)} to ${request.method} ${key}.`
        if (response.status < 500 || attempt === tries) throw new Refused(problem)
      } catch (error) {
        if (attempt === tries || !isPassing(error)) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, 100 * 3 ** attempt))
    }
  }

  private ask(key: string, { method, query = {}, body }: Request): Promise<Response> {
    const path = key === '' ? this.bucketUrl : `${this.bucketUrl}/${key}`
    const search = new URLSearchParams(query).toString()
    return this.client.fetch(search === '' ? path : `${path}?${search}`, {
      method,
      ...(body && { body: Buffer.from(body) }),
      headers: {
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
      },
      signal: AbortSignal.timeout(timeoutMs),
    })
  }
}

/** The server has understood, and says no: asking again would not help. */
class Refused extends Error {}

/** The connection was refused, or broke. */
const isPassing = (error: unknown): boolean => error instanceof TypeError

/** In pieces of that size, the last of which may be smaller, or empty. */
async function* inParts(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    waiting.push(chunk)
    size += chunk.length
    while (size >= partBytes) {
      const all = Buffer.concat(waiting)
      yield all.subarray(0, partBytes)
      waiting = [all.subarray(partBytes)]
      size -= partBytes
    }
  }
  yield Buffer.concat(waiting)
}

const partList = (tags: string[]): string => {
  const parts = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
  return `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
}

/** What stands in an element of an answer; of these none holds others. */
const textOf = (element: string, xml: string): string =>
  (new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
