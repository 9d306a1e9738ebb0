/** The zip archive that a workbook is, read part by part; what would unpack to more than it should is refused. */
import type { Readable } from 'node:stream'
import { AppError, validationError } from '@oneforge/kernel/errors'
import yauzl, { type Entry, type ZipFile } from 'yauzl'

const maxEntries = 10_000
const maxPartBytes = 2 * 1024 ** 3
/** Small parts may be as regular as they like. */
const alwaysAllowedBytes = 20 * 1024 * 1024
const maxRatio = 200

export interface Archive {
  has(name: string): boolean
  /** Unpacked size in bytes; 0 for a part that is not there. */
  size(name: string): number
  /** The part's bytes, unpacked as they are read. */
  stream(name: string): Promise<Readable>
  close(): void
}

/**
 * Opens a zip archive; the caller closes it.
 *
 * @throws AppError 400 for a damaged archive, 413 for one made to exhaust the reader.
 */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch(refuseDamaged)
  try {
    const entries = await listEntries(zip)
    return {
      has: (name) => entries.has(name),
      size: (name) => entries.get(name)?.uncompressedSize ?? 0,
      stream: async (name) => {
        const entry = entries.get(name)
        if (!entry) return refuseDamaged()
        requireBounded(entry)
        return zip.openReadStreamPromise(entry).catch(refuseDamaged)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > maxEntries) throw tooLarge()
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch (error) {
    refuseDamaged(error)
  }
  return entries
}

/** The reader checks that no part unpacks to more than the size it states, so the stated one can be judged. */
function requireBounded(entry: Entry): void {
  if (entry.isEncrypted()) throw validationError([], 'The workbook is protected by a password. Save it without one.')
  if (entry.uncompressedSize > maxPartBytes) throw tooLarge()
  if (entry.uncompressedSize <= alwaysAllowedBytes) return
  if (entry.uncompressedSize > entry.compressedSize * maxRatio) throw tooLarge()
}

export const tooLarge = (): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', 'The workbook unpacks to more than can be imported. Split it, or save it as CSV.')

export function refuseDamaged(cause?: unknown): never {
  throw new AppError(
    'VALIDATION_ERROR',
    'The workbook is damaged. Open it in a spreadsheet program and save it anew.',
    {
      cause,
    },
  )
}
