import { ActionIcon, FileButton, Text } from '@mantine/core'
import type { RecordData, RecordFile } from '@oneforge/client'
import { IconFolder, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { onDemand, useOnceActed } from '../ui/onDemand.tsx'
import { FileItem } from './FileItem.tsx'
import { FileTrash } from './FileTrash.tsx'
import classes from './files.module.css'
import { RunningUploads } from './RunningUploads.tsx'
import { useFileActions, useFiles, useUploads } from './useFiles.ts'

const FilePreview = onDemand(async () => (await import('./FilePreview.tsx')).FilePreview)
const FileNameDialog = onDemand(async () => (await import('./FileNameDialog.tsx')).FileNameDialog)

interface RecordFilesProps {
  record: RecordData
  editable: boolean
}

/** The files of a record by folder. New ones are chosen, or dropped anywhere on the page. */
export function RecordFiles({ record, editable: mayEdit }: RecordFilesProps) {
  const { t } = useTranslation('files')
  const { locale } = useFormatContext()
  const editable = mayEdit && !viewedPerson()
  const { data: files = [], isPending, error } = useFiles(record)
  const { running, start } = useUploads(record)
  const { remove } = useFileActions(record)
  const [shown, setShown] = useState<RecordFile>()
  const [renamed, setRenamed] = useState<RecordFile>()
  const DropAnywhere = useOnceActed(async () => (await import('./DropAnywhere.tsx')).DropAnywhere)
  const version = useRef<{ fileId: string }>(undefined)
  const pick = useRef<HTMLInputElement>(null)

  const renew = (file: RecordFile) => {
    version.current = { fileId: file.id }
    pick.current?.click()
  }
  return (
    <section aria-label={t('title')} className={classes.files}>
      <div className={classes.head}>
        <h2 className={classes.heading}>
          {t('title')}
          {files.length > 0 && <span className={classes.count}>{formatNumber(files.length, locale)}</span>}
        </h2>
        {editable && (
          <FileButton multiple onChange={(chosen) => start(chosen)}>
            {(props) => (
              <ActionIcon {...props} size="sm" aria-label={t('upload')} title={t('upload')}>
                <IconUpload size={15} />
              </ActionIcon>
            )}
          </FileButton>
        )}
      </div>
      {editable && DropAnywhere && <DropAnywhere label={t('drop')} onDrop={start} />}
      <input
        ref={pick}
        type="file"
        hidden
        aria-hidden
        onChange={({ currentTarget }) => {
          start([...(currentTarget.files ?? [])], version.current)
          currentTarget.value = ''
        }}
      />
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errorText(error)}
        </Text>
      )}
      {!isPending && !error && files.length === 0 && running.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(editable ? 'empty' : 'emptyReadOnly')}
        </Text>
      )}
      {byFolder(files).map(({ folder, items }) => (
        <div key={folder}>
          {folder && (
            <h3 className={classes.folder}>
              <IconFolder size={14} aria-hidden /> {folder}
            </h3>
          )}
          <ul className={classes.list}>
            {items.map((file) => (
              <FileItem
                key={file.id}
                file={file}
                editable={editable}
                onShow={() => setShown(file)}
                onRenew={() => renew(file)}
                onRename={() => setRenamed(file)}
                onDelete={() => remove.mutate(file)}
              />
            ))}
          </ul>
        </div>
      ))}
      <RunningUploads uploads={running} />
      {editable && <FileTrash record={record} />}
      {shown && <FilePreview files={files} file={shown} onGo={setShown} onClose={() => setShown(undefined)} />}
      {renamed && <FileNameDialog record={record} file={renamed} onClose={() => setRenamed(undefined)} />}
    </section>
  )
}

/** They come sorted by folder. */
function byFolder(files: RecordFile[]): { folder: string; items: RecordFile[] }[] {
  const folders: { folder: string; items: RecordFile[] }[] = []
  for (const file of files) {
    const last = folders.at(-1)
    if (last?.folder === file.folder) last.items.push(file)
    else folders.push({ folder: file.folder, items: [file] })
  }
  return folders
}
