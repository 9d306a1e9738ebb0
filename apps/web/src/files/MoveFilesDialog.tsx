import { Alert, Autocomplete, Button, Group, Stack } from '@mantine/core'
import type { RecordData, RecordFile } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { useFileActions } from './useFiles.ts'

interface MoveFilesDialogProps {
  record: RecordData
  files: RecordFile[]
  /** Those that there are; another name makes a new one. */
  folders: string[]
  onMoved: () => void
  onClose: () => void
}

/** Into which folder files go. */
export function MoveFilesDialog({ record, files, folders, onMoved, onClose }: MoveFilesDialogProps) {
  const { t } = useTranslation(['manyfiles', 'files'])
  const { move } = useFileActions(record)
  const [folder, setFolder] = useState('')
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('moveTitle', { count: files.length, name: files[0]?.name })}
      closeButtonProps={{ 'aria-label': t('files:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          move.mutate({ files, folder: folder.trim() }, { onSuccess: onMoved })
        }}
      >
        <Stack gap="md">
          <Autocomplete
            label={t('files:folder')}
            description={t('files:folderHint')}
            data-autofocus
            data={folders.filter((name) => name !== '')}
            value={folder}
            onChange={setFolder}
          />
          {move.error && (
            <Alert color="red" variant="light" role="alert">
              {errorText(move.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('files:cancel')}
            </Button>
            <Button size="sm" type="submit" loading={move.isPending}>
              {t('move')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
