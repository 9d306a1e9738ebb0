import { Button, Group, Skeleton, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Member } from '@oneforge/client'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAccessMembers } from '../access/rights.ts'
import { useMayAdmin, useMembers, useWorkspace } from '../api/workspace.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { useHeldRoleTexts } from '../locations/useHeldRoleTexts.ts'
import { paths } from '../paths.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { useSecuritySettings } from '../security/settings.ts'
import { InvitationList } from './InvitationList.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { MemberMenu } from './MemberMenu.tsx'
import classes from './people.module.css'
import { useRoleLabels } from './useRoleLabels.ts'

/** Who belongs to the workspace, and who is invited. */
export function MembersPage() {
  const { t } = useTranslation('people')
  const mayUsers = useMayAdmin('users')
  const { data: members } = useMembers()
  const [text, setText] = useState('')
  const [inviting, { open, close }] = useDisclosure()
  const wanted = text.trim().toLocaleLowerCase()
  const people = members?.filter(({ kind }) => kind !== 'service')
  const shown = people?.filter(({ name, email }) => `${name} ${email}`.toLocaleLowerCase().includes(wanted))
  return (
    <Stack gap="md">
      <title>{`${t('members.title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.heading}>{t('members.title')}</h2>
          <Text size="sm" c="dimmed">
            {t('members.explanation')}
          </Text>
        </div>
        {mayUsers && (
          <Button leftSection={<IconUserPlus size={14} />} onClick={open} flex="none">
            {t('invite.open')}
          </Button>
        )}
      </Group>
      {mayUsers && <InvitationList />}
      {people && people.length > 8 && (
        <TextInput
          aria-label={t('members.search')}
          placeholder={t('members.search')}
          leftSection={<IconSearch size={14} />}
          maw={320}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {shown ? <MemberTable members={shown} /> : <Skeleton height={200} />}
      {inviting && <InviteDialog onClose={close} />}
    </Stack>
  )
}

function MemberTable({ members }: { members: Member[] }) {
  const { t } = useTranslation('people')
  const { user } = useWorkspace()
  const [mayUsers, mayRoles] = [useMayAdmin('users'), useMayAdmin('roles')]
  const looksInside = mayUsers || mayRoles
  const rolesOf = useRolesOf(looksInside)
  const tellsMore = members.some(({ secondFactor }) => typeof secondFactor === 'boolean')
  return (
    <Table.ScrollContainer minWidth={tellsMore ? 820 : 560} type="native" tabIndex={0}>
      <Table verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('members.name')}</Table.Th>
            <Table.Th>{t('members.roles')}</Table.Th>
            <Table.Th>{t('members.status')}</Table.Th>
            {tellsMore && <Table.Th>{t('members.lastSeen')}</Table.Th>}
            {tellsMore && <Table.Th>{t('members.secondFactor')}</Table.Th>}
            {looksInside && (
              <Table.Th pos="relative">
                <VisuallyHidden>{t('members.actions')}</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map((member) => (
            <Table.Tr key={member.id} data-gone={member.status !== 'active' || undefined} className={classes.member}>
              <Table.Td>
                {looksInside || member.id === user.id ? (
                  <Link to={paths.settings(`members/${member.id}`)} className={classes.memberLink}>
                    <PersonValue name={member.name} />
                  </Link>
                ) : (
                  <PersonValue name={member.name} />
                )}
                <Text size="xs" c="dimmed" className={classes.email}>
                  {member.email}
                </Text>
              </Table.Td>
              <Table.Td>{rolesOf(member)}</Table.Td>
              <Table.Td>
                <MemberStatus status={member.status} />
              </Table.Td>
              {tellsMore && (
                <Table.Td>{member.lastSeenAt ? <RelativeTime at={member.lastSeenAt} /> : t('members.never')}</Table.Td>
              )}
              {tellsMore && (
                <Table.Td>
                  <SecondFactorState member={member} />
                </Table.Td>
              )}
              {looksInside && (
                <Table.Td ta="right">
                  <MemberMenu member={member} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** The roles of a member in words; whoever may look at rights is told at which locations they are held. */
function useRolesOf(looksInside: boolean): (member: Member) => string {
  const roleLabels = useRoleLabels()
  const roleTexts = useHeldRoleTexts()
  const { data: rights } = useAccessMembers(looksInside)
  return ({ id, roles }) => {
    const held = rights?.find(({ userId }) => userId === id)?.roles
    return (held ? roleTexts(held).map(({ text }) => text) : roles.map(roleLabels)).join('; ')
  }
}

/** Whoever needs a second factor and has none stands out; they see nothing of the workspace until they set one up. */
function SecondFactorState({ member }: { member: Member }) {
  const { t } = useTranslation('people')
  const { data: rules } = useSecuritySettings(useMayAdmin('settings'))
  const isRequired = member.roles.some((role) => rules?.requireSecondFactor.includes(role))
  if (member.secondFactor) return <OptionBadge color="green" label={t('members.on')} />
  if (isRequired && member.status === 'active') return <OptionBadge color="orange" label={t('members.missing')} />
  return (
    <Text span size="sm" c="dimmed">
      {t('members.off')}
    </Text>
  )
}

const statusColors: Record<string, string> = { active: 'green', deactivated: 'red', left: 'gray' }

export function MemberStatus({ status }: { status: string }) {
  const { t } = useTranslation('people')
  return <OptionBadge label={t(`members.state.${status}`, status)} color={statusColors[status]} />
}
