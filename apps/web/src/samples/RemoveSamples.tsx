import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showError, showToast } from '../ui/toast.tsx'
import { useRemoveSamples, useSamples } from './samples.ts'

/** The button that sweeps sample records away; it asks, and says what becomes of those that people have touched. */
export function RemoveSamples() {
  const { t } = useTranslation('samples')
  const { data, refetch } = useSamples()
  const [opened, { open, close }] = useDisclosure()
  if (!data || data.total === 0) return null
  const ask = async () => {
    await refetch()
    open()
  }
  return (
    <>
      <Button variant="default" onClick={ask}>
        {t('remove')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('title')} closeButtonProps={{ 'aria-label': t('cancel') }}>
        <Removal total={data.total} touched={data.touched} onClose={close} />
      </Modal>
    </>
  )
}

function Removal({ total, touched, onClose }: { total: number; touched: number; onClose: () => void }) {
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
