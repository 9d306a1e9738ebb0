import { Menu, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { Role } from '@oneforge/client'
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { RoleNameDialog } from './RoleNameDialog.tsx'
import { useAddRole, useDeleteRole, useSaveRole } from './rights.ts'

/** Rename, duplicate, delete. */
export function RoleActions({ role }: { role: Role }) {
  const { t } = useTranslation('access')
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'rename' | 'duplicate'>()
  const rename = useSaveRole(role.key)
  const add = useAddRole()
  const remove = useDeleteRole()

  const askToDelete = () =>
    openConfirmModal({
      title: t('role.deleteTitle', { role: role.label }),
      children: <Text size="sm">{t('role.deleteText')}</Text>,
      labels: { confirm: t('role.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        void remove.mutateAsync(role.key).then(() => {
          showToast({ message: t('role.deleted', { role: role.label }) })
          void navigate(paths.settings('roles'))
        }, showError),
    })

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('role.actions', { role: role.label })}>
            <IconDots size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setDialog('rename')}>
            {t('role.rename')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => setDialog('duplicate')}>
            {t('role.duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={14} />} c="var(--mantine-color-error)" onClick={askToDelete}>
            {t('role.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' && (
        <RoleNameDialog
          title={t('role.rename')}
          submit={t('save')}
          initial={{ label: role.labels, description: role.descriptions }}
          saving={rename}
          onSave={(names) => rename.mutateAsync(names)}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'duplicate' && (
        <RoleNameDialog
          title={t('role.duplicateTitle', { role: role.label })}
          submit={t('role.duplicate')}
          saving={add}
          onSave={(names) => add.mutateAsync({ ...names, objects: role.objects, copyOf: role.key })}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  )
}
