import { Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ObjectSummary, Role } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMayAdmin, useWorkspace } from '../api/workspace.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import classes from './access.module.css'
import { grantFor, scopeOf, scopes } from './grants.ts'
import { RoleNameDialog } from './RoleNameDialog.tsx'
import { useAddRole, useRoles } from './rights.ts'
import { scopeColors } from './scopeColors.ts'

/** The roles of the workspace, each with what it reads at a glance. */
export function RolesPage() {
  const { t } = useTranslation('access')
  const mayChange = useMayAdmin('roles')
  const { data: roles, error } = useRoles()
  const [adding, { open, close }] = useDisclosure()
  const add = useAddRole()
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md">
      <title>{`${t('roles.title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.heading}>{t('roles.title')}</h2>
          <Text size="sm" c="dimmed">
            {t('roles.explanation')}
          </Text>
        </div>
        {mayChange && (
          <Button leftSection={<IconPlus size={14} />} onClick={open} flex="none">
            {t('roles.add')}
          </Button>
        )}
      </Group>
      {roles ? <RoleTable roles={roles} /> : <Skeleton height={240} />}
      {adding && (
        <RoleNameDialog
          title={t('roles.add')}
          submit={t('roles.add')}
          saving={add}
          onSave={(names) => add.mutateAsync({ ...names, objects: {} })}
          onClose={close}
        />
      )}
    </Stack>
  )
}

function RoleTable({ roles }: { roles: Role[] }) {
  const { t } = useTranslation('access')
  const { objects } = useWorkspace()
  return (
    <Table.ScrollContainer minWidth={520} type="native" tabIndex={0}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('roles.role')}</Table.Th>
            <Table.Th>{t('roles.reads')}</Table.Th>
            <Table.Th ta="right">{t('roles.members')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {roles.map((role) => (
            <Table.Tr key={role.key}>
              <Table.Td maw={340}>
                <Link to={paths.settings(`roles/${role.key}`)} className={classes.roleLink}>
                  {role.label}
                </Link>
                <Text size="xs" c="dimmed">
                  {role.description}
                </Text>
              </Table.Td>
              <Table.Td>
                <ReadingSummary role={role} objects={objects} />
              </Table.Td>
              <Table.Td ta="right">{role.members}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** How many objects the role reads as a whole, at its location, in its team, and its own. */
function ReadingSummary({ role, objects }: { role: Role; objects: ObjectSummary[] }) {
  const { t } = useTranslation('access')
  const counts = Map.groupBy(objects, ({ slug }) => scopeOf(grantFor(role.objects, slug).read))
  const shown = scopes.toReversed().filter((scope) => scope !== null && counts.has(scope))
  if (!shown.length) {
    return (
      <Text size="sm" c="dimmed">
        {t('roles.readsNothing')}
      </Text>
    )
  }
  return (
    <Group gap={6}>
      {shown.map(
        (scope) =>
          scope && (
            <OptionBadge
              key={scope}
              color={scopeColors[scope]}
              label={`${t(`scope.${scope}.short`)} · ${counts.get(scope)?.length}`}
            />
          ),
      )}
      {role.admin.length > 0 && <OptionBadge color="gray" label={t('roles.administers')} />}
    </Group>
  )
}
