/** The door of the files module: files on records, and where files lie for whoever else keeps some. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { FileLinks } from './file-links.ts'
import { fileOperations } from './files.operations.ts'
import { FileService, type ReadAs } from './files.service.ts'
import type { FileScanner } from './scanner.port.ts'
import type { FileStorage } from './storage.port.ts'

export { storageKeysOf } from './keys-of-records.store.ts'
export type { FileScanner } from './scanner.port.ts'
export type { FileStorage, LocalFile, StoredSize } from './storage.port.ts'

/** @param options.linkKey what links are signed with: the same on every server. */
export function createFiles(options: {
  storage: FileStorage
  linkKey: string
  readAs: ReadAs
  scanner?: FileScanner
}): { operations: AnyOperation[] } {
  const { linkKey, ...parts } = options
  return { operations: fileOperations(new FileService({ ...parts, links: new FileLinks(linkKey) })) }
}
