import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { LogFilter } from '@oneforge/client'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { errorText } from '../api/client.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import classes from './audit.module.css'
import { isFiltered, type LogFilterChange, readLogFilter, writeLogFilter } from './auditAddress.ts'
import { useLog, useLogExport } from './auditLog.ts'
import { LogEntryDrawer } from './LogEntryDrawer.tsx'
import { LogFilters } from './LogFilters.tsx'
import { LogTable } from './LogTable.tsx'

/** Who did what in the workspace. The address holds the filters, so that what was found can be passed on. */
export function AuditPage() {
  const { t } = useTranslation('audit')
  const [params, setParams] = useSearchParams()
  const filter = useMemo(() => readLogFilter(params), [params])
  // Onto the address itself: what is on the screen may be a change behind it.
  const narrow = (change: LogFilterChange) =>
    setParams(writeLogFilter(new URLSearchParams(window.location.search), change), { replace: true })
  const log = useLog(filter)
  const take = useLogExport()
  return (
    <Stack gap="md">
      <title>{`${t('title')} · OneForge`}</title>
      <Group justify="space-between" align="flex-start" className={classes.head}>
        <div>
          <h2 className={classes.heading}>{t('title')}</h2>
          <Text size="sm" c="dimmed">
            {t('explanation')}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <IconButton label={t('refresh')} loading={log.isRefetching} onClick={() => void log.refetch()}>
            <IconRefresh size={17} />
          </IconButton>
          <Button
            variant="default"
            leftSection={<IconDownload size={14} />}
            loading={take.isPending}
            onClick={() => take.mutate(filter)}
          >
            {t('export')}
          </Button>
        </Group>
      </Group>
      <LogFilters filter={filter} onChange={narrow} onClear={() => setParams({}, { replace: true })} />
      <Entries log={log} filter={filter} onNarrow={narrow} />
    </Stack>
  )
}

interface EntriesProps {
  log: ReturnType<typeof useLog>
  filter: LogFilter
  onNarrow: (change: LogFilterChange) => void
}

function Entries({ log, filter, onNarrow }: EntriesProps) {
  const { t } = useTranslation('audit')
  const [openedId, setOpenedId] = useState<string>()
  const { entries, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = log
  const fetchMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (isPending) return <Skeletons />
  if (error) {
    return (
      <EmptyPage icon="alert-triangle" title={t('refused.title')} text={errorText(error)}>
        <Button onClick={() => void refetch()}>{t('refused.again')}</Button>
      </EmptyPage>
    )
  }
  if (entries.length === 0) {
    const kind = isFiltered(filter) ? 'filtered' : 'none'
    return <EmptyPage icon="history" title={t(`empty.${kind}.title`)} text={t(`empty.${kind}.text`)} />
  }
  const at = entries.findIndex(({ id }) => id === openedId)
  const opened = entries[at]
  const openAt = (index: number) => setOpenedId(entries[index]?.id)
  return (
    <>
      <LogTable
        entries={entries}
        hasMore={hasNextPage}
        isFetchingMore={isFetchingNextPage}
        onFetchMore={fetchMore}
        onOpen={openAt}
      />
      {opened && (
        <LogEntryDrawer
          entry={opened}
          onPrevious={at > 0 ? () => openAt(at - 1) : undefined}
          onNext={at < entries.length - 1 ? () => openAt(at + 1) : undefined}
          onNarrow={(change) => {
            setOpenedId(undefined)
            onNarrow(change)
          }}
          onClose={() => setOpenedId(undefined)}
        />
      )}
    </>
  )
}

function Skeletons() {
  return (
    <Stack gap="xs" aria-busy>
      {[1, 2, 3, 4, 5, 6, 7, 8].map((row) => (
        <Skeleton key={row} height={36} />
      ))}
    </Stack>
  )
}
