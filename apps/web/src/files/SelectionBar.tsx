import type { RecordData } from '@oneforge/client'
import { IconChecks, IconDownload, IconFolderShare, IconTrash, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import classes from './files.module.css'
import type { FileSelection } from './useFileSelection.ts'
import { download, downloadArchive } from './useFiles.ts'

interface SelectionBarProps {
  record: RecordData
  selection: FileSelection
  /** How many there are to choose from. */
  total: number
  editable: boolean
  onMove: () => void
  onDelete: () => void
}

/** What can be done with the chosen files together. */
export function SelectionBar({ record, selection, total, editable, onMove, onDelete }: SelectionBarProps) {
  const { t } = useTranslation(['manyfiles', 'files'])
  const { files } = selection
  const isAll = files.length === total
  const save = () => (files.length === 1 ? download(files[0]!) : downloadArchive(record, isAll ? undefined : files))
  return (
    <div role="toolbar" aria-label={t('selection.label')} className={classes.selection}>
      <span role="status" className={classes.selected}>
        {t('selection.count', { count: files.length })}
      </span>
      <IconButton label={t('selection.all')} disabled={isAll} onClick={selection.selectAll}>
        <IconChecks size={16} />
      </IconButton>
      {editable && (
        <IconButton label={t('selection.move')} onClick={onMove}>
          <IconFolderShare size={16} />
        </IconButton>
      )}
      <IconButton label={t(files.length === 1 ? 'files:download' : 'selection.archive')} onClick={() => void save()}>
        <IconDownload size={16} />
      </IconButton>
      {editable && (
        <IconButton label={t('files:delete')} onClick={onDelete}>
          <IconTrash size={16} />
        </IconButton>
      )}
      <IconButton label={t('selection.clear')} onClick={selection.clear}>
        <IconX size={16} />
      </IconButton>
    </div>
  )
}
