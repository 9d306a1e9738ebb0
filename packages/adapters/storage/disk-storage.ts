/** Files in a folder of the data directory. */
import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, notFound } from '@oneforge/kernel/errors'
import type { FileStorage, LocalFile, StoredSize } from '@oneforge/modules/files'

const keyPattern = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/

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

  /** Keys come from our own code; one that could leave the folder is a mistake there. */
  private pathOf(key: string): string {
    if (!keyPattern.test(key)) throw new Error(`“${key}” cannot be the key of a file.`)
    return join(this.directory, key)
  }
}

/** On the disk, not only in its cache, before the database says that the file is there. */
async function writeSynced(path: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredSize> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of content) {
      size += chunk.length
      if (size > maxBytes) throw tooLarge(maxBytes)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${Math.floor(maxBytes / 1024 ** 2)} MB. Send it in parts.`)
