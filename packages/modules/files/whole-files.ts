/** Files that come in one piece with the record that is made with them, such as what was attached to a message. */
import { newId } from '@oneforge/kernel/database'
import { validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { requireStorage } from '@oneforge/kernel/tenancy'
import { contentType } from './content-type.ts'
import { once } from './file-contents.ts'
import type { FileParts } from './files.service.ts'
import { finishUpload, insertFile, insertPart, insertUpload, tellOfFiles } from './files.store.ts'

export interface WholeFile {
  /** As it was sent: whatever a name must not hold is taken out. */
  name: string
  /** Names joined by slashes; empty for the top. */
  folder: string
  content: Uint8Array
}

const longestName = 200

export class WholeFiles {
  private readonly parts: Pick<FileParts, 'storage' | 'thumbnails' | 'scanner'>

  constructor(parts: Pick<FileParts, 'storage' | 'thumbnails' | 'scanner'>) {
    this.parts = parts
  }

  /**
   * Keeps the files with a record that the caller has just made, or may change: nothing is asked again here.
   *
   * @throws FORBIDDEN beyond what the plan lets the workspace keep; VALIDATION_ERROR for what the scanner refuses.
   */
  async add(context: RecordContext, object: CompiledObject, recordId: string, files: WholeFile[]): Promise<void> {
    const added: { id: string; number: number }[] = []
    for (const [index, file] of files.entries()) {
      added.push(await this.keep(context, object, recordId, { ...file, name: safeName(file.name, index + 1) }))
    }
    if (added.length > 0) await tellOfFiles(context, object, recordId, { action: 'added', files: added })
  }

  private async keep(
    context: RecordContext,
    object: CompiledObject,
    recordId: string,
    { name, folder, content }: WholeFile,
  ): Promise<{ id: string; number: number }> {
    const { tx, model } = context
    const { storage, thumbnails, scanner } = this.parts
    const size = content.length
    const type = await contentType(content, name, true)
    const found = await scanner?.scan({ name, type, content: once(content) })
    if (found) throw validationError([{ field: 'attachments', message: `hold “${name}”, which was refused: ${found}` }])
    const fileId = newId()
    const versionId = newId()
    const version = { id: versionId, fileId, size, storageKey: `${model.tenantId}/files/${versionId}` }
    await insertFile(context, object, { id: fileId, recordId, name, folder })
    await insertUpload(context, version)
    await requireStorage(tx, model, context.now)
    await storage.write(`${version.storageKey}/0`, once(content), size)
    const upload = { id: versionId, file_id: fileId, received: 0 }
    await insertPart(context, upload, { size, storageKey: `${version.storageKey}/0` })
    const number = await finishUpload(context, upload, type)
    await thumbnails.expect(tx, { id: versionId, type, size })
    return { id: fileId, number }
  }
}

/** The end of a long name says what kind of file it is: it stays. */
function safeName(given: string, number: number): string {
  const name = given
    .toWellFormed()
    .replaceAll(/\p{Cc}|\p{Cf}/gu, '')
    .replaceAll(/[/\\]/g, '_')
    .trim()
  if (name === '' || name === '.' || name === '..') return `attachment-${number}`
  if (name.length <= longestName) return name
  const ending = /\.\w{1,10}$/.exec(name)?.[0] ?? ''
  return `${name.slice(0, longestName - ending.length).toWellFormed()}${ending}`
}
