import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type S3Server, startS3Server } from './s3-server.fixture.ts'
import { S3Storage } from './s3-storage.ts'
import { keepsFiles, pieces, read } from './storage.fixture.ts'

let server: S3Server
let storage: S3Storage
beforeAll(async () => {
  server = await startS3Server()
  storage = new S3Storage(server.options)
})
afterAll(() => server.close())

const mega = 1024 ** 2

/** So many bytes in pieces of half a megabyte. */
async function* long(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += mega / 2) yield content.subarray(at, at + mega / 2)
}

describe('a bucket', () => {
  keepsFiles(() => storage)

  it.each([8, 16, 17])('takes %i MB in parts, and gives them back as one', async (size) => {
    const content = randomBytes(size * mega)
    const stored = await storage.write('long', long(content), content.length)
    expect(stored).toEqual({ size: content.length, sha256: createHash('sha256').update(content).digest('hex') })
    expect(server.files.get('long')!.equals(content)).toBe(true)
    expect(server.uploads.size).toBe(0)
  })

  it('keeps no parts of what broke off', async () => {
    await expect(storage.write('cut', long(randomBytes(20 * mega)), 18 * mega)).rejects.toMatchObject({ status: 413 })
    expect([server.uploads.size, server.files.has('cut')]).toEqual([0, false])
  })

  it('is asked again when it is busy for a moment, and not for ever', async () => {
    server.failing = 2
    await storage.write('busy', pieces('patience'), 100)
    expect(await read(storage, 'busy')).toBe('patience')
    server.failing = 3
    await expect(storage.write('busy', pieces('no'), 100)).rejects.toThrow('answered 503 SlowDown to PUT busy')
  })

  it('is one for two servers', async () => {
    await storage.write('shared', pieces('from one'), 100)
    expect(await read(new S3Storage(server.options), 'shared')).toBe('from one')
  })

  it('says what stands in its way', async () => {
    await storage.requireReachable()
    const other = (part: object) => new S3Storage({ ...server.options, ...part }).requireReachable()
    await expect(other({ secretAccessKey: 'wrong' })).rejects.toThrow(/answered 403.*OF_S3_ACCESS_KEY_ID/)
    await expect(other({ bucket: 'none' })).rejects.toThrow(/answered 404.*OF_S3_BUCKET/)
    await expect(other({ endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(/cannot be reached.*OF_S3_ENDPOINT/)
    const stranger = new S3Storage({ ...server.options, secretAccessKey: 'wrong' })
    await expect(stranger.open('shared')).rejects.toThrow('answered 403 SignatureDoesNotMatch')
  })
})
