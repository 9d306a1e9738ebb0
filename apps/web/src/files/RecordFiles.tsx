import { ActionIcon, FileButton, Text } from '@mantine/core'
import type { RecordData, RecordFile } from '@oneforge/client'
import { IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { onDemand, useOnceActed } from '../ui/onDemand.tsx'
import { showError } from '../ui/toast.tsx'
import { FileItem } from './FileItem.tsx'
import type { PreviewedFile } from './FilePreview.tsx'
import { FolderFiles } from './FolderFiles.tsx'
import classes from './files.module.css'
import { newFolder, useFileDrag } from './useFileDrag.ts'
import { useFileSelection } from './useFileSelection.ts'
import { byFolder, useFileActions, useFiles } from './useFiles.ts'
import { useUploads } from './useUploads.ts'

const FilePreview = onDemand(async () => (await import('./FilePreview.tsx')).FilePreview)
const FileNameDialog = onDemand(async () => (await import('./FileNameDialog.tsx')).FileNameDialog)
const FileTrash = onDemand(async () => (await import('./FileTrash.tsx')).FileTrash)
const FurtherTargets = onDemand(async () => (await import('./FurtherTargets.tsx')).FurtherTargets)
const MoveFilesDialog = onDemand(async () => (await import('./MoveFilesDialog.tsx')).MoveFilesDialog)
const RunningUploads = onDemand(async () => (await import('./RunningUploads.tsx')).RunningUploads)
const SelectionBar = onDemand(async () => (await import('./SelectionBar.tsx')).SelectionBar)

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
  const { running, batch, start } = useUploads(record)
  const { remove, move } = useFileActions(record)
  const [shown, setShown] = useState<PreviewedFile>()
  const [renamed, setRenamed] = useState<RecordFile>()
  const [moving, setMoving] = useState<RecordFile[]>()
  const DropAnywhere = useOnceActed(async () => (await import('./DropAnywhere.tsx')).DropAnywhere)
  const version = useRef<{ fileId: string }>(undefined)
  const pick = useRef<HTMLInputElement>(null)
  const selection = useFileSelection(files)
  const folders = byFolder(files)

  const drag = useFileDrag(
    (file) => (selection.has(file) ? selection.files : [file]),
    (dragged, folder) => {
      if (folder === newFolder) return setMoving(dragged)
      const elsewhere = dragged.filter((file) => file.folder !== folder)
      if (elsewhere.length > 0)
        move.mutate({ files: elsewhere, folder }, { onSuccess: selection.clear, onError: showError })
    },
  )
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
      {selection.files.length > 0 && (
        <SelectionBar
          record={record}
          selection={selection}
          total={files.length}
          editable={editable}
          onMove={() => setMoving(selection.files)}
          onDelete={() => remove.mutate(selection.files, { onSuccess: selection.clear })}
        />
      )}
      {folders.map(({ folder, files: inside }) => (
        <FolderFiles key={folder} folder={folder} drag={drag}>
          {inside.map((file) => (
            <FileItem
              key={file.id}
              file={file}
              editable={editable}
              selected={selection.has(file)}
              dragging={drag.source(file)}
              onSelect={(isRange) => selection.toggle(file, isRange)}
              onShow={() => setShown(file)}
              onRenew={() => renew(file)}
              onRename={() => setRenamed(file)}
              onDelete={() => remove.mutate([file])}
            />
          ))}
        </FolderFiles>
      ))}
      {drag.isOn && <FurtherTargets drag={drag} hasTop={folders.some(({ folder }) => folder === '')} />}
      {running.length > 0 && <RunningUploads uploads={running} batch={batch} />}
      {editable && <FileTrash record={record} />}
      {shown && <FilePreview files={files} file={shown} onGo={setShown} onClose={() => setShown(undefined)} />}
      {renamed && <FileNameDialog record={record} file={renamed} onClose={() => setRenamed(undefined)} />}
      {moving && (
        <MoveFilesDialog
          record={record}
          files={moving}
          folders={folders.map(({ folder }) => folder)}
          onMoved={() => {
            selection.clear()
            setMoving(undefined)
          }}
          onClose={() => setMoving(undefined)}
        />
      )}
    </section>
  )
}
