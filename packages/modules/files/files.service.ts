/** Files on records: whoever may read the record may read them, whoever may change it may change them. */
import { Readable } from 'node:stream'
import { isId, newId } from '@oneforge/kernel/database'
import { AppError, conflict, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext, PublicContext } from '@oneforge/kernel/operations'
import { lockRecord, mergedIds, type RecordContext, readRow, survivorId } from '@oneforge/kernel/records'
import { requireStorage } from '@oneforge/kernel/tenancy'
import { idOf, objectOf } from '@oneforge/modules/records'
import { contentType, shownAs } from './content-type.ts'
import {
  accessToHeld,
  bringBackInstead,
  fieldOf,
  fieldToFill,
  requireFitting,
  requireFree,
  seenFiles,
  takeOutInstead,
} from './field-files.ts'
import { type FileContents, once } from './file-contents.ts'
import type { FileLinks, VersionClaims } from './file-links.ts'
import {
  eraseFile,
  type FileAction,
  type FileRow,
  finishUpload,
  forgetUploads,
  insertFile,
  insertPart,
  insertUpload,
  listFiles,
  listParts,
  listVersions,
  markDeleted,
  readFile,
  readVersion,
  tellOfFiles,
  type UploadRow,
  updateFile,
  type VersionRow,
} from './files.store.ts'
import type { FileScanner } from './scanner.port.ts'
import type { FileStorage } from './storage.port.ts'
import type { Thumbnails } from './thumbnails.ts'
import { ownUpload, requireNext, type Upload } from './uploads.ts'

/** Larger ones belong into an archive for films and scans. */
export const largestFile = 5 * 1024 ** 3
export const mostFiles = 1_000

/** Runs the work with what the person may read at this moment. */
export type ReadAs = <T>(
  who: { tenantId: string; userId: string },
  facts: PublicContext,
  work: (context: RecordContext) => Promise<T>,
) => Promise<T>

export interface FileParts {
  storage: FileStorage
  links: FileLinks<VersionClaims>
  readAs: ReadAs
  contents: FileContents
  thumbnails: Thumbnails
  scanner?: FileScanner
}

/** A file with its object, and the record that shows it now; null while no record holds what was uploaded for a field. */
export interface PlacedFile {
  file: FileRow
  object: CompiledObject
  recordId: string | null
}

export class FileService {
  private readonly storage: FileStorage
  private readonly links: FileLinks<VersionClaims>
  private readonly readAs: ReadAs
  private readonly contents: FileContents
  private readonly thumbnails: Thumbnails
  private readonly scanner: FileScanner | undefined

  constructor({ storage, links, readAs, contents, thumbnails, scanner }: FileParts) {
    this.storage = storage
    this.links = links
    this.readAs = readAs
    this.contents = contents
    this.thumbnails = thumbnails
    this.scanner = scanner
  }

  async list(
    context: OperationContext,
    { object: slug, id: given, deleted }: { object: string; id: string; deleted: boolean },
  ): Promise<PlacedFile[]> {
    const object = objectOf(context, slug)
    const recordId = idOf(object, given)
    const { voices } = await readRow(context, object, recordId, { deleted: true })
    const records = [recordId, ...(await mergedIds(context, recordId))]
    const files = await listFiles(context.tx, context.model.tenantId, records, { deleted, most: mostFiles })
    return seenFiles(context, object, voices, files).map((file) => ({ file, object, recordId }))
  }

  async get(context: OperationContext, id: string): Promise<PlacedFile & { versions: VersionRow[] }> {
    const placed = await this.read(context, id)
    return { ...placed, versions: await listVersions(context.tx, context.model.tenantId, placed.file.id) }
  }

