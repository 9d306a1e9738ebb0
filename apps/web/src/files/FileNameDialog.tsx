import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import type { RecordData, RecordFile } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { useFileActions } from './useFiles.ts'

interface FileNameDialogProps {
  record: RecordData
  file: RecordFile
  onClose: () => void
}

/** What a file is called, and the folder it lies in. */
export function FileNameDialog({ record, file, onClose }: FileNameDialogProps) {
  const { t } = useTranslation('files')
  const { update } = useFileActions(record)
  const [name, setName] = useState(file.name)
  const [folder, setFolder] = useState(file.folder)
  return (
    <Modal opened onClose={onClose} title={t('rename')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          update.mutate({ id: file.id, name, folder }, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('name')}
            data-autofocus
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('folder')}
            description={t('folderHint')}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
          />
          {update.error && (
            <Alert color="red" variant="light" role="alert">
              {errorText(update.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={update.isPending} disabled={!name.trim()}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
