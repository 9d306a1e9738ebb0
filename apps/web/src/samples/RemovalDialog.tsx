import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../ui/Modal.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { useRemoveSamples } from './samples.ts'

interface RemovalDialogProps {
  total: number
  touched: number
  onClose: () => void
}

/** Asks before sample records go, and what becomes of those that people have touched. */
export function RemovalDialog(props: RemovalDialogProps) {
  const { t } = useTranslation('samples')
  return (
    <Modal opened onClose={props.onClose} title={t('title')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <Removal {...props} />
    </Modal>
  )
}

function Removal({ total, touched, onClose }: RemovalDialogProps) {
  const { t } = useTranslation('samples')
  const remove = useRemoveSamples()
  const [choice, setChoice] = useState<'keep' | 'trash'>('keep')
  const confirm = async () => {
    try {
      const { removed, trashed } = await remove.mutateAsync(choice)
      showToast({ message: t('removed', { count: removed + trashed }) })
      onClose()
    } catch (error) {
      showError(error)
    }
  }
  return (
    <Stack gap="md">
      <Text size="sm">{t('text', { count: total - touched })}</Text>
      {touched > 0 && (
        <Radio.Group
          label={t('touched', { count: touched })}
          value={choice}
          onChange={(value) => setChoice(value as 'keep' | 'trash')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="keep" label={t('keep')} />
            <Radio value="trash" label={t('trash')} />
          </Stack>
        </Radio.Group>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={confirm}>
          {t('remove')}
        </Button>
      </Group>
    </Stack>
  )
}
