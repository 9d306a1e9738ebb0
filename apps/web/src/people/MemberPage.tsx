import { Anchor, Avatar, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowLeft, IconEye } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { EffectiveMatrix } from '../access/EffectiveMatrix.tsx'
import { Exceptions } from '../access/Exceptions.tsx'
import { useEffectiveAccess, useMemberAccess, useVocabulary } from '../access/rights.ts'
import { ScopeLegend } from '../access/ScopeLegend.tsx'
import { SourceName } from '../access/SourceName.tsx'
import { useViewAs } from '../access/useViewAs.ts'
import { useMayAdmin, useMembers, useWorkspace } from '../api/workspace.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { useHeldRoleTexts } from '../locations/useHeldRoleTexts.ts'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { MemberMenu } from './MemberMenu.tsx'
import { MemberStatus } from './MembersPage.tsx'
import classes from './people.module.css'

/** A member: roles, teams, exceptions, and what all of them come to. */
export function MemberPage() {
  const { member: id = '' } = useParams()
  const [mayUsers, mayRoles] = [useMayAdmin('users'), useMayAdmin('roles')]
  const { data: access, error } = useEffectiveAccess(id)
  const { data: detail } = useMemberAccess(id, mayUsers || mayRoles)
  const { t } = useTranslation('people')
  if (error) return <PageError error={error} />
  if (!access) return <Skeleton height={320} />
  return (
    <Stack gap="lg">
      <title>{`${access.name} · OneForge`}</title>
      <MemberHeader id={id} name={access.name} email={access.email} />
      <Facts access={access} />
      {detail && <Exceptions member={detail} mayChange={mayUsers} />}
      <section>
        <Group justify="space-between" mb={8} gap="xs">
          <div>
            <h3 className={classes.subheading}>{t('rights.title')}</h3>
            <Text size="sm" c="dimmed">
              {t('rights.explanation')}
            </Text>
          </div>
          <ScopeLegend />
        </Group>
        <EffectiveMatrix access={access} />
      </section>
      <Administration admin={access.admin} />
    </Stack>
  )
}

function MemberHeader({ id, name, email }: { id: string; name: string; email: string }) {
  const { t } = useTranslation('people')
  const { user } = useWorkspace()
  const mayUsers = useMayAdmin('users')
  const viewAs = useViewAs()
  const { data: members } = useMembers()
  const member = members?.find((candidate) => candidate.id === id)
  const isViewable = mayUsers && member?.status === 'active' && id !== user.id
  return (
    <div>
      <Anchor component={Link} to={paths.settings('members')} size="sm" c="dimmed" className={classes.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('members.title')}
      </Anchor>
      <Group mt={8} gap="sm" justify="space-between">
        <Group gap="sm" wrap="nowrap">
          <Avatar name={name} color="initials" aria-hidden />
          <div>
            <h2 className={classes.heading}>{name}</h2>
            <Text size="sm" c="dimmed">
              {email}
            </Text>
          </div>
        </Group>
        <Group gap="xs" wrap="nowrap">
          {member && <MemberStatus status={member.status} />}
          {isViewable && (
            <Button variant="default" leftSection={<IconEye size={14} />} onClick={() => viewAs(id)}>
              {t('member.viewAs')}
            </Button>
          )}
          {member && mayUsers && <MemberMenu member={member} />}
        </Group>
      </Group>
    </div>
  )
}

type Access = NonNullable<ReturnType<typeof useEffectiveAccess>['data']>

function Facts({ access }: { access: Access }) {
  const { t } = useTranslation('people')
  const roleTexts = useHeldRoleTexts()
  return (
    <Group gap="xl">
      <Fact name={t('members.roles')}>
        {roleTexts(access.roles).map(({ key, text }) => (
          <OptionBadge key={key} label={text} color="indigo" />
        ))}
      </Fact>
      <Fact name={t('teams.title')}>
        {access.teams.length
          ? access.teams.map(({ id, name }) => <OptionBadge key={id} label={name} color="cyan" />)
          : t('teams.none')}
      </Fact>
    </Group>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {name}
      </Text>
      <Group gap={6}>{children}</Group>
    </div>
  )
}

function Administration({ admin }: Pick<Access, 'admin'>) {
  const { t } = useTranslation('people')
  const { data: vocabulary } = useVocabulary()
  if (!admin.length) return null
  const labelOf = (permission: string) => vocabulary?.admin.find(({ key }) => key === permission)?.label ?? permission
  return (
    <section>
      <h3 className={classes.subheading}>{t('rights.administers')}</h3>
      <ul className={classes.list}>
        {admin.map(({ permission, by }) => (
          <li key={permission}>
            <Text size="sm" span>
              {labelOf(permission)}
            </Text>{' '}
            <Text size="xs" c="dimmed" span>
              {by.map((source, index) => (
                <span key={index}>
                  {index > 0 && ', '}
                  <SourceName source={source} />
                </span>
              ))}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  )
}
