/** The part of yauzl 3 that reads zip archives here. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export interface Entry {
    fileName: string
    compressedSize: number
    uncompressedSize: number
    isEncrypted(): boolean
  }
  export interface ZipFile {
    entryCount: number
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry): Promise<Readable>
    close(): void
  }
  const yauzl: { openPromise(path: string, options?: { autoClose?: boolean }): Promise<ZipFile> }
  export default yauzl
}
