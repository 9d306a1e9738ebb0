import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import type { ApiKey } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { showToast } from '../ui/toast.tsx'
import { KeyLimitInput } from './KeyLimitInput.tsx'
import { useUpdateApiKey } from './settings.ts'

/** What of a key can change while it is in use: what it is called, and how much it may ask. */
export function ChangeApiKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation('security')
  const update = useUpdateApiKey(apiKey.id)
  const [name, setName] = useState(apiKey.name)
  const [requestsPerMinute, setRequestsPerMinute] = useState(apiKey.requestsPerMinute)
  const save = () =>
    update.mutate(
      { name: name.trim(), requestsPerMinute },
      {
        onSuccess: () => {
          showToast({ message: t('keys.changed', { name: name.trim() }) })
          onClose()
        },
      },
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.changeNamed', { name: apiKey.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) save()
        }}
      >
        <Stack gap="md" ta="left">
          <TextInput
            label={t('keys.name')}
            description={t('keys.nameHelp')}
            data-autofocus
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <KeyLimitInput value={requestsPerMinute} onChange={setRequestsPerMinute} />
          {update.error && (
            <Alert color="red" variant="light" role="alert">
              {errorText(update.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" disabled={!name.trim()} loading={update.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
