/**
 * Files that are sent before their form is: strangers send them, so they are taken only by forms that ask for them, of
 * whoever has worked for it, and within bounds, however many forms are open.
 */
import { newId } from '@oneforge/kernel/database'
import { AppError, notFound, validationError } from '@oneforge/kernel/errors'
import type { RecordContext } from '@oneforge/kernel/records'
import { requireStorage } from '@oneforge/kernel/tenancy'
import type { KeptContent, WholeFiles } from '../files/index.ts'
import { questionsOf } from './form.ts'
import type { FormRow } from './forms.store.ts'
import type { Handed } from './proof.ts'
import { countUploads, holdUploads, insertUpload, pendingBytes } from './submissions.store.ts'

const megabyte = 1024 ** 2
export const mostFileBytes = 7 * megabyte
const mostOfForm = 20
/** Of all forms of a workspace that were not sent yet. */
const mostPendingBytes = 1024 * megabyte

/** `content` in Base64. */
export interface SentFile {
  token: string
  proof?: number | undefined
  name: string
  content: string
}

/** Refuses what this form has no place for, before anything is kept. */
export async function requireRoom(context: RecordContext, row: FormRow): Promise<void> {
  if (!questionsOf(row.definition).some(({ kind }) => kind === 'files'))
    throw notFound('A question for files in this form')
  const { tx, model, now } = context
  await requireStorage(tx, model, now)
  if ((await pendingBytes(tx, model.tenantId)) > mostPendingBytes) {
    throw new AppError(
      'UNAVAILABLE',
      'Too many files wait for their forms to be sent. Try again later, or send it without.',
      {
        retryAfter: 600,
      },
    )
  }
}

/** Contents are kept before the transaction that tells of them, which may be run again. */
export async function keeping(
  files: WholeFiles,
  tenantId: string,
  { name, content: encoded }: SentFile,
  note: (content: KeptContent) => Promise<{ id: string }>,
): Promise<{ id: string }> {
  const content = Buffer.from(encoded, 'base64')
  if (content.length === 0 || content.length > mostFileBytes) {
    throw validationError([{ field: 'content', message: `must be a file of at most ${mostFileBytes / megabyte} MB` }])
  }
  const kept: KeptContent[] = []
  try {
    await files.keep(tenantId, [{ name, folder: '', content }], kept)
    return await note(kept[0]!)
  } catch (error) {
    await files.discard(kept)
    throw error
  }
}

/** Files of one form are counted one after the other. */
export async function noteFile(
  context: RecordContext,
  { formId, nonce }: Handed,
  content: KeptContent,
): Promise<{ id: string }> {
  const { tx, model } = context
  tx.keepOpen()
  await holdUploads(tx, nonce)
  if ((await countUploads(tx, model.tenantId, formId, nonce)) >= mostOfForm) {
    throw validationError([{ field: 'content', message: `cannot be added: ${mostOfForm} files have come already` }])
  }
  const id = newId()
  await insertUpload(tx, model.tenantId, { id, formId, nonce, content })
  return { id }
}
