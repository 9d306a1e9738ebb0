import { Avatar, Button, Group, Menu, Skeleton, Stack, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import { IconDots, IconPencil, IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTeamChange, useTeams } from '../access/rights.ts'
import { client } from '../api/client.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError } from '../ui/toast.tsx'
import classes from './people.module.css'
import { TeamDialog, type TeamEdit } from './TeamDialog.tsx'
import { type TeamNode, teamTree } from './teamTree.ts'

/** Teams as a tree: who is in a team sees, with the scope «team», what it and the teams below it own. */
export function TeamsPage() {
  const { t } = useTranslation('people')
  const mayChange = useMayAdmin('users')
  const { data: teams, error } = useTeams()
  const [edit, setEdit] = useState<TeamEdit>()
  const onEdit = mayChange ? setEdit : undefined
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md" maw={720}>
      <title>{`${t('teams.title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.heading}>{t('teams.title')}</h2>
          <Text size="sm" c="dimmed">
            {t('teams.explanation')}
          </Text>
        </div>
        {mayChange && Boolean(teams?.length) && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEdit({ parentId: null })} flex="none">
            {t('teams.add')}
          </Button>
        )}
      </Group>
      {!teams && <Skeleton height={160} />}
      {teams?.length === 0 && (
        <EmptyPage icon="users-group" title={t('teams.empty')} text={t('teams.emptyText')}>
          {mayChange && <Button onClick={() => setEdit({ parentId: null })}>{t('teams.add')}</Button>}
        </EmptyPage>
      )}
      {teams && <TeamList nodes={teamTree(teams)} onEdit={onEdit} />}
      {edit && teams && <TeamDialog edit={edit} teams={teams} onClose={() => setEdit(undefined)} />}
    </Stack>
  )
}

interface TeamListProps {
  nodes: TeamNode[]
  onEdit: ((edit: TeamEdit) => void) | undefined
}

function TeamList({ nodes, onEdit }: TeamListProps) {
  if (!nodes.length) return null
  return (
    <ul className={classes.teamList}>
      {nodes.map((team) => (
        <li key={team.id}>
          <TeamLine team={team} onEdit={onEdit} />
          <TeamList nodes={team.children} onEdit={onEdit} />
        </li>
      ))}
    </ul>
  )
}

function TeamLine({ team, onEdit }: { team: TeamNode; onEdit: TeamListProps['onEdit'] }) {
  const { t } = useTranslation('people')
  return (
    <div className={classes.team}>
      <IconUsersGroup size={16} stroke={1.6} aria-hidden />
      <span className={classes.teamName}>{team.name}</span>
      <Text size="xs" c="dimmed">
        {t('teams.members', { count: team.memberCount })}
      </Text>
      <Avatar.Group spacing={6} className={classes.faces} aria-hidden>
        {team.members.slice(0, 5).map(({ userId, name }) => (
          <Avatar key={userId} name={name} size={24} color="initials" title={name} />
        ))}
      </Avatar.Group>
      {onEdit && <TeamMenu team={team} onEdit={onEdit} />}
    </div>
  )
}

function TeamMenu({ team, onEdit }: { team: TeamNode; onEdit: (edit: TeamEdit) => void }) {
  const { t } = useTranslation('people')
  const change = useTeamChange()
  const askToRemove = () =>
    openConfirmModal({
      title: t('teams.removeTitle', { team: team.name }),
      children: <Text size="sm">{t('teams.removeText')}</Text>,
      labels: { confirm: t('teams.remove'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void change.mutateAsync(() => client.access.removeTeam(team.id)).catch(showError),
    })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={t('teams.actions', { team: team.name })}>
          <IconDots size={18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => onEdit({ team })}>
          {t('teams.edit')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => onEdit({ parentId: team.id })}>
          {t('teams.addBelow')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={14} />} c="var(--mantine-color-error)" onClick={askToRemove}>
          {t('teams.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
