/** Counts and sums what passes, up to a limit. */
import { createHash } from 'node:crypto'
import { AppError } from '@oneforge/kernel/errors'
import type { StoredSize } from '@oneforge/modules/files'

export class Limited {
  private readonly hash = createHash('sha256')
  private readonly content: AsyncIterable<Uint8Array>
  private readonly maxBytes: number
  private size = 0

  constructor(content: AsyncIterable<Uint8Array>, maxBytes: number) {
    this.content = content
    this.maxBytes = maxBytes
  }

  /** @throws AppError 413 with the chunk that is too much. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.content) {
      this.size += chunk.length
      if (this.size > this.maxBytes) throw tooLarge(this.maxBytes)
      this.hash.update(chunk)
      yield chunk
    }
  }

  /** Of all that has passed. */
  get stored(): StoredSize {
    return { size: this.size, sha256: this.hash.digest('hex') }
  }
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${Math.floor(maxBytes / 1024 ** 2)} MB. Send it in parts.`)