  /** Begins an upload: of a new file, or of a further version of one that is there. */
  async begin(
    context: OperationContext,
    input: { object: string; id: string; name: string; size: number; folder: string; fileId?: string },
  ): Promise<Upload> {
    const object = objectOf(context, input.object)
    const recordId = idOf(object, input.id)
    await lockRecord(context, object, recordId, 'update')
    const { fileId = newId(), size } = input
    if (input.fileId) await this.requireOn(context, recordId, input.fileId, size)
    else await insertFile(context, object, { id: fileId, recordId, name: input.name, folder: input.folder })
    return this.expect(context, fileId, size)
  }

  /** Begins the upload of a file for a field: it belongs to a record once one is saved with its id as the field's value. */
  async beginForField(
    context: OperationContext,
    input: { fieldId: string; name: string; size: number },
  ): Promise<Upload & { fileId: string }> {
    const { object, field } = fieldToFill(context, input.fieldId)
    requireFitting(field, input, 'size')
    const fileId = newId()
    await insertFile(context, object, { id: fileId, recordId: null, fieldId: field.id, name: input.name, folder: '' })
    return { ...(await this.expect(context, fileId, input.size)), fileId }
  }

  private async expect(context: OperationContext, fileId: string, size: number): Promise<Upload> {
    const { tx, model } = context
    const id = newId()
    this.letGo(context, await forgetUploads(tx, model.tenantId))
    await insertUpload(context, { id, fileId, size, storageKey: `${model.tenantId}/files/${id}` })
    await requireStorage(tx, model, context.now)
    return { id, offset: 0, size }
  }

  async uploaded(context: OperationContext, id: string): Promise<Upload> {
    const upload = await ownUpload(context, id)
    const object = objectOfRow(context, upload)
    if (upload.record_id !== null) await readRow(context, object, upload.record_id, { deleted: true })
    return { id, offset: upload.received, size: upload.size }
  }

  /**
   * Adds a part where the one before it ended. With the last one the file is there.
   *
   * @throws CONFLICT with the place to go on from; PAYLOAD_TOO_LARGE for more than was said to come.
   */
  async append(
    context: OperationContext,
    { id, offset, content }: { id: string; offset: number; content: Uint8Array },
  ): Promise<Upload & { file: PlacedFile | null }> {
    const upload = await ownUpload(context, id, { held: true })
    const object = objectOfRow(context, upload)
    if (upload.record_id !== null) {
      await lockRecord(context, object, await this.shownAt(context, object, upload.record_id), 'update')
    }
    requireNext(upload, offset, content.length)
    const storageKey = `${upload.storage_key}/${offset}`
    await this.storage.write(storageKey, once(content), content.length)
    await insertPart(context, upload, { size: content.length, storageKey })
    const received = upload.received + content.length
    const state = { id, offset: received, size: upload.size }
    if (received < upload.size) return { ...state, file: null }
    return { ...state, file: await this.finish(context, upload) }
  }

  async abandon(context: OperationContext, id: string): Promise<void> {
    const upload = await ownUpload(context, id, { held: true })
    const object = objectOfRow(context, upload)
    if (upload.record_id !== null) await readRow(context, object, upload.record_id, { deleted: true })
    this.letGo(context, await forgetUploads(context.tx, context.model.tenantId, id))
  }

  async change(
    context: OperationContext,
    { id, name, folder }: { id: string; name?: string; folder?: string },
  ): Promise<PlacedFile> {
    const placed = await this.hold(context, id, 'update')
    requireThere(placed.file)
    if (folder && placed.file.field_id !== null) {
      throw validationError([{ field: 'folder', message: 'cannot be given: the file lies in a field' }])
    }
    await updateFile(context, id, { name: name ?? placed.file.name, folder: folder ?? placed.file.folder })
    await this.tell(context, placed, 'changed')
    return this.read(context, id)
  }

  /** What was uploaded for a field and is not saved with a record goes at once. */
  async delete(context: OperationContext, id: string): Promise<void> {
    const placed = await this.hold(context, id, 'update')
    requireThere(placed.file)
    if (placed.recordId === null) return this.letGo(context, await eraseFile(context, id))
    requireFree(context, placed.object, placed.file, takeOutInstead)
    await markDeleted(context, [id], true)
    await this.tell(context, placed, 'deleted')
  }

