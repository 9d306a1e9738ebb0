/** Files of a record: what is there, and what can be done with them. */
import type { RecordData, RecordFile } from '@oneforge/client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showError, showToast } from '../ui/toast.tsx'

export type FilePlace = Pick<RecordData, 'object' | 'id'>

export function useFiles({ object, id, version }: RecordData, { deleted = false } = {}) {
  return useQuery({
    // What a field holds no more is in the trash: that changes with the record.
    queryKey: [...keys.files(object, id), deleted ? version : 'here'],
    queryFn: () => client.files.list(object, id, { deleted }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.some(isBeingDrawn) ? 1_500 : false),
  })
}

/** What came a moment ago has its small picture soon. */
const isBeingDrawn = ({ type, thumbnail, updatedAt }: RecordFile): boolean =>
  !thumbnail && isDrawn.test(type) && Date.now() - Date.parse(updatedAt) < 15_000

const isDrawn = /^image\/(?!svg)|^application\/pdf$/

/** What was changed shows in the lists of files and in the record's story. */
export function useRefreshFiles({ object, id }: FilePlace) {
  const cache = useQueryClient()
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: keys.files(object, id) }),
      cache.invalidateQueries({ queryKey: keys.history(object, id) }),
    ])
}

const idsOf = (files: RecordFile[]): string[] => files.map(({ id }) => id)

export function useFileActions(record: FilePlace) {
  const { object, id: recordId } = record
  const { t } = useTranslation('files')
  const refresh = useRefreshFiles(record)
  const settled = { onError: showError, onSettled: refresh }
  const told = (message: string, takeBack: () => Promise<unknown>) =>
    showToast({
      message,
      undo: async () => {
        await takeBack()
        await refresh()
      },
    })
  const restore = useMutation({
    mutationFn: (files: RecordFile[]) => client.files.restoreMany(object, recordId, idsOf(files)),
    ...settled,
  })
  const remove = useMutation({
    mutationFn: (files: RecordFile[]) => client.files.deleteMany(object, recordId, idsOf(files)),
    onSuccess: (_, files) =>
      told(t('deleted', { count: files.length, name: files[0]?.name }), () =>
        client.files.restoreMany(object, recordId, idsOf(files)),
      ),
    ...settled,
  })
  const move = useMutation({
    mutationFn: ({ files, folder }: { files: RecordFile[]; folder: string }) =>
      client.files.moveMany(object, recordId, idsOf(files), folder),
    onSuccess: (_, { files, folder }) =>
      told(t(folder ? 'moved' : 'movedOut', { count: files.length, name: files[0]?.name, folder }), () =>
        Promise.all(
          byFolder(files).map((was) => client.files.moveMany(object, recordId, idsOf(was.files), was.folder)),
        ),
      ),
    onSettled: refresh,
  })
  const erase = useMutation({ mutationFn: ({ id }: RecordFile) => client.files.erase(id), ...settled })
  const update = useMutation({
    mutationFn: ({ id, ...names }: { id: string; name: string; folder: string }) => client.files.update(id, names),
    onSuccess: refresh,
  })
  return { restore, remove, move, erase, update }
}

/** In the order of their first files. */
export function byFolder(files: RecordFile[]): { folder: string; files: RecordFile[] }[] {
  const folders = Map.groupBy(files, ({ folder }) => folder)
  return [...folders].map(([folder, inside]) => ({ folder, files: inside }))
}

/** Saves a version, the latest unless another is named. */
export const download = ({ id }: Pick<RecordFile, 'id'>, version?: number): Promise<void> =>
  fetchFrom(() => client.files.link(id, { version }))

/** Saves these files of the record as one archive, or all that it has. */
export const downloadArchive = ({ object, id }: FilePlace, files?: RecordFile[]): Promise<void> =>
  fetchFrom(() => client.files.archive(object, id, files && idsOf(files)))

async function fetchFrom(ask: () => Promise<{ url: string }>): Promise<void> {
  try {
    const { url } = await ask()
    const link = document.createElement('a')
    link.href = url
    link.download = ''
    link.click()
  } catch (error) {
    showError(error)
  }
}
