/** Files on their way in: some at a time, the others wait. */
import type { FileValue, RecordFile } from '@oneforge/client'
import { useRef, useState } from 'react'
import { client, errorText } from '../api/client.ts'
import { droppedFolder } from './droppedFolder.ts'
import { Turns } from './turns.ts'
import { uploadFile } from './uploadFile.ts'
import { type FilePlace, useRefreshFiles } from './useFiles.ts'

/** More at a time would only take the line from each other, and from whatever else the page asks for. */
const mostAtOnce = 3
/** While many arrive the list is read anew no more often than this. */
const refreshEvery = 2_000

export interface RunningUpload {
  key: string
  name: string
  size: number
  sent: number
  /** Why it did not get there, in words. */
  problem?: string
  stop: () => void
  retry: () => void
}

export interface Uploads {
  /** What is on its way or waits, and what did not get there. */
  running: RunningUpload[]
  /** Of all that were started since nothing was on its way: how many there are, and how many are through. */
  batch: Batch
}

export interface Batch {
  files: number
  bytes: number
  doneFiles: number
  doneBytes: number
}

const noBatch: Batch = { files: 0, bytes: 0, doneFiles: 0, doneBytes: 0 }

interface UploadTarget {
  folder?: string
  /** Makes it a new version of that file. */
  fileId?: string
}

/** @param ended is told of each that got there, of none where it did not, and whether others are still on their way. */
function useRunningUploads(
  begin: (file: File, target?: UploadTarget) => Promise<{ id: string }>,
  ended: (file: RecordFile | undefined, isLast: boolean) => unknown,
  atOnce = mostAtOnce,
) {
  const [{ running, batch }, setUploads] = useState<Uploads>({ running: [], batch: noBatch })
  const turns = useRef(new Turns(atOnce))
  const going = useRef(0)

  const change = (key: string, part: Partial<RunningUpload>) =>
    setUploads((all) => ({
      ...all,
      running: all.running.map((one) => (one.key === key ? { ...one, ...part } : one)),
    }))
  /** One that did not get there counts no more: whoever starts it again starts it anew. */
  const forget = (key: string, outcome: 'done' | 'gone') =>
    setUploads((all) => {
      const upload = all.running.find((one) => one.key === key)
      if (!upload) return all
      const left = all.running.filter((one) => one !== upload)
      return { running: left, batch: left.length === 0 ? noBatch : counted(all.batch, upload.size, outcome) }
    })

  const start = async (file: File, target?: UploadTarget) => {
    const key = crypto.randomUUID()
    const stopping = new AbortController()
    const stop = () => {
      stopping.abort()
      forget(key, 'gone')
    }
    const retry = () => {
      forget(key, 'gone')
      void start(file, target)
    }
    setUploads((all) => ({
      running: [...all.running, { key, name: file.name, size: file.size, sent: 0, stop, retry }],
      batch: { ...all.batch, files: all.batch.files + 1, bytes: all.batch.bytes + file.size },
    }))
    going.current += 1
    const finished = await turns.current
      .take(async () => {
        stopping.signal.throwIfAborted()
        return uploadFile({
          file,
          begin: () => begin(file, target),
          signal: stopping.signal,
          onProgress: (sent) => change(key, { sent }),
        })
      })
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) change(key, { problem: errorText(error) })
      })
    going.current -= 1
    await ended(finished || undefined, going.current === 0)
    if (finished) forget(key, 'done')
  }
  return {
    running,
    batch,
    start: (files: File | File[] | null, target?: UploadTarget) =>
      void [files ?? []].flat().map((file) => start(file, target)),
  }
}

const counted = (batch: Batch, size: number, outcome: 'done' | 'gone'): Batch =>
  outcome === 'done'
    ? { ...batch, doneFiles: batch.doneFiles + 1, doneBytes: batch.doneBytes + size }
    : { ...batch, files: batch.files - 1, bytes: batch.bytes - size }

/** Files for a record. Of a folder that was dropped each goes to the folder in which it lay. */
export function useUploads({ object, id }: FilePlace) {
  const refresh = useRefreshFiles({ object, id })
  const refreshedAt = useRef(0)
  return useRunningUploads(
    (file, target) =>
      client.files.begin(object, id, { name: file.name, size: file.size, folder: droppedFolder(file), ...target }),
    async (file, isLast) => {
      const isSoon = !file || Date.now() - refreshedAt.current < refreshEvery
      if (isSoon && !isLast) return
      refreshedAt.current = Date.now()
      await refresh()
    },
  )
}

/** Of files for a field: each is told of as it would stand in a record, in the order in which they were chosen. */
export function useFieldUploads(fieldId: string, arrived: (file: FileValue) => void) {
  return useRunningUploads(
    (file) => client.files.beginForField({ fieldId, name: file.name, size: file.size }),
    (file) => file && arrived(heldFile(file)),
    1,
  )
}

const heldFile = ({ id, name, type, size, version, thumbnail }: RecordFile): FileValue => ({
  id,
  name,
  type,
  size,
  version,
  thumbnail,
})
