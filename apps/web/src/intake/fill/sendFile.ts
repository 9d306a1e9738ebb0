/** Sends a file of a form part by part, and goes on where it broke off when the connection comes back. */
import { ApiError, type BegunFile, type FormDoor } from '@oneforge/client'
import { isPassing, partBytes, waited, waits } from '../../files/uploadFile.ts'

interface SentFile {
  door: FormDoor
  file: File
  begun: BegunFile
  /** How many bytes have arrived. */
  onProgress: (sent: number) => void
}

/** Gives the id by which the form names the file. */
export async function sendFile({ door, file, begun, onProgress }: SentFile): Promise<string> {
  const { id } = await door.beginFile(begun)
  for (let offset = 0; offset < file.size; onProgress(offset)) offset = await sendPart(door, id, file, offset)
  return id
}

async function sendPart(door: FormDoor, id: string, file: File, from: number): Promise<number> {
  const part = file.slice(from, from + partBytes)
  for (let failures = 0; ; failures += 1) {
    try {
      return (await door.appendFile(id, from, part)).offset
    } catch (error) {
      // A part arrives as a whole, and from here alone: what is there already had arrived when its answer got lost.
      if (failures > 0 && error instanceof ApiError && error.status === 409) return from + part.size
      if (failures >= waits.length || !isPassing(error)) throw error
      await waited(waits[failures]!)
    }
  }
}
