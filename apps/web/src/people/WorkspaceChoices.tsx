import { Avatar, Menu, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import { IconCheck, IconDoorExit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../api/viewAs.ts'
import { useWorkspace } from '../api/workspace.ts'
import { useLeaveWorkspace, useOwnWorkspaces, useSwitchWorkspace } from './people.ts'

/** In the workspace menu: the other workspaces one belongs to, and the way out of this one. */
export function WorkspaceChoices() {
  const { t } = useTranslation('people')
  const { data: workspaces = [] } = useOwnWorkspaces()
  const { name } = useWorkspace()
  const change = useSwitchWorkspace()
  const leave = useLeaveWorkspace()
  if (viewedPerson()) return null
  const askToLeave = () =>
    openConfirmModal({
      title: t('workspaces.leaveTitle', { workspace: name }),
      children: <Text size="sm">{t('workspaces.leaveText')}</Text>,
      labels: { confirm: t('workspaces.leave'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => leave.mutate(),
    })
  return (
    <>
      {workspaces.length > 1 && <Menu.Divider />}
      {workspaces.length > 1 && <Menu.Label>{t('workspaces.title')}</Menu.Label>}
      {workspaces.length > 1 &&
        workspaces.map((workspace) => (
          <Menu.Item
            key={workspace.id}
            leftSection={<Avatar size={18} radius="sm" name={workspace.name} color="initials" aria-hidden />}
            rightSection={workspace.current ? <IconCheck size={14} aria-label={t('workspaces.current')} /> : null}
            aria-current={workspace.current || undefined}
            onClick={() => !workspace.current && change.mutate(workspace.id)}
          >
            {workspace.name}
          </Menu.Item>
        ))}
      <Menu.Divider />
      <Menu.Item leftSection={<IconDoorExit size={16} />} onClick={askToLeave}>
        {t('workspaces.leave')}
      </Menu.Item>
    </>
  )
}
