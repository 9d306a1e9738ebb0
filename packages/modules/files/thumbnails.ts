/** Small pictures of files, drawn by a job once a version is complete. They are kept beside it and go with it. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database, Transaction } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import { type FileContents, once } from './file-contents.ts'
import { keepThumbnail, listParts, readVersion } from './files.store.ts'
import type { FileStorage } from './storage.port.ts'
import type { ThumbnailDrawer } from './thumbnails.port.ts'

/** Pictures that take longer to copy than anybody waits for a small one. */
const largestBytes = 100 * 1024 ** 2
const mostBytes = 1024 ** 2

export interface ThumbnailParts {
  database: Database
  storage: FileStorage
  contents: FileContents
  drawer: ThumbnailDrawer
  enqueue: (tx: Transaction, kind: string, payload: object) => Promise<unknown>
}

export class Thumbnails {
  private readonly parts: ThumbnailParts

  constructor(parts: ThumbnailParts) {
    this.parts = parts
  }

  /** Leaves the drawing to a job, in the transaction that completes the version. */
  async expect(tx: Transaction, version: { id: string; type: string; size: number }): Promise<void> {
    if (version.size > largestBytes || !this.parts.drawer.draws(version.type)) return
    await this.parts.enqueue(tx, kindName, { versionId: version.id })
  }

  get kind(): JobKind<{ versionId: string }> {
    return {
      name: kindName,
      retries: 3,
      timeoutSeconds: 300,
      handle: ({ tenantId, versionId }) => this.draw(tenantId, versionId),
    }
  }

  private async draw(tenantId: string, versionId: string): Promise<void> {
    const { database, storage, contents, drawer } = this.parts
    const { version, parts } = await database.transaction({ tenantId, readsOnly: true }, async (tx) => ({
      version: await readVersion(tx, tenantId, versionId),
      parts: await listParts(tx, tenantId, versionId),
    }))
    if (!version || version.thumbnail_key !== null) return
    const directory = await mkdtemp(join(tmpdir(), 'oneforge-thumbnail-'))
    try {
      const path = join(directory, 'picture')
      await pipeline(Readable.from(contents.bytesOf(parts)), createWriteStream(path, { mode: 0o600 }))
      const picture = await drawer.draw(path, version.type)
      if (!picture) return
      const key = `${version.storage_key}/thumbnail`
      await storage.write(key, once(picture), mostBytes)
      const isKept = await database.transaction({ tenantId }, (tx) => keepThumbnail(tx, tenantId, versionId, key))
      if (!isKept) await storage.remove(key)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
}

const kindName = 'files.thumbnail'
