import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import type { Team } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTeamChange } from '../access/rights.ts'
import { client, errorText } from '../api/client.ts'
import { useMembers } from '../api/workspace.ts'
import { Modal } from '../ui/Modal.tsx'
import { MultiSelect, Select } from '../ui/Select.tsx'
import { withDescendants } from './teamTree.ts'

/** A team being made (perhaps under another) or changed. */
export type TeamEdit = { team: Team } | { parentId: string | null }

interface TeamDialogProps {
  edit: TeamEdit
  teams: Team[]
  onClose: () => void
}

/** Name, place in the tree and members of a team, new or there already. */
export function TeamDialog({ edit, teams, onClose }: TeamDialogProps) {
  const { t } = useTranslation('people')
  const { data: members = [] } = useMembers()
  const change = useTeamChange()
  const team = 'team' in edit ? edit.team : undefined
  const [name, setName] = useState(team?.name ?? '')
  const [parentId, setParentId] = useState(team ? team.parentId : 'parentId' in edit ? edit.parentId : null)
  const [userIds, setUserIds] = useState(team?.members.map(({ userId }) => userId) ?? [])
  const closed = team ? withDescendants(teams, team.id) : []

  const save = async () => {
    const input = { name: name.trim(), parentId }
    const { id } = team ? await client.access.updateTeam(team.id, input) : await client.access.createTeam(input)
    await client.access.setTeamMembers(id, userIds)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(team ? 'teams.edit' : 'teams.add')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) change.mutate(save, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('teams.name')}
            data-autofocus
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('teams.parent')}
            placeholder={t('teams.noParent')}
            clearable
            clearButtonProps={{ 'aria-label': t('teams.noParent') }}
            searchable
            value={parentId}
            onChange={setParentId}
            data={teams.filter(({ id }) => !closed.includes(id)).map(({ id, name: label }) => ({ value: id, label }))}
          />
          <MultiSelect
            label={t('teams.people')}
            searchable
            hidePickedOptions
            value={userIds}
            onChange={setUserIds}
            data={members
              .filter(({ status, kind }) => status === 'active' && kind !== 'service')
              .map(({ id, name: label }) => ({ value: id, label }))}
          />
          {change.error && (
            <Alert color="red" variant="light" role="alert">
              {errorText(change.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={change.isPending} disabled={!name.trim()}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
