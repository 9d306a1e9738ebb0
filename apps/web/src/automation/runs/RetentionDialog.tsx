import { Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { ApiError, type WorkflowRetention } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { Modal } from '../../ui/Modal.tsx'
import { showError, showToast } from '../../ui/toast.tsx'
import { workflowKeys } from '../queries.ts'

interface RetentionDialogProps {
  retention: WorkflowRetention
  onClose: () => void
}

/** Bounds of the server, in days. */
const [fewest, most] = [7, 730]
const parts = ['days', 'failedDays'] as const

/** For how many days runs are kept after their end; what is older is gone for good, which is said before. */
export function RetentionDialog({ retention, onClose }: RetentionDialogProps) {
  const { t } = useTranslation('automation')
  const cache = useQueryClient()
  const [days, setDays] = useState(retention)
  const save = useMutation({
    mutationFn: () => client.workflowRetention.set(days),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: workflowKeys.retention })
      showToast({ message: t('retention.saved') })
      onClose()
    },
    onError: (error) => {
      if (!(error instanceof ApiError && error.details.length > 0)) showError(error)
    },
  })
  const refused = save.error instanceof ApiError ? save.error.byField() : {}
  const isShorter = parts.some((part) => days[part] < retention[part])

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate()
  }

  return (
    <Modal opened onClose={onClose} title={t('retention.title')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('retention.explanation')}</Text>
          {parts.map((part) => (
            <NumberInput
              key={part}
              size="sm"
              label={t(`retention.${part}`)}
              suffix={` ${t('duration.name.days')}`}
              min={fewest}
              max={most}
              allowDecimal={false}
              error={refused[part]}
              value={days[part]}
              onChange={(next) => typeof next === 'number' && setDays((before) => ({ ...before, [part]: next }))}
            />
          ))}
          {isShorter && (
            <Alert color="yellow" role="status" p="xs">
              {t('retention.shorter')}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('act.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('retention.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
