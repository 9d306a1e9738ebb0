import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DiskStorage } from './disk-storage.ts'

let directory: string
let storage: DiskStorage
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneforge-storage-'))
  storage = new DiskStorage(join(directory, 'files'))
})
afterAll(() => rm(directory, { recursive: true }))

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

async function read(key: string): Promise<string> {
  const file = await storage.open(key)
  const text = await readFile(file.path, 'utf8')
  await file.release()
  return text
}

describe('files on disk', () => {
  it('come back as they were written', async () => {
    const stored = await storage.write('tenant/upload.csv', pieces('name\n', 'Ana\n'), 100)
    expect(stored).toEqual({ size: 9, sha256: 'a4052dd6e1f819b4750b2824f0f9ec959712794802369a0b86fbbe9f9e43109e' })
    expect(await read('tenant/upload.csv')).toBe('name\nAna\n')
  })

  it('are replaced as a whole', async () => {
    await storage.write('a', pieces('old'), 100)
    await storage.write('a', pieces('new'), 100)
    expect(await read('a')).toBe('new')
  })

  it('are refused over the limit and leave nothing behind', async () => {
    const writing = storage.write('big/file', pieces('12345', '67890'), 9)
    await expect(writing).rejects.toMatchObject({ status: 413 })
    expect(await readdir(join(directory, 'files', 'big'))).toEqual([])
    await expect(storage.open('big/file')).rejects.toMatchObject({ status: 404 })
  })

  it('leave nothing behind when the sender breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('begun')
      throw new Error('connection lost')
    }
    await expect(storage.write('half/file', broken(), 100)).rejects.toThrow('connection lost')
    expect(await readdir(join(directory, 'files', 'half'))).toEqual([])
  })

  it('may be removed twice', async () => {
    await storage.write('gone', pieces('x'), 10)
    await storage.remove('gone')
    await storage.remove('gone')
    await expect(storage.open('gone')).rejects.toMatchObject({ status: 404 })
  })

  it.each(['../outside', '/etc/passwd', 'a/../../b', '', 'a//b', '.hidden'])(
    'stay in their folder: %j',
    async (key) => {
      await expect(storage.open(key)).rejects.toThrow('cannot be the key of a file')
    },
  )
})
