/** Files on their way in: from the request to the storage, without ever lying in memory as a whole. */
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { newId } from '@oneforge/kernel/database'
import { AppError, validationError } from '@oneforge/kernel/errors'
import type { FileStorage, StoredSize } from '@oneforge/modules/files'
import busboy from 'busboy'
import { tableLimits } from './formats/table.ts'

export interface ReceivedFile extends StoredSize {
  id: string
  key: string
  fileName: string
}

export interface ReceivedForm {
  file: ReceivedFile
  /** The other parts of the form, or of the query string. */
  fields: Record<string, string>
}

/** What the request brings: a file, or settings for one that was uploaded before. */
export type ReceivedBody = ReceivedForm | { settings: unknown }

/** @throws AppError 400, 413 or 415 that says what to send instead. */
export async function receiveBody(request: Request, storage: FileStorage, tenantId: string): Promise<ReceivedBody> {
  const contentType = request.headers.get('content-type') ?? ''
  const [type] = contentType.split(';', 1)
  if (Number(request.headers.get('content-length') ?? 0) > tableLimits.fileBytes + formBytes) throw tooLarge()
  switch (type?.trim().toLowerCase()) {
    case 'application/json':
      return { settings: await readJson(request) }
    case 'multipart/form-data':
      return receiveForm(request, contentType, storage, tenantId)
    case 'text/csv':
    case 'text/plain':
    case 'text/tab-separated-values':
    case 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
      const fields = Object.fromEntries(new URL(request.url).searchParams)
      const { fileName = 'import', ...rest } = fields
      return { file: await store(bodyOf(request), fileName, storage, tenantId), fields: rest }
    }
    default:
      throw new AppError(
        'UNSUPPORTED_MEDIA_TYPE',
        'Send the file as multipart/form-data in the part “file”, as text/csv, or as JSON with the uploadId of an earlier upload.',
      )
  }
}

/** Room for the parts of a form beside the file. */
const formBytes = 4 * 1024 * 1024
const jsonBytes = 4 * 1024 * 1024

const tooLarge = () =>
  new AppError('PAYLOAD_TOO_LARGE', 'The file is larger than 200 MB. Split it and import the parts.')

async function readJson(request: Request): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bodyOf(request)) {
    size += chunk.length
    if (size > jsonBytes) throw new AppError('PAYLOAD_TOO_LARGE', 'The settings are larger than 4 MB.')
    chunks.push(Buffer.from(chunk))
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw validationError([], 'The body is not valid JSON.')
  }
}

function bodyOf(request: Request): Readable {
  if (!request.body) throw validationError([{ field: 'file', message: 'is missing' }])
  return Readable.fromWeb(request.body as WebStream<Uint8Array>)
}

async function store(
  content: AsyncIterable<Uint8Array>,
  fileName: string,
  storage: FileStorage,
  tenantId: string,
): Promise<ReceivedFile> {
  const id = newId()
  const key = `${tenantId}/uploads/${id}`
  const stored = await storage.write(key, content, tableLimits.fileBytes)
  return { id, key, fileName: shortName(fileName), ...stored }
}

/** Only for people to read; where the file lies does not depend on it. */
const shortName = (name: string): string =>
  name
    .split(/[/\\]/)
    .at(-1)!
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200) || 'import'

async function receiveForm(
  request: Request,
  contentType: string,
  storage: FileStorage,
  tenantId: string,
): Promise<ReceivedForm> {
  const body = bodyOf(request)
  const fields: Record<string, string> = {}
  let receiving: Promise<ReceivedFile> | undefined
  const form = busboy({
    headers: { 'content-type': contentType },
    defParamCharset: 'utf8',
    limits: { files: 1, fields: 20, fieldSize: formBytes },
  })
  const received = new Promise<void>((resolve, reject) => {
    form.on('file', (name, file, { filename }) => {
      if (name !== 'file') {
        file.resume()
        return
      }
      receiving = store(file, filename ?? 'import', storage, tenantId)
      // The rest of a file that was refused is not read.
      receiving.catch(reject)
    })
    form.on('field', (name, value) => {
      fields[name] = value
    })
    form.on('close', resolve)
    form.on('error', (error) => reject(validationError([], `The form cannot be read: ${(error as Error).message}`)))
    body.on('error', reject)
  })
  body.pipe(form)
  try {
    await received
    if (!receiving) throw validationError([{ field: 'file', message: 'is missing: send it in the part “file”' }])
    return { file: await receiving, fields }
  } finally {
    body.destroy()
  }
}
