import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { Location } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { errorText } from '../api/client.ts'
import { paths } from '../paths.ts'
import { Modal } from '../ui/Modal.tsx'
import { showToast } from '../ui/toast.tsx'
import { useRemoveLocation } from './locations.ts'

interface DeleteLocationProps {
  location: Location
  onDeactivate: () => void
  onClose: () => void
}

/** Asks before a location goes; where something still belongs to it, says what and offers to take it out of use. */
export function DeleteLocation({ location, onDeactivate, onClose }: DeleteLocationProps) {
  const { t } = useTranslation('locationsettings')
  const navigate = useNavigate()
  const remove = useRemoveLocation()
  const { id, name, active } = location
  // Not as options of mutate: this may be gone with the location before the answer, and they would be forgotten with it.
  const send = () =>
    void remove.mutateAsync(id).then(
      () => {
        showToast({ message: t('deleted', { name }) })
        return navigate(paths.settings('locations'))
      },
      // Shown in the dialog.
      () => undefined,
    )
  return (
    <Modal opened onClose={onClose} title={t('deleteTitle', { name })}>
      <Stack gap="md">
        {remove.error ? (
          <Alert color="red" variant="light" role="alert" title={t('notDeleted')}>
            {errorText(remove.error)}
          </Alert>
        ) : (
          <Text size="sm">{t('deleteText')}</Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          {remove.error ? (
            active && (
              <Button size="sm" onClick={onDeactivate}>
                {t('deactivateInstead')}
              </Button>
            )
          ) : (
            <Button size="sm" color="red" loading={remove.isPending} onClick={send}>
              {t('delete')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
