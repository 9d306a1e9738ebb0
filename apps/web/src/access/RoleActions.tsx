import { Menu } from '@mantine/core'
import type { Role } from '@oneforge/client'
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { client } from '../api/client.ts'
import { paths } from '../paths.ts'
import { TheirsStays } from '../settings/meanwhile.tsx'
import { RemovalDialog } from '../settings/RemovalDialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useTellWithUndo } from '../versions/versions.ts'
import { RoleNameDialog } from './RoleNameDialog.tsx'
import { useAddRole, useDeleteRole, useSaveRole } from './rights.ts'

/** Rename, duplicate, delete. */
export function RoleActions({ role }: { role: Role }) {
  const { t } = useTranslation('access')
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'rename' | 'duplicate' | 'delete'>()
  const rename = useSaveRole(role)
  const add = useAddRole()
  const remove = useDeleteRole()
  const tell = useTellWithUndo()
  const closeForTheirs = (error: unknown): never => {
    if (error instanceof TheirsStays) setDialog(undefined)
    throw error
  }

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
          <Menu.Item
            leftSection={<IconTrash size={14} />}
            c="var(--mantine-color-error)"
            onClick={() => setDialog('delete')}
          >
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
          onSave={(names) => rename.mutateAsync(names).catch(closeForTheirs)}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'delete' && (
        <RemovalDialog
          kind="role"
          name={role.label}
          thing={['roles', role.key]}
          ask={() => client.access.roleDependents(role.key)}
          onRemove={async () => {
            await remove.mutateAsync(role)
            void navigate(paths.settings('roles'))
            await tell(t('role.deleted', { role: role.label }))
          }}
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
