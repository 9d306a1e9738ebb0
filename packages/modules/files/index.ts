/** The door of the files module: files on records, and where files lie for whoever else keeps some. */
import type { Database } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { FileContents } from './file-contents.ts'
import { type ArchiveClaims, FileLinks, type VersionClaims } from './file-links.ts'
import { fileOperations } from './files.operations.ts'
import { FileService, type ReadAs } from './files.service.ts'
import { filesOfRecords } from './files-of-records.ts'
import type { FileScanner } from './scanner.port.ts'
import { selectedFileOperations } from './selected-files.operations.ts'
import { SelectedFiles } from './selected-files.ts'
import type { FileStorage } from './storage.port.ts'
import type { ThumbnailDrawer } from './thumbnails.port.ts'
import { type ThumbnailParts, Thumbnails } from './thumbnails.ts'
import { WholeFiles } from './whole-files.ts'

export { requireFitting } from './field-files.ts'
export { storageKeysOf } from './keys-of-records.store.ts'
export type { FileScanner } from './scanner.port.ts'
export type { FileStorage, LocalFile, StoredSize } from './storage.port.ts'
export type { ThumbnailDrawer } from './thumbnails.port.ts'
export { requireNext, type Upload } from './uploads.ts'
export type { KeptContent, WholeFile, WholeFiles } from './whole-files.ts'

/** @param options.linkKey what links are signed with: the same on every server. */
export function createFiles(options: {
  database: Database
  storage: FileStorage
  linkKey: string
  readAs: ReadAs
  drawer: ThumbnailDrawer
  enqueue: ThumbnailParts['enqueue']
  scanner?: FileScanner
}): { operations: AnyOperation[]; thumbnails: JobKind; whole: WholeFiles } {
  const { database, storage, linkKey, readAs, drawer, enqueue, scanner } = options
  const contents = new FileContents(storage)
  const thumbnails = new Thumbnails({ database, storage, contents, drawer, enqueue })
  const links = new FileLinks<VersionClaims>(linkKey, 'version')
  const service = new FileService({ storage, links, readAs, contents, thumbnails, scanner })
  const archives = new FileLinks<ArchiveClaims>(linkKey, 'archive')
  const selected = new SelectedFiles({ links: archives, readAs, contents })
  return {
    operations: [...fileOperations(service), ...selectedFileOperations(selected), filesOfRecords],
    thumbnails: thumbnails.kind as JobKind,
    whole: new WholeFiles({ storage, thumbnails, scanner }),
  }
}
