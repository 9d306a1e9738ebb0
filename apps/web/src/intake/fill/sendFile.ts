/** Sends a file of a form part by part, and goes on where it broke off when the connection comes back. */
import { ApiError, type FormDoor } from '@oneforge/client'
import { isPassing, partBytes, waited, waits } from '../../files/uploadFile.ts'

/** What has arrived of a file, and the id by which the form names it. */
export interface Arrived {
  id: string
  offset: number
}

interface SentFile {
  door: FormDoor
  file: File
  /** Makes room for it, where nothing of it has arrived yet. */
  begin: () => Promise<Arrived>
  /** What had arrived before it broke off. */
  from: Arrived | undefined
  signal: AbortSignal
  onProgress: (arrived: Arrived) => void
}

/**
 * Gives the id by which the form names the file.
 *
 * @throws ApiError, or the signal's reason once it was stopped; what has arrived by then can be gone on with.
 */
export async function sendFile({ door, file, begin, from, signal, onProgress }: SentFile): Promise<string> {
  let arrived = from ?? (await begin())
  onProgress(arrived)
  let mayHaveArrived = from !== undefined
  while (arrived.offset < file.size) {
    signal.throwIfAborted()
    const part = { ...arrived, content: file.slice(arrived.offset, arrived.offset + partBytes) }
    arrived = await sendPart(door, part, mayHaveArrived, signal)
    mayHaveArrived = false
    onProgress(arrived)
  }
  return arrived.id
}

async function sendPart(
  door: FormDoor,
  { id, offset, content }: Arrived & { content: Blob },
  mayHaveArrived: boolean,
  signal: AbortSignal,
): Promise<Arrived> {
  for (let failures = 0; ; failures += 1) {
    try {
      return { id, offset: (await door.appendFile(id, offset, content, signal)).offset }
    } catch (error) {
      // A part arrives as a whole, and from here alone: what is there already had arrived when its answer got lost.
      const isRepeated = mayHaveArrived || failures > 0
      if (isRepeated && error instanceof ApiError && error.status === 409) return { id, offset: offset + content.size }
      if (failures >= waits.length || !isPassing(error)) throw error
      await waited(waits[failures]!, signal)
      signal.throwIfAborted()
    }
  }
}
