import { Button, Skeleton, Stack, Table, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { InstallationWorkspace } from '@oneforge/client'
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate, formatNumber } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { PageError } from '../ui/PageError.tsx'
import { formatBytes } from '../usage/amounts.ts'
import classes from './installation.module.css'
import { useWorkspaces } from './installation.ts'
import { PlanName } from './PlanName.tsx'
import { WorkspaceState } from './WorkspaceState.tsx'

/** All workspaces, found by name and sorted by what they keep. */
export function WorkspaceListPage() {
  const { t } = useTranslation('installation')
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), 200)
  const [sort, setSort] = useState('name')
  const { workspaces, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useWorkspaces({
    search: search || undefined,
    sort,
  })
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md">
      <TextInput
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        leftSection={<IconSearch size={14} />}
        maw={320}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {!workspaces && <Skeleton height={240} />}
      {workspaces?.length === 0 && <Text size="sm">{t('list.none')}</Text>}
      {workspaces && workspaces.length > 0 && <WorkspaceTable workspaces={workspaces} sort={sort} onSort={setSort} />}
      {hasNextPage && (
        <Button variant="default" maw={200} loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </Stack>
  )
}

interface WorkspaceTableProps {
  workspaces: InstallationWorkspace[]
  sort: string
  onSort: (sort: string) => void
}

function WorkspaceTable({ workspaces, ...sorting }: WorkspaceTableProps) {
  const { t } = useTranslation('installation')
  const { locale } = useFormatContext()
  return (
    <Table verticalSpacing={8} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <SortedHead by="name" {...sorting} />
          <Table.Th>{t('list.plan')}</Table.Th>
          <SortedHead by="members" isNumber {...sorting} />
          <SortedHead by="records" isNumber {...sorting} />
          <SortedHead by="storageBytes" isNumber {...sorting} />
          <SortedHead by="lastSeenAt" {...sorting} />
          <SortedHead by="createdAt" {...sorting} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {workspaces.map((workspace) => (
          <Table.Tr key={workspace.id}>
            <Table.Td>
              <Link to={paths.settings(`installation/workspaces/${workspace.id}`)} className={classes.name}>
                {workspace.name}
              </Link>
              <Text size="xs" c="dimmed">
                {workspace.domain ?? workspace.slug}
              </Text>
              <WorkspaceState suspended={workspace.suspended} />
            </Table.Td>
            <Table.Td>
              <PlanName workspace={workspace} />
            </Table.Td>
            <Table.Td className={classes.number}>{formatNumber(workspace.members, locale)}</Table.Td>
            <Table.Td className={classes.number}>{formatNumber(workspace.records, locale)}</Table.Td>
            <Table.Td className={classes.number}>{formatBytes(workspace.storageBytes, locale)}</Table.Td>
            <Table.Td>{workspace.lastSeenAt ? <RelativeTime at={workspace.lastSeenAt} /> : t('list.never')}</Table.Td>
            <Table.Td className={classes.created}>{formatDate(workspace.createdAt, locale)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** What is sorted by a number begins with the greatest, a name with the first. */
function SortedHead({
  by,
  sort,
  onSort,
  isNumber = false,
}: Omit<WorkspaceTableProps, 'workspaces'> & { by: string; isNumber?: boolean }) {
  const { t } = useTranslation('installation')
  const first = by === 'name' ? by : `-${by}`
  const other = by === 'name' ? `-${by}` : by
  const isSorted = sort === first || sort === other
  const Arrow = sort.startsWith('-') ? IconArrowDown : IconArrowUp
  return (
    <Table.Th
      className={isNumber ? classes.number : undefined}
      data-column={by}
      aria-sort={isSorted ? (sort.startsWith('-') ? 'descending' : 'ascending') : undefined}
    >
      <UnstyledButton className={classes.sort} onClick={() => onSort(sort === first ? other : first)}>
        {t(`list.${by}`)}
        {isSorted && <Arrow size={12} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  )
}