  async restore(context: OperationContext, id: string): Promise<PlacedFile> {
    const placed = await this.hold(context, id, 'update')
    if (!placed.file.deleted_at) throw conflict(`“${placed.file.name}” is not in the trash.`)
    requireFree(context, placed.object, placed.file, bringBackInstead)
    await markDeleted(context, [id], false)
    await this.tell(context, placed, 'restored')
    return this.read(context, id)
  }

  /** For good: takes the right to delete the record, and a file that is in the trash already. */
  async erase(context: OperationContext, id: string): Promise<void> {
    const placed = await this.hold(context, id, 'delete')
    if (!placed.file.deleted_at) throw conflict(`“${placed.file.name}” is not in the trash. Delete it first.`)
    this.letGo(context, await eraseFile(context, id))
    await this.tell(context, placed, 'erased')
  }

  /** An address for the content of a version, the latest unless another is named. */
  async link(
    context: OperationContext,
    { id, version, inline }: { id: string; version?: number; inline: boolean },
  ): Promise<{ url: string; expiresAt: string }> {
    const { file, versions } = await this.get(context, id)
    const wanted = version === undefined ? versions[0] : versions.find(({ number }) => number === version)
    if (!wanted) throw notFound(`Version ${version} of “${file.name}”`)
    if (inline && !shownAs(wanted.type)) {
      throw validationError([
        { field: 'inline', message: `cannot be asked for: a browser does not show ${wanted.type}` },
      ])
    }
    const { token, expiresAt } = this.links.issue(
      {
        tenantId: context.model.tenantId,
        userId: context.actor.userId!,
        fileId: id,
        versionId: wanted.id,
        inline,
      },
      context.now,
    )
    return { url: `/api/v1/file-contents/${token}`, expiresAt }
  }

  /** A small picture of a version, the latest unless another is named. */
  async thumbnail(
    context: OperationContext,
    { id, version }: { id: string; version?: number },
  ): Promise<ReadableStream<Uint8Array>> {
    const { file, versions } = await this.get(context, id)
    const wanted = version === undefined ? versions[0] : versions.find(({ number }) => number === version)
    if (!wanted?.thumbnail_key) throw notFound(`A small picture of “${file.name}”`)
    const content = this.contents.bytesOf([{ storage_key: wanted.thumbnail_key }])
    return Readable.toWeb(Readable.from(content)) as ReadableStream<Uint8Array>
  }

  /**
   * What a link leads to, as long as the person who asked for it may read the record. They stand in the log as having
   * done so.
   */
  async content(
    context: PublicContext,
    token: string,
  ): Promise<{ name: string; type: string; size: number; inline: boolean; body: ReadableStream<Uint8Array> }> {
    const claims = this.links.read(token, context.now)
    if (!claims) throw notFound('A file at this address; links are good for five minutes. Open the file again: it')
    const { tenantId, userId, fileId, versionId, inline } = claims
    context.trail.actsFor({ tenantId, userId })
    const { file, version, parts } = await this.readAs(claims, context, async (reader) => ({
      ...(await this.read(reader, fileId)),
      version: await readVersion(reader.tx, tenantId, versionId),
      parts: await listParts(reader.tx, tenantId, versionId),
    })).catch((error: unknown) => {
      // Whoever follows a link has not signed in: they learn nothing of why it leads nowhere any more.
      throw error instanceof AppError && error.status < 500 ? notFound('The file') : error
    })
    if (!version) throw notFound('The file')
    const body = Readable.toWeb(Readable.from(this.contents.bytesOf(parts))) as ReadableStream<Uint8Array>
    return { name: file.name, ...version, inline, body }
  }

