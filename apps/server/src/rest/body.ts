/** Reads JSON bodies within limits: size, type and syntax each get their own answer. */
import { AppError, validationError } from '@oneforge/kernel/errors'

/** Enough for 1,000 records in bulk; files come as streams. */
export const maxJsonBytes = 10 * 1024 * 1024

export async function readJson(request: Request): Promise<unknown> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > maxJsonBytes) throw tooLarge()
  const text = await readText(request)
  if (text.trim() === '') return undefined
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type && type !== 'application/json' && !type.endsWith('+json')) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `Send JSON with Content-Type: application/json, not ${type}.`)
  }
  const body = parse(text)
  requireShallow(body)
  return body
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw validationError([{ field: 'body', message: `is not valid JSON: ${(error as Error).message}` }])
  }
}

/** Far beyond any record or filter; whatever walks through a body by recursion stays within its stack. */
const maxDepth = 100

/** Level by level and not by recursion. Refuses `__proto__` as well, which later copies would drop in silence. */
function requireShallow(body: unknown): void {
  let level = [body].filter(isCompound)
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) {
      throw validationError([{ field: 'body', message: `must not be nested deeper than ${maxDepth} levels` }])
    }
    if (level.some((node) => Object.hasOwn(node, '__proto__'))) {
      throw validationError([{ field: '__proto__', message: 'is not known here' }])
    }
    level = level.flatMap((node) => Object.values(node)).filter(isCompound)
  }
}

const isCompound = (value: unknown): value is object => typeof value === 'object' && value !== null

async function readText(request: Request): Promise<string> {
  if (!request.body) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let text = ''
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength
      if (size > maxJsonBytes) throw tooLarge()
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw validationError([{ field: 'body', message: 'is not valid UTF-8' }])
    throw error
  }
}

/** Enough for a part of a file that is sent in parts. */
export const maxPartBytes = 8 * 1024 * 1024

/** @throws AppError 413 over 8 MB, before more of it is read. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (Number(request.headers.get('content-length') ?? 0) > maxPartBytes) throw partTooLarge()
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxPartBytes) throw partTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const partTooLarge = (): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', `A part can have at most ${maxPartBytes / 1024 / 1024} MB. Send smaller ones.`)

const tooLarge = (): AppError =>
  new AppError(
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${maxJsonBytes / 1024 / 1024} MB. Send less at once, or import a file.`,
  )
