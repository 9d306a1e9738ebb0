import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import type { InstallationWorkspace } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../ui/Modal.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { useSuspend } from './installation.ts'

/** What it means to suspend a workspace, and the reason that its people will read. */
export function SuspendDialog({
  workspace,
  onClose,
}: {
  workspace: Pick<InstallationWorkspace, 'id' | 'name'>
  onClose: () => void
}) {
  const { t } = useTranslation('installation')
  const { name } = workspace
  const suspend = useSuspend(workspace)
  const [reason, setReason] = useState('')
  const confirm = () =>
    suspend.mutate(reason.trim(), {
      onSuccess() {
        showToast({ message: t('suspend.done', { name }) })
        onClose()
      },
      onError: showError,
    })
  return (
    <Modal opened onClose={onClose} title={t('suspend.title', { name })}>
      <Stack gap="md">
        <Text size="sm">{t('suspend.explanation')}</Text>
        <Textarea
          label={t('suspend.reason')}
          description={t('suspend.reasonHelp')}
          autosize
          minRows={2}
          maxLength={500}
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="red" disabled={reason.trim() === ''} loading={suspend.isPending} onClick={confirm}>
            {t('suspend.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