  /** The file if the caller may read its record, and the field that holds it; what no record holds is its uploader's. */
  private async read(context: RecordContext, id: string): Promise<PlacedFile & { mayChange: boolean }> {
    const { file, object, recordId } = await this.find(context, id)
    if (recordId === null) {
      if (file.created_by !== context.actor.userId) throw notFound(`The file ${id}`)
      return { file, object, recordId, mayChange: true }
    }
    const { voices } = await readRow(context, object, recordId, { deleted: true })
    const mayChange = file.field_id === null || accessToHeld(context, object, file, voices) === 'write'
    return { file, object, recordId, mayChange }
  }

  /** The file if the caller may do that to its record, which is held until the end. */
  private async hold(context: OperationContext, id: string, action: 'update' | 'delete'): Promise<PlacedFile> {
    // Who may not read the record learns nothing of its files, not even that they may not change them.
    const { object, recordId, mayChange } = await this.read(context, id)
    if (!mayChange) throw forbidden('Your role lets you read the field that holds this file, and not change it.')
    if (recordId !== null) await lockRecord(context, object, recordId, action)
    return this.find(context, id)
  }

  private async find(context: RecordContext, id: string): Promise<PlacedFile> {
    const file = isId(id) ? await readFile(context.tx, context.model.tenantId, id) : undefined
    if (!file) throw notFound(`The file ${id}`)
    const object = objectOfRow(context, file)
    const recordId = file.record_id === null ? null : await this.shownAt(context, object, file.record_id)
    return { file, object, recordId }
  }

  /** Files go with their record when it is merged into another. */
  private async shownAt(context: RecordContext, object: CompiledObject, recordId: string): Promise<string> {
    return (await survivorId(context, object, recordId)) ?? recordId
  }

  private async requireOn(context: OperationContext, recordId: string, fileId: string, size: number): Promise<void> {
    const { file, object } = await this.hold(context, fileId, 'update')
    if ((await this.find(context, fileId)).recordId !== recordId) throw notFound(`The file ${fileId}`)
    requireThere(file)
    requireFitting(fieldOf(object, file), { size }, 'size')
  }

  private async finish(context: OperationContext, upload: UploadRow): Promise<PlacedFile> {
    if (upload.deleted)
      throw conflict(`“${upload.name}” was deleted meanwhile. Restore it and upload the version again.`)
    const parts = await listParts(context.tx, context.model.tenantId, upload.id)
    const head = await this.contents.headOf(parts)
    const type = await contentType(head, upload.name, head.length === upload.size)
    requireFitting(fieldOf(objectOfRow(context, upload), upload), { size: upload.size, type }, 'content')
    const found = await this.scanner?.scan({ name: upload.name, type, content: this.contents.bytesOf(parts) })
    if (found) throw validationError([{ field: 'content', message: `was refused: ${found}` }])
    const number = await finishUpload(context, upload, type)
    await this.thumbnails.expect(context.tx, { id: upload.id, type, size: upload.size })
    const placed = await this.find(context, upload.file_id)
    await this.tell(context, placed, number === 1 ? 'added' : 'renewed')
    return placed
  }

  private async tell(
    context: OperationContext,
    { file, object, recordId }: PlacedFile,
    action: FileAction,
  ): Promise<void> {
    if (recordId === null) return
    return tellOfFiles(context, object, recordId, { action, files: [file] })
  }

  /** Forgotten in the transaction, removed behind it: content may be left over, never missed. */
  private letGo(context: OperationContext, keys: string[]): void {
    context.afterCommit(() => {
      for (const key of keys) this.storage.remove(key).catch(() => {})
    })
  }
}

/** The object may have been removed, or be none that the caller may know of. */
export function objectOfRow({ model, policy }: RecordContext, row: Pick<FileRow, 'id' | 'object_id'>): CompiledObject {
  const object = model.objectById.get(row.object_id)
  if (!object || !policy.objects.has(object.slug)) throw notFound(`The file ${row.id}`)
  return object
}

export function requireThere(file: FileRow): void {
  if (file.deleted_at) throw conflict(`“${file.name}” is in the trash. Restore it first.`)
}
