/** Sends a file part by part, and goes on where it broke off when the connection comes back. */
import { ApiError, type RecordFile } from '@oneforge/client'
import { client } from '../api/client.ts'

export const partBytes = 4 * 1024 * 1024
/** How long to wait before each further try of a part. */
export const waits = [500, 1_000, 2_000, 4_000, 8_000, 15_000]

interface UploadOptions {
  file: File
  /** Says where it goes. */
  begin: () => Promise<{ id: string }>
  signal: AbortSignal
  /** How many bytes have arrived. */
  onProgress: (sent: number) => void
}

/** @throws ApiError, or the signal's reason once it was stopped; what had arrived is given up then. */
export async function uploadFile({ file, begin, signal, onProgress }: UploadOptions): Promise<RecordFile> {
  const { id } = await begin()
  try {
    for (let offset = 0; ; ) {
      const { offset: arrived, file: finished } = await sendPart(id, file, offset, signal)
      if (finished) return finished
      offset = arrived
      onProgress(offset)
    }
  } catch (error) {
    client.files.abandon(id).catch(() => {})
    throw error
  }
}

async function sendPart(
  id: string,
  file: File,
  from: number,
  signal: AbortSignal,
): Promise<{ offset: number; file: RecordFile | null }> {
  let offset = from
  for (let failures = 0; ; failures += 1) {
    signal.throwIfAborted()
    try {
      if (failures > 0) offset = (await client.files.uploaded(id, signal)).offset
      return await client.files.append(id, offset, file.slice(offset, offset + partBytes), signal)
    } catch (error) {
      if (failures >= waits.length || !isPassing(error)) throw error
      await waited(waits[failures]!, signal)
    }
  }
}

/** The connection or the server was away, or an answer got lost and the part had arrived. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 409 || error.status >= 500)

export const waited = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
