import { Button, Group, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { openConfirmModal } from '@mantine/modals'
import type { ApiKey } from '@oneforge/client'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMayAdmin } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate, formatNumber } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { useRoleLabels } from '../people/useRoleLabels.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { ChangeApiKey } from './ChangeApiKey.tsx'
import { NewApiKey } from './NewApiKey.tsx'
import classes from './security.module.css'
import { useApiKeys, useRevokeApiKey } from './settings.ts'

/** Keys with which programs come in. */
export function ApiKeysPage() {
  const { t } = useTranslation('security')
  const mayChange = useMayAdmin('settings')
  const { data: keys, error } = useApiKeys()
  const [adding, { open, close }] = useDisclosure()
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md">
      <title>{`${t('keys.title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.pageHeading}>{t('keys.title')}</h2>
          <Text size="sm" c="dimmed">
            {t('keys.explanation')}
          </Text>
        </div>
        {mayChange && Boolean(keys?.length) && (
          <Button leftSection={<IconPlus size={14} />} onClick={open} flex="none">
            {t('keys.add')}
          </Button>
        )}
      </Group>
      {!keys && <Skeleton height={160} />}
      {keys?.length === 0 && (
        <EmptyPage icon="key" title={t('keys.empty')} text={t('keys.emptyText')}>
          {mayChange && <Button onClick={open}>{t('keys.add')}</Button>}
        </EmptyPage>
      )}
      {Boolean(keys?.length) && <KeyTable keys={keys ?? []} mayChange={mayChange} />}
      {adding && <NewApiKey onClose={close} />}
    </Stack>
  )
}

const statusColors = { active: 'green', expired: 'orange', revoked: 'gray' } as const

function KeyTable({ keys, mayChange }: { keys: ApiKey[]; mayChange: boolean }) {
  const { t } = useTranslation('security')
  return (
    <Table.ScrollContainer minWidth={860} type="native" tabIndex={0}>
      <Table verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('keys.name')}</Table.Th>
            <Table.Th>{t('keys.may')}</Table.Th>
            <Table.Th>{t('keys.perMinute')}</Table.Th>
            <Table.Th>{t('keys.lastUsed')}</Table.Th>
            <Table.Th>{t('keys.expires')}</Table.Th>
            <Table.Th>{t('keys.status')}</Table.Th>
            <Table.Th pos="relative">
              <VisuallyHidden>{t('keys.revoke')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <KeyLine key={key.id} apiKey={key} mayChange={mayChange} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function KeyLine({ apiKey, mayChange }: { apiKey: ApiKey; mayChange: boolean }) {
  const { t } = useTranslation('security')
  const { locale } = useFormatContext()
  const roleLabels = useRoleLabels()
  const revoke = useRevokeApiKey()
  const [changing, { open: openChange, close: closeChange }] = useDisclosure()
  const { id, name, prefix, account, roles, operations, requestsPerMinute, lastUsedAt, expiresAt, status } = apiKey
  const askToRevoke = () =>
    openConfirmModal({
      title: t('keys.revokeTitle', { name }),
      children: <Text size="sm">{t('keys.revokeText')}</Text>,
      labels: { confirm: t('keys.revoke'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        void revoke.mutateAsync(id).then(() => showToast({ message: t('keys.revoked', { name }) }), showError),
    })
  return (
    <Table.Tr c={status === 'active' ? undefined : 'dimmed'}>
      <Table.Td>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" className={classes.key} title={account.name}>
          {prefix.slice(0, 12)}…
        </Text>
      </Table.Td>
      <Table.Td maw={260}>
        <Text size="sm">{operations ? operations.join(', ') : roles.map(roleLabels).join(', ')}</Text>
        {operations && (
          <Text size="xs" c="dimmed">
            {t('keys.asRoles', { roles: roles.map(roleLabels).join(', ') })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{requestsPerMinute === null ? t('keys.ofPlan') : formatNumber(requestsPerMinute, locale)}</Table.Td>
      <Table.Td>{lastUsedAt ? <RelativeTime at={lastUsedAt} /> : t('keys.never')}</Table.Td>
      <Table.Td>{expiresAt ? formatDate(expiresAt.slice(0, 10), locale) : t('keys.noExpiry')}</Table.Td>
      <Table.Td>
        <OptionBadge label={t(`keys.state.${status}`)} color={statusColors[status]} />
      </Table.Td>
      <Table.Td ta="right">
        {mayChange && status === 'active' && (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            <IconButton label={t('keys.changeNamed', { name })} onClick={openChange}>
              <IconPencil size={16} />
            </IconButton>
            <Button
              variant="default"
              loading={revoke.isPending}
              aria-label={t('keys.revokeNamed', { name })}
              onClick={askToRevoke}
            >
              {t('keys.revoke')}
            </Button>
          </Group>
        )}
        {changing && <ChangeApiKey apiKey={apiKey} onClose={closeChange} />}
      </Table.Td>
    </Table.Tr>
  )
}
