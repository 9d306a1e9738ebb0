/** Where files lie. The disk is one such place; another keeps to the same verbs. */

export interface StoredSize {
  size: number
  sha256: string
}

/** A file at hand on this machine, for readers that must jump about in it. */
export interface LocalFile {
  path: string
  /** Gives it back; a copy made for the occasion is removed. */
  release(): Promise<void>
}

export interface FileStorage {
  /**
   * Keeps the content under the key, all or nothing: a write that breaks off leaves no file.
   *
   * @param key parts of letters, digits, `-`, `_` and `.`, joined by `/`.
   * @throws AppError 413 if there is more than `maxBytes`.
   */
  write(key: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredSize>
  /** The content from its beginning, as it comes. Throws AppError 404 if there is no such file. */
  read(key: string): AsyncIterable<Uint8Array>
  /** @throws AppError 404 if there is no such file. */
  open(key: string): Promise<LocalFile>
  /** A file that is not there is no error. */
  remove(key: string): Promise<void>
}
