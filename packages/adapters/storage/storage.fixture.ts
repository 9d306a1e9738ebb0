/** What every place for files must do. */
import { readFile } from 'node:fs/promises'
import type { FileStorage } from '@oneforge/modules/files'
import { expect, it } from 'vitest'

export async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

/** By both ways: as a stream, and as a file on this machine. */
export async function read(storage: FileStorage, key: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of storage.read(key)) chunks.push(chunk)
  const file = await storage.open(key)
  const text = await readFile(file.path, 'utf8')
  await file.release()
  expect(Buffer.concat(chunks).toString()).toBe(text)
  return text
}

const missing = (storage: FileStorage, key: string) => expect(storage.open(key)).rejects.toMatchObject({ status: 404 })

export function keepsFiles(storageNow: () => FileStorage): void {
  it('gives files back as they were written', async () => {
    const stored = await storageNow().write('tenant/upload.csv', pieces('name\n', 'Ana\n'), 100)
    expect(stored).toEqual({ size: 9, sha256: 'a4052dd6e1f819b4750b2824f0f9ec959712794802369a0b86fbbe9f9e43109e' })
    expect(await read(storageNow(), 'tenant/upload.csv')).toBe('name\nAna\n')
    await storageNow().write('tenant/empty', pieces(), 0)
    expect(await read(storageNow(), 'tenant/empty')).toBe('')
  })

  it('replaces them as a whole', async () => {
    await storageNow().write('a', pieces('old'), 100)
    await storageNow().write('a', pieces('new'), 100)
    expect(await read(storageNow(), 'a')).toBe('new')
  })

  it('refuses what is over the limit and keeps nothing of it', async () => {
    const writing = storageNow().write('big/file', pieces('12345', '67890'), 9)
    await expect(writing).rejects.toMatchObject({ status: 413 })
    await missing(storageNow(), 'big/file')
  })

  it('keeps nothing when the sender breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('begun')
      throw new Error('connection lost')
    }
    await expect(storageNow().write('half/file', broken(), 100)).rejects.toThrow('connection lost')
    await missing(storageNow(), 'half/file')
  })

  it('removes a file, also one that is gone', async () => {
    await storageNow().write('gone', pieces('x'), 10)
    await storageNow().remove('gone')
    await storageNow().remove('gone')
    await missing(storageNow(), 'gone')
    await expect(storageNow().read('gone')[Symbol.asyncIterator]().next()).rejects.toMatchObject({ status: 404 })
  })

  it.each(['../outside', '/etc/passwd', 'a/../../b', '', 'a//b', '.hidden'])('takes no key such as %j', async (key) => {
    await expect(storageNow().open(key)).rejects.toThrow('cannot be the key of a file')
  })
}
