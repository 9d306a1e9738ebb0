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

/** Its content is kept; nothing knows of it yet. */
export interface KeptContent {
  name: string
  folder: string
  type: string
  versionId: string
  size: number
  storageKey: string
}

const longestName = 200

export class WholeFiles {
  private readonly parts: Pick<FileParts, 'storage' | 'thumbnails' | 'scanner'>

  constructor(parts: Pick<FileParts, 'storage' | 'thumbnails' | 'scanner'>) {
    this.parts = parts
  }

  /**
   * Keeps contents, before anything is locked: scanning and writing them may take long. What becomes of no files in the
   * end has to be discarded.
   *
   * @param kept takes in what is kept by and by, also where the rest is refused.
   * @throws VALIDATION_ERROR for what the scanner refuses.
   */
  async keep(tenantId: string, files: WholeFile[], kept: KeptContent[]): Promise<void> {
    const { storage, scanner } = this.parts
    for (const [index, { name: given, folder, content }] of files.entries()) {
      const name = safeName(given, index + 1)
      const type = await contentType(content, name, true)
      const found = await scanner?.scan({ name, type, content: once(content) })
      if (found)
        throw validationError([{ field: 'attachments', message: `hold “${name}”, which was refused: ${found}` }])
      const versionId = newId()
      const storageKey = `${tenantId}/files/${versionId}`
      kept.push({ name, folder, type, versionId, size: content.length, storageKey })
      await storage.write(`${storageKey}/0`, once(content), content.length)
    }
  }

  async discard(contents: KeptContent[]): Promise<void> {
    await Promise.all(contents.map(({ storageKey }) => this.parts.storage.remove(`${storageKey}/0`)))
  }

  /**
   * Makes them files of a record that the caller has just made, or may change: nothing is asked again here.
   *
   * @throws FORBIDDEN beyond what the plan lets the workspace keep.
   */
  async add(context: RecordContext, object: CompiledObject, recordId: string, contents: KeptContent[]): Promise<void> {
    const added: { id: string; number: number }[] = []
    for (const content of contents) added.push(await this.insert(context, object, recordId, content))
    if (added.length > 0) await tellOfFiles(context, object, recordId, { action: 'added', files: added })
  }

  private async insert(
    context: RecordContext,
    object: CompiledObject,
    recordId: string,
    { name, folder, type, versionId, size, storageKey }: KeptContent,
  ): Promise<{ id: string; number: number }> {
    const { tx, model, now } = context
    const fileId = newId()
    await insertFile(context, object, { id: fileId, recordId, name, folder })
    await insertUpload(context, { id: versionId, fileId, size, storageKey })
    await requireStorage(tx, model, now)
    const upload = { id: versionId, file_id: fileId, received: 0 }
    await insertPart(context, upload, { size, storageKey: `${storageKey}/0` })
    const number = await finishUpload(context, upload, type)
    await this.parts.thumbnails.expect(tx, { id: versionId, type, size })
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
