/** Files in a folder of the data directory. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { notFound } from '@oneforge/kernel/errors'
import type { FileStorage, LocalFile, StoredSize } from '@oneforge/modules/files'
import { requireKey } from './file-key.ts'
import { Limited } from './limited.ts'

export class DiskStorage implements FileStorage {
  private readonly directory: string

  /** @param directory made when the first file is written. */
  constructor(directory: string) {
    this.directory = directory
  }

  async write(key: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredSize> {
    const path = this.pathOf(key)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const unfinished = `${path}.${randomUUID()}.part`
    try {
      const stored = await writeSynced(unfinished, content, maxBytes)
      await rename(unfinished, path)
      return stored
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  async *read(key: string): AsyncGenerator<Uint8Array> {
    const { path } = await this.open(key)
    yield* createReadStream(path) as AsyncIterable<Uint8Array>
  }

  async open(key: string): Promise<LocalFile> {
    const path = this.pathOf(key)
    await access(path).catch(() => {
      throw notFound('The file')
    })
    return { path, release: async () => {} }
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true })
  }

  private pathOf(key: string): string {
    return join(this.directory, requireKey(key))
  }
}

/** On the disk, not only in its cache, before the database says that the file is there. */
async function writeSynced(path: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredSize> {
  const limited = new Limited(content, maxBytes)
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of limited) await file.writeFile(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
  return limited.stored
}
