import { Menu, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { Member } from '@oneforge/client'
import { IconDots, IconEye, IconShieldCheck, IconUserCheck, IconUserCog, IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useViewAs } from '../access/useViewAs.ts'
import { useMayAdmin, useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { useDeactivate, useReactivate } from './people.ts'
import { RolesDialog } from './RolesDialog.tsx'

/** What an administrator can do with a member. */
export function MemberMenu({ member }: { member: Member }) {
  const { t } = useTranslation('people')
  const mayUsers = useMayAdmin('users')
  const { user } = useWorkspace()
  const viewAs = useViewAs()
  const { deactivate, reactivate } = useShuttingOut(member)
  const [changing, setChanging] = useState(false)
  const isOther = member.id !== user.id
  const isActive = member.status === 'active'
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('member.actions', { name: member.name })}>
            <IconDots size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconShieldCheck size={14} />}
            component={Link}
            to={paths.settings(`members/${member.id}`)}
          >
            {t('member.rights')}
          </Menu.Item>
          {mayUsers && isActive && (
            <Menu.Item leftSection={<IconUserCog size={14} />} onClick={() => setChanging(true)}>
              {t('member.changeRoles')}
            </Menu.Item>
          )}
          {mayUsers && isOther && isActive && (
            <Menu.Item leftSection={<IconEye size={14} />} onClick={() => viewAs(member.id)}>
              {t('member.viewAs')}
            </Menu.Item>
          )}
          {mayUsers && isOther && isActive && (
            <Menu.Item leftSection={<IconUserOff size={14} />} c="var(--mantine-color-error)" onClick={deactivate}>
              {t('member.deactivate')}
            </Menu.Item>
          )}
          {mayUsers && member.status === 'deactivated' && (
            <Menu.Item leftSection={<IconUserCheck size={14} />} onClick={reactivate}>
              {t('member.reactivate')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {changing && <RolesDialog userId={member.id} name={member.name} onClose={() => setChanging(false)} />}
    </>
  )
}

function useShuttingOut(member: Member) {
  const { t } = useTranslation('people')
  const deactivate = useDeactivate()
  const reactivate = useReactivate()
  const { id, name } = member
  return {
    deactivate: () =>
      openConfirmModal({
        title: t('member.deactivateTitle', { name }),
        children: <Text size="sm">{t('member.deactivateText')}</Text>,
        labels: { confirm: t('member.deactivate'), cancel: t('cancel') },
        confirmProps: { color: 'red' },
        onConfirm: () =>
          void deactivate
            .mutateAsync(id)
            .then(() => showToast({ message: t('member.deactivated', { name }) }), showError),
      }),
    reactivate: () =>
      void reactivate.mutateAsync(id).then(() => showToast({ message: t('member.reactivated', { name }) }), showError),
  }
}
