import { Skeleton, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMembers, useWorkspace } from '../api/workspace.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import classes from './settings.module.css'

/** Who belongs to the workspace. */
export function MembersSettings() {
  const { t } = useTranslation('settings')
  const { roles } = useWorkspace()
  const { data: members, isPending } = useMembers()
  const roleLabel = (key: string) => roles.find((role) => role.key === key)?.label ?? key.replaceAll('_', ' ')
  return (
    <Stack gap="md">
      <title>{`${t('section.members')} · OneForge`}</title>
      <div>
        <h2 className={classes.heading}>{t('section.members')}</h2>
        <Text size="sm" c="dimmed">
          {t('members.explanation')}
        </Text>
      </div>
      {isPending && <Skeleton height={120} />}
      {members && (
        <Table.ScrollContainer minWidth={420} type="native" tabIndex={0}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('members.name')}</Table.Th>
                <Table.Th>{t('members.email')}</Table.Th>
                <Table.Th>{t('members.roles')}</Table.Th>
                <Table.Th>{t('members.status')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {members.map((member) => (
                <Table.Tr key={member.id}>
                  <Table.Td>
                    <PersonValue name={member.name} />
                  </Table.Td>
                  <Table.Td>{member.email}</Table.Td>
                  <Table.Td>{member.roles.map(roleLabel).join(', ')}</Table.Td>
                  <Table.Td>{t(`members.state.${member.status}`, member.status)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  )
}
