/**
 * Files that are there before the record that is made with them, such as what was attached to a message, or sent with a
 * form.
 */
import { newId } from '@oneforge/kernel/database'
import { validationError } from '@oneforge/kernel/errors'
import type { CompiledField, CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { requireStorage } from '@oneforge/kernel/tenancy'
import { contentType } from './content-type.ts'
import { FileContents, once } from './file-contents.ts'
import type { FileParts } from './files.service.ts'
import { finishUpload, insertFile, insertPart, insertUpload, type PartRow, tellOfFiles } from './files.store.ts'

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
  /** In bytes, of each part in which it came; without it, it came in one. */
  parts?: number[]
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

  /** One whose content comes part by part: see `append` and `complete`. */
  expect(tenantId: string, { name, folder }: Omit<WholeFile, 'content'>): KeptContent {
    const versionId = newId()
    const storageKey = `${tenantId}/files/${versionId}`
    return { name: safeName(name, 1), folder, type: '', versionId, size: 0, storageKey, parts: [] }
  }

  /** Keeps its next part. The same part again takes the place of the one before. */
  async append(content: KeptContent, part: Uint8Array): Promise<KeptContent> {
    await this.parts.storage.write(`${content.storageKey}/${content.size}`, once(part), part.length)
    return { ...content, size: content.size + part.length, parts: [...(content.parts ?? []), part.length] }
  }

  /** Lets go of the part that came last, of which nothing is to be known. */
  async takeBack({ parts, storageKey, size }: KeptContent): Promise<void> {
    await this.parts.storage.remove(`${storageKey}/${size - (parts?.at(-1) ?? size)}`)
  }

  /**
   * With all its parts: says what it is by its content.
   *
   * @throws VALIDATION_ERROR for what the scanner refuses.
   */
  async complete(content: KeptContent): Promise<KeptContent> {
    const { storage, scanner } = this.parts
    const contents = new FileContents(storage)
    const parts = partsOf(content)
    const head = await contents.headOf(parts)
    const type = await contentType(head, content.name, head.length === content.size)
    const found = await scanner?.scan({ name: content.name, type, content: contents.bytesOf(parts) })
    if (found) throw validationError([{ field: 'content', message: `was refused: ${found}` }])
    return { ...content, type }
  }

  async discard(contents: KeptContent[]): Promise<void> {
    const keys = contents.flatMap(partsOf).map(({ storage_key }) => storage_key)
    await Promise.all(keys.map((key) => this.parts.storage.remove(key)))
  }

  /**
   * Makes them files of a record that the caller has just made, or may change: nothing is asked again here.
   *
   * @throws FORBIDDEN beyond what the plan lets the workspace keep.
   */
  async add(context: RecordContext, object: CompiledObject, recordId: string, contents: KeptContent[]): Promise<void> {
    const added: { id: string; number: number }[] = []
    for (const content of contents) added.push(await this.insert(context, object, { recordId }, content))
    if (added.length > 0) await tellOfFiles(context, object, recordId, { action: 'added', files: added })
  }

  /**
   * Makes them files for a field; they belong to the record that is saved with their ids as the field's value, in the same
   * transaction.
   *
   * @throws FORBIDDEN beyond what the plan lets the workspace keep.
   */
  async addForField(
    context: RecordContext,
    object: CompiledObject,
    field: CompiledField,
    contents: KeptContent[],
  ): Promise<string[]> {
    const ids: string[] = []
    for (const content of contents) {
      const { id } = await this.insert(context, object, { recordId: null, fieldId: field.id }, content)
      ids.push(id)
    }
    return ids
  }

  private async insert(
    context: RecordContext,
    object: CompiledObject,
    place: { recordId: string | null; fieldId?: string },
    content: KeptContent,
  ): Promise<{ id: string; number: number }> {
    const { tx, model, now } = context
    const { name, folder, type, versionId, size, storageKey } = content
    const fileId = newId()
    await insertFile(context, object, { id: fileId, ...place, name, folder })
    await insertUpload(context, { id: versionId, fileId, size, storageKey })
    await requireStorage(tx, model, now)
    for (const { storage_key, ...part } of partsOf(content)) {
      const upload = { id: versionId, received: part.starts_at }
      await insertPart(context, upload, { size: part.size, storageKey: storage_key })
    }
    const number = await finishUpload(context, { id: versionId, file_id: fileId }, type)
    await this.parts.thumbnails.expect(tx, { id: versionId, type, size })
    return { id: fileId, number }
  }
}

/** Where its parts lie, in their order. */
function partsOf({ storageKey, size, parts = [size] }: KeptContent): PartRow[] {
  let startsAt = 0
  return parts.map((length) => {
    const part = { starts_at: startsAt, size: length, storage_key: `${storageKey}/${startsAt}` }
    startsAt += length
    return part
  })
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
