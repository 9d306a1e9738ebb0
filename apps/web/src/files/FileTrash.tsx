import { Button, Group, Text, UnstyledButton } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { RecordData, RecordFile } from '@oneforge/client'
import { IconRestore, IconTrashX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../api/workspace.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { FileIcon } from './FileIcon.tsx'
import classes from './files.module.css'
import { useFileActions, useFiles } from './useFiles.ts'

/** What was deleted, folded away under the files. */
export function FileTrash({ record }: { record: RecordData }) {
  const { t } = useTranslation('files')
  const { data: files = [] } = useFiles(record, { deleted: true })
  const { restore, erase } = useFileActions(record)
  const may = useMay(record.object)
  const [open, setOpen] = useState(false)
  if (files.length === 0) return null
  // What a field held comes back with the field's value.
  const restorable = files.filter(({ field }) => field === null)

  const askToErase = (file: RecordFile) =>
    openConfirmModal({
      title: t('erase'),
      children: <Text size="sm">{t('eraseAsk', { name: file.name })}</Text>,
      labels: { confirm: t('erase'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('close') },
      onConfirm: () => erase.mutate(file),
    })
  return (
    <>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('trash', { count: files.length })}
      </UnstyledButton>
      {open && (
        <ul className={classes.list}>
          {restorable.length > 1 && (
            <li>
              <Button size="compact-xs" variant="default" my={4} onClick={() => restore.mutate(restorable)}>
                {t('restoreAll')}
              </Button>
            </li>
          )}
          {files.map((file) => (
            <li key={file.id} className={classes.item}>
              <FileIcon type={file.type} />
              <span className={classes.naming}>
                <span className={classes.gone} title={file.name}>
                  {file.name}
                </span>
              </span>
              <Group gap={4} wrap="nowrap">
                <IconButton size="sm" label={t('restore')} onClick={() => restore.mutate([file])}>
                  <IconRestore size={15} />
                </IconButton>
                {may('delete') && (
                  <IconButton size="sm" label={t('erase')} onClick={() => askToErase(file)}>
                    <IconTrashX size={15} />
                  </IconButton>
                )}
              </Group>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
