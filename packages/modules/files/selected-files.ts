/** Several files of one record dealt with at once: moved, put into the trash and taken out, or fetched as an archive. */
import { Readable } from 'node:stream'
import { AppError, conflict, notFound } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext, PublicContext } from '@oneforge/kernel/operations'
import { lockRecord, mergedIds, type RecordContext, type RecordRow, readRow } from '@oneforge/kernel/records'
import { idOf, objectOf } from '@oneforge/modules/records'
import { bringBackInstead, requireFree, seenFiles, takeOutInstead } from './field-files.ts'
import { type ArchivedFile, archiveSize, largestArchive, writeArchive } from './file-archive.ts'
import type { FileContents } from './file-contents.ts'
import { type ArchiveClaims, type FileLinks, packIds, unpackIds } from './file-links.ts'
import { mostFiles, objectOfRow, type PlacedFile, type ReadAs, requireThere } from './files.service.ts'
import {
  type FileRow,
  listFiles,
  markDeleted,
  moveFiles,
  partsByVersion,
  readNamed,
  tellOfFiles,
} from './files.store.ts'

/** A record by the words of an address, and which of its files are meant. */
interface Selected {
  object: string
  id: string
  ids: string[]
}

export class SelectedFiles {
  private readonly links: FileLinks<ArchiveClaims>
  private readonly readAs: ReadAs
  private readonly contents: FileContents

  constructor(parts: { links: FileLinks<ArchiveClaims>; readAs: ReadAs; contents: FileContents }) {
    this.links = parts.links
    this.readAs = parts.readAs
    this.contents = parts.contents
  }

  /** All of them or none. Of files in fields none moves, and those of the trash have no folder until they are back. */
  async move(context: OperationContext, { folder, ...selected }: Selected & { folder: string }): Promise<PlacedFile[]> {
    return this.change(context, selected, 'changed', async (object, files) => {
      for (const file of files) {
        requireThere(file)
        requireFree(context, object, file, 'It has no folder.')
      }
      const moved = files.filter((file) => file.folder !== folder)
      await moveFiles(context, idsOf(moved), folder)
      return moved
    })
  }

  /** Into the trash, or out of it. All of them or none; those that are there already stay. */
  async discard(
    context: OperationContext,
    { deleted, ...selected }: Selected & { deleted: boolean },
  ): Promise<PlacedFile[]> {
    return this.change(context, selected, deleted ? 'deleted' : 'restored', async (object, files) => {
      const moved = files.filter(({ deleted_at }) => (deleted_at !== null) !== deleted)
      for (const file of moved) requireFree(context, object, file, deleted ? takeOutInstead : bringBackInstead)
      await markDeleted(context, idsOf(moved), deleted)
      return moved
    })
  }

  /** @param work changes the files, and gives those that were not so before. */
  private async change(
    context: OperationContext,
    { object: slug, id, ids }: Selected,
    action: 'changed' | 'deleted' | 'restored',
    work: (object: CompiledObject, files: FileRow[]) => Promise<FileRow[]>,
  ): Promise<PlacedFile[]> {
    const object = objectOf(context, slug)
    const recordId = idOf(object, id)
    const row = await readRow(context, object, recordId)
    await lockRecord(context, object, recordId, 'update')
    const changed = await work(object, await namedFiles(context, object, row, ids))
    await tellOfFiles(context, object, recordId, { action, files: changed })
    return (await namedFiles(context, object, row, ids)).map((file) => ({ file, object, recordId }))
  }

  /** An address for an archive of these files, or of all that the record shows. */
  async link(
    context: OperationContext,
    { object: slug, id, ids }: { object: string; id: string; ids?: string[] },
  ): Promise<{ url: string; expiresAt: string; size: number }> {
    const object = objectOf(context, slug)
    const recordId = idOf(object, id)
    const row = await readRow(context, object, recordId, { deleted: true })
    const size = requiredSize(await archivedFiles(context, object, row, ids))
    const { tenantId } = context.model
    const claims = { tenantId, userId: context.actor.userId!, objectId: object.id, recordId }
    const { token, expiresAt } = this.links.issue(ids ? { ...claims, files: packIds(ids) } : claims, context.now)
    return { url: `/api/v1/file-archives/${token}`, expiresAt, size }
  }

  /**
   * What such an address leads to: the files as they are now, as long as the person who asked for it may read them. They
   * stand in the log as having done so.
   */
  async content(
    context: PublicContext,
    token: string,
  ): Promise<{ name: string; size: number; body: ReadableStream<Uint8Array> }> {
    const claims = this.links.read(token, context.now)
    if (!claims) throw notFound('An archive at this address; links are good for five minutes. Ask for it again: it')
    const { tenantId, objectId, recordId } = claims
    context.trail.actsFor(claims)
    const found = await this.readAs(claims, context, async (reader) => {
      const object = objectOfRow(reader, { id: recordId, object_id: objectId })
      const row = await readRow(reader, object, recordId, { deleted: true })
      const files = await archivedFiles(reader, object, row, claims.files ? unpackIds(claims.files) : undefined)
      const parts = await partsByVersion(
        reader.tx,
        tenantId,
        files.map(({ version_id }) => version_id),
      )
      return { name: `${row.record_number}.zip`, size: requiredSize(files), files, parts }
    }).catch((error: unknown) => {
      // Whoever follows a link has not signed in: they learn nothing of why it leads nowhere any more.
      throw error instanceof AppError && error.status < 500 ? notFound('The archive') : error
    })
    const { name, size, files, parts } = found
    const archived = files.map(
      (file): ArchivedFile => ({
        name: file.name,
        folder: file.folder,
        size: file.size,
        changedAt: new Date(file.updated_at),
        content: () => this.contents.bytesOf(parts.get(file.version_id) ?? []),
      }),
    )
    return { name, size, body: Readable.toWeb(Readable.from(writeArchive(archived))) as ReadableStream<Uint8Array> }
  }
}

const idsOf = (files: FileRow[]): string[] => files.map(({ id }) => id)

/** @throws NOT_FOUND if there is one among them that the record does not have, or that lies in a field hidden to the caller. */
async function namedFiles(
  context: RecordContext,
  object: CompiledObject,
  { id, voices }: RecordRow,
  ids: string[],
): Promise<FileRow[]> {
  const { tx, model } = context
  const records = [id, ...(await mergedIds(context, id))]
  const files = seenFiles(context, object, voices, await readNamed(tx, model.tenantId, records, ids))
  const missing = ids.find((wanted) => !files.some((file) => file.id === wanted))
  if (missing) throw notFound(`The file ${missing} of this record`)
  return files
}

async function archivedFiles(
  context: RecordContext,
  object: CompiledObject,
  row: RecordRow,
  ids: string[] | undefined,
): Promise<FileRow[]> {
  if (ids) return namedFiles(context, object, row, ids)
  const records = [row.id, ...(await mergedIds(context, row.id))]
  const files = await listFiles(context.tx, context.model.tenantId, records, { deleted: false, most: mostFiles + 1 })
  if (files.length <= mostFiles) return files
  throw conflict(`The record has more than ${mostFiles} files. Choose fewer of them.`)
}

/** @throws CONFLICT where there is nothing to archive, or more than an archive holds. */
function requiredSize(files: FileRow[]): number {
  if (files.length === 0) throw conflict('There are no files to put into an archive.')
  const size = archiveSize(files)
  if (size <= largestArchive) return size
  const [asked, most] = [size, largestArchive].map((bytes) => (bytes / 1024 ** 3).toFixed(1))
  throw conflict(`These files have ${asked} GB together, and an archive can have ${most} GB. Choose fewer of them.`)
}
