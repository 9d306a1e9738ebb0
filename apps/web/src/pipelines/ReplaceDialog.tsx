import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../ui/Modal.tsx'
import { showError } from '../ui/toast.tsx'

/** A stage, or an option of any other choice. */
interface Choice {
  value: string
  label: string
}

interface ReplaceDialogProps {
  /** Those that stay. */
  stages: Choice[]
  /** Those that go while records stand in them. */
  leaving: Choice[]
  /** Whether records may be left in no stage at all. */
  mayEmpty: boolean
  onReplace: (replace: Record<string, string | null>) => Promise<void>
  onClose: () => void
}

const nowhere = '\u0000nowhere'

/** Where the records of removed stages or options go. */
export function ReplaceDialog({ stages, leaving, mayEmpty, onReplace, onClose }: ReplaceDialogProps) {
  const { t } = useTranslation('pipelinesettings')
  const [targets, setTargets] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const choices = stages.map(({ value, label }) => ({ value, label }))
  const data = mayEmpty ? [...choices, { value: nowhere, label: t('replace.nowhere') }] : choices
  async function submit(): Promise<void> {
    setBusy(true)
    const replace = Object.entries(targets).map(([from, to]) => [from, to === nowhere ? null : to])
    await onReplace(Object.fromEntries(replace)).catch(showError)
    setBusy(false)
  }
  return (
    <Modal opened onClose={onClose} title={t('replace.title')}>
      <Stack gap="md">
        <Text size="sm">{t('replace.explanation')}</Text>
        {leaving.map(({ value, label }) => (
          <Select
            key={value}
            label={t('replace.of', { stage: label })}
            data={data}
            allowDeselect={false}
            value={targets[value] ?? null}
            onChange={(target) => target && setTargets({ ...targets, [value]: target })}
          />
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            loading={busy}
            disabled={leaving.some(({ value }) => !targets[value])}
            onClick={() => void submit()}
          >
            {t('replace.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
