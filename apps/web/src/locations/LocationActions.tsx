import { Menu, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { Location } from '@oneforge/client'
import { IconDots, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { DeleteLocation } from './DeleteLocation.tsx'
import { useSaveLocation } from './locations.ts'

/** Taking a location out of use, back into it, or away. */
export function LocationActions({ location }: { location: Location }) {
  const { t } = useTranslation('locationsettings')
  const { id, name, active } = location
  const save = useSaveLocation(id)
  const [deleting, setDeleting] = useState(false)
  const setActive = (next: boolean) =>
    save
      .mutateAsync({ active: next })
      .then(() => showToast({ message: t(next ? 'activated' : 'deactivated', { name }) }), showError)
  const askToDeactivate = () =>
    openConfirmModal({
      title: t('deactivateTitle', { name }),
      children: <Text size="sm">{t('deactivateText')}</Text>,
      labels: { confirm: t('deactivate'), cancel: t('cancel') },
      onConfirm: () => void setActive(false),
    })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('actions', { name })}>
            <IconDots size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {active ? (
            <Menu.Item leftSection={<IconPlayerPause size={14} />} onClick={askToDeactivate}>
              {t('deactivate')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPlayerPlay size={14} />} onClick={() => void setActive(true)}>
              {t('activate')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconTrash size={14} />}
            c="var(--mantine-color-error)"
            onClick={() => setDeleting(true)}
          >
            {t('delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deleting && (
        <DeleteLocation
          location={location}
          onDeactivate={() => {
            setDeleting(false)
            void setActive(false)
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
