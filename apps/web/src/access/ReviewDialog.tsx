import { Alert, Button, Group, Skeleton, Text } from '@mantine/core'
import type { AccessPreview } from '@oneforge/client'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { PreviewList } from './PreviewList.tsx'

interface ReviewDialogProps {
  title: string
  preview: UseQueryResult<AccessPreview>
  saving: Pick<UseMutationResult, 'isPending' | 'error'>
  onSave: () => void
  onClose: () => void
}

/** Who gains and who loses what, before it is saved. */
export function ReviewDialog({ title, preview, saving, onSave, onClose }: ReviewDialogProps) {
  const { t } = useTranslation('access')
  const refusal = saving.error ?? preview.error
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      {preview.isPending && (
        <div aria-busy>
          <Text size="sm" c="dimmed" mb="sm">
            {t('review.counting')}
          </Text>
          <Skeleton height={72} />
        </div>
      )}
      {preview.data && <PreviewList preview={preview.data} />}
      {refusal && (
        <Alert color="red" variant="light" role="alert" mt="md">
          {errorText(refusal)}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button size="sm" variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button size="sm" onClick={onSave} loading={saving.isPending} disabled={!preview.data} data-autofocus>
          {t('save')}
        </Button>
      </Group>
    </Modal>
  )
}
