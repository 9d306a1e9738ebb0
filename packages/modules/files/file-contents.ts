/** The content of versions, put together from the parts in which they came. */
import type { PartRow } from './files.store.ts'
import type { FileStorage } from './storage.port.ts'

/** Enough to tell what a file is. */
const headBytes = 64 * 1024

export class FileContents {
  private readonly storage: FileStorage

  constructor(storage: FileStorage) {
    this.storage = storage
  }

  async *bytesOf(parts: Pick<PartRow, 'storage_key'>[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield* this.storage.read(part.storage_key)
  }

  async headOf(parts: PartRow[]): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of this.bytesOf(parts)) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= headBytes) break
    }
    return Buffer.concat(chunks)
  }
}

export async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
