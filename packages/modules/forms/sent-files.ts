/**
 * Files that are sent before their form is: strangers send them, so they are taken only for a question that asks for them,
 * of whoever has worked for it, and within bounds, however many forms are open. They come part by part, and go on where
 * they broke off.
 */
import { randomUUID } from 'node:crypto'
import { AppError, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledField, CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { requireStorage } from '@oneforge/kernel/tenancy'
import { requireFitting, requireNext, type Upload as UploadState, type WholeFiles } from '../files/index.ts'
import { type FilesQuestion, questionsOf } from './form.ts'
import type { FormRow } from './forms.store.ts'
import type { Handed } from './proof.ts'
import {
  holdUploads,
  insertUpload,
  lockUpload,
  type NewUpload,
  takeExpired,
  type UploadOnItsWay,
  updateUpload,
  waitingFiles,
} from './uploads.store.ts'

const megabyte = 1024 ** 2
export const largestFile = 100 * megabyte
const mostOfSubmission = 20
/** What may wait for forms that were not sent yet. */
const mostWaiting = {
  ofSubmission: 200 * megabyte,
  ofVisitor: 256 * megabyte,
  ofForm: 512 * megabyte,
  ofAll: 1024 * megabyte,
}

/** Id of the question that the file answers, its name, and its size in bytes. */
export interface BegunFile {
  question: string
  name: string
  size: number
}

export interface FilePart {
  id: string
  offset: number
  content: Uint8Array
}

interface Place {
  context: RecordContext
  row: FormRow
  files: WholeFiles
  /** Tells the files of one visitor from those of others. */
  visitor: string
}

/**
 * Makes room for a file; nothing of it is kept before its first part comes.
 *
 * @throws NOT_FOUND where the form does not ask for files there; VALIDATION_ERROR for what its question does not take;
 *   UNAVAILABLE where too much waits already.
 */
export async function beginFile(place: Place, { nonce }: Handed, file: BegunFile): Promise<UploadState> {
  const { context, row, files, visitor } = place
  const { tx, model, now } = context
  requireTaken(askerOf(place, file.question), { size: file.size }, 'size')
  tx.keepOpen()
  await requireStorage(tx, model, now)
  await holdUploads(tx, model.tenantId)
  const expired = await takeExpired(tx, model.tenantId)
  const upload = {
    // Whoever knows it may send its parts: it is not to be guessed.
    id: randomUUID(),
    formId: row.id,
    nonce,
    visitor,
    question: file.question,
    size: file.size,
    content: files.expect(model.tenantId, { name: file.name, folder: '' }),
  }
  await insertUpload(tx, model.tenantId, upload)
  await requireBounds(place, upload)
  tx.onCommit(() => void files.discard(expired.map(({ content }) => content)).catch(() => undefined))
  return { id: upload.id, offset: 0, size: upload.size }
}

/** What strangers let wait takes no place from members, who answer for what they send. */
async function requireBounds({ context, row }: Place, upload: Pick<NewUpload, 'nonce' | 'visitor'>): Promise<void> {
  const { tx, model, actor } = context
  const waiting = await waitingFiles(tx, model.tenantId, { ...upload, formId: row.id })
  if (waiting.files > mostOfSubmission) {
    throw validationError([{ field: 'size', message: `cannot be taken: ${mostOfSubmission} files have come already` }])
  }
  if (waiting.ofSubmission > mostWaiting.ofSubmission) {
    const most = mostWaiting.ofSubmission / megabyte
    throw validationError([{ field: 'size', message: `makes more than ${most} MB with the other files of this form` }])
  }
  const bounds = actor.userId === null ? (['ofVisitor', 'ofForm', 'ofAll'] as const) : (['ofVisitor'] as const)
  if (bounds.every((of) => waiting[of] <= mostWaiting[of])) return
  throw new AppError(
    'UNAVAILABLE',
    'Too many files wait for their forms to be sent. Try again later, or send it without.',
    { retryAfter: 600 },
  )
}

/**
 * Keeps the next part of a file. With the last one it is looked at, and belongs to the form.
 *
 * @throws CONFLICT with the place to go on from; PAYLOAD_TOO_LARGE for more than was said to come.
 */
export async function appendPart(place: Place, { id, offset, content: part }: FilePart): Promise<UploadState> {
  const { context, row, files, visitor } = place
  const { tx, model, actor } = context
  tx.keepOpen()
  const upload = await lockUpload(tx, model.tenantId, { formId: row.id, id })
  // A stranger's address changes on the way; a member stays the same.
  if (!upload || (actor.userId !== null && upload.visitor !== visitor)) throw notFound('The file on its way')
  requireNext(upload, offset, part.length)
  if (!upload.awaited) await takeAgain(place, upload)
  const asker = askerOf(place, upload.question)
  const kept = await files.append(upload.content, part)
  try {
    const isWhole = kept.size === upload.size
    const content = isWhole ? await files.complete(kept) : kept
    if (isWhole) requireTaken(asker, content, 'content')
    await updateUpload(tx, model.tenantId, { id, received: kept.size, content })
    return { id, offset: kept.size, size: upload.size }
  } catch (error) {
    await files.takeBack(kept)
    throw error
  }
}

/** Its place was let go of while nothing came: others may have taken it. */
async function takeAgain(place: Place, upload: UploadOnItsWay): Promise<void> {
  const { tx, model } = place.context
  await holdUploads(tx, model.tenantId)
  await updateUpload(tx, model.tenantId, upload)
  await requireBounds(place, upload)
}

type Asker = FilesQuestion | CompiledField

/** The question for files, or the field of files that a question asks for. */
function askerOf({ context, row }: Place, id: string): Asker {
  const object = context.model.objectById.get(row.object_id)!
  const question = questionsOf(row.definition).find((one) => one.id === id)
  if (question?.kind === 'files') return question
  const field = question?.kind === 'field' ? fieldOfFiles(object, question.field) : undefined
  if (!field) throw notFound('A question for files in this form')
  return field
}

/** Undefined where it is none, or not any more. */
export function fieldOfFiles(object: CompiledObject, key: string): CompiledField | undefined {
  const field = object.field.get(key)
  return field?.type === 'file' && field.computation === undefined ? field : undefined
}

/** @throws VALIDATION_ERROR at `at` for a file that is not asked for. */
function requireTaken(asker: Asker, file: { size: number; type?: string }, at: string): void {
  const most = 'kind' in asker ? largestFor(asker) : largestFile
  if (file.size > most) {
    throw validationError([{ field: at, message: `must be a file of at most ${most / megabyte} MB` }])
  }
  if ('key' in asker) requireFitting(asker, file, at)
}

/** In bytes. */
export const largestFor = ({ megabytes }: Pick<FilesQuestion, 'megabytes'>): number =>
  megabytes === undefined ? largestFile : megabytes * megabyte

export const mostFiles = ({ most = 5 }: Pick<FilesQuestion, 'most'>): number => most
