/** Files of a record: what is there, what is on its way, and what can be done with them. */
import type { FileValue, RecordData, RecordFile } from '@oneforge/client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showError, showToast } from '../ui/toast.tsx'
import { uploadFile } from './uploadFile.ts'

type Place = Pick<RecordData, 'object' | 'id'>

export function useFiles({ object, id, version }: RecordData, { deleted = false } = {}) {
  return useQuery({
    // What a field holds no more is in the trash: that changes with the record.
    queryKey: [...keys.files(object, id), deleted ? version : 'here'],
    queryFn: () => client.files.list(object, id, { deleted }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.some(isBeingDrawn) ? 1_500 : false),
  })
}

/** A picture that came a moment ago has its small one soon. */
const isBeingDrawn = ({ type, thumbnail, updatedAt }: RecordFile): boolean =>
  !thumbnail && type.startsWith('image/') && type !== 'image/svg+xml' && Date.now() - Date.parse(updatedAt) < 15_000

/** What was changed shows in the lists of files and in the record's story. */
function useRefresh({ object, id }: Place) {
  const cache = useQueryClient()
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: keys.files(object, id) }),
      cache.invalidateQueries({ queryKey: keys.history(object, id) }),
    ])
}

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

interface UploadTarget {
  folder?: string
  /** Makes it a new version of that file. */
  fileId?: string
}

/** Files on their way in; `arrived` is told of each that got there. */
function useRunningUploads(
  begin: (file: File, target?: UploadTarget) => Promise<{ id: string }>,
  arrived: (file: RecordFile) => unknown,
) {
  const [running, setRunning] = useState<RunningUpload[]>([])
  const change = (key: string, part: Partial<RunningUpload>) =>
    setRunning((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const forget = (key: string) => setRunning((all) => all.filter((one) => one.key !== key))

  const start = async (file: File, target?: UploadTarget) => {
    const key = crypto.randomUUID()
    const stopping = new AbortController()
    const stop = () => {
      stopping.abort()
      forget(key)
    }
    const retry = () => {
      forget(key)
      void start(file, target)
    }
    setRunning((all) => [...all, { key, name: file.name, size: file.size, sent: 0, stop, retry }])
    try {
      const finished = await uploadFile({
        file,
        begin: () => begin(file, target),
        signal: stopping.signal,
        onProgress: (sent) => change(key, { sent }),
      })
      await arrived(finished)
      forget(key)
    } catch (error) {
      if (!stopping.signal.aborted) change(key, { problem: errorText(error) })
    }
  }
  return {
    running,
    start: (files: File | File[] | null, target?: UploadTarget) =>
      void [files ?? []].flat().map((file) => start(file, target)),
  }
}

export function useUploads({ object, id }: Place) {
  const refresh = useRefresh({ object, id })
  return useRunningUploads(
    (file, target) => client.files.begin(object, id, { name: file.name, size: file.size, ...target }),
    refresh,
  )
}

/** Of files for a field: each is told of as it would stand in a record. */
export function useFieldUploads(fieldId: string, arrived: (file: FileValue) => void) {
  return useRunningUploads(
    (file) => client.files.beginForField({ fieldId, name: file.name, size: file.size }),
    ({ id, name, type, size, version, thumbnail }) => arrived({ id, name, type, size, version, thumbnail }),
  )
}

export function useFileActions(record: Place) {
  const { t } = useTranslation('files')
  const refresh = useRefresh(record)
  const settled = { onError: showError, onSettled: refresh }
  const restore = useMutation({ mutationFn: ({ id }: RecordFile) => client.files.restore(id), ...settled })
  const remove = useMutation({
    mutationFn: ({ id }: RecordFile) => client.files.delete(id),
    onSuccess: (_, file) =>
      showToast({
        message: t('deleted', { name: file.name }),
        undo: async () => {
          await client.files.restore(file.id)
          await refresh()
        },
      }),
    ...settled,
  })
  const erase = useMutation({ mutationFn: ({ id }: RecordFile) => client.files.erase(id), ...settled })
  const update = useMutation({
    mutationFn: ({ id, ...names }: { id: string; name: string; folder: string }) => client.files.update(id, names),
    onSuccess: refresh,
  })
  return { restore, remove, erase, update }
}

/** Saves a version, the latest unless another is named. */
export async function download({ id }: Pick<RecordFile, 'id'>, version?: number): Promise<void> {
  try {
    const { url } = await client.files.link(id, { version })
    const link = document.createElement('a')
    link.href = url
    link.download = ''
    link.click()
  } catch (error) {
    showError(error)
  }
}
