import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { RecordData, RecordLogFilter } from '@oneforge/client'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { errorText } from '../api/client.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import { Drawer } from '../ui/Drawer.tsx'
import classes from './audit.module.css'
import { isFiltered } from './auditAddress.ts'
import { useLogExport, useRecordLog } from './auditLog.ts'
import { useEntryText } from './entryText.ts'
import { PeriodFilter } from './PeriodFilter.tsx'
import { PersonFilter } from './PersonFilter.tsx'
import { type Visit, visitsOf } from './visits.ts'

interface AccessReportDrawerProps {
  record: RecordData
  onClose: () => void
}

/** «Who has looked at this?»: all that was done with one record, for those who may read the log. */
export function AccessReportDrawer({ record, onClose }: AccessReportDrawerProps) {
  const { t } = useTranslation('audit')
  const [filter, setFilter] = useState<RecordLogFilter>({})
  const narrow = (change: { [Name in 'user' | 'from' | 'to']?: string | undefined }) => {
    const set = Object.entries({ ...filter, ...change }).filter(([, value]) => value)
    setFilter(Object.fromEntries(set))
  }
  const take = useLogExport()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={t('report.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('report.explanation', { title: record.title })}
        </Text>
        <div className={classes.filters}>
          <PersonFilter person={filter.user} onChange={(user) => narrow({ user })} />
          <PeriodFilter days={filter} onChange={narrow} />
        </div>
        <Entries record={record} filter={filter} />
        <Group justify="space-between">
          <Button
            variant="default"
            leftSection={<IconDownload size={14} />}
            loading={take.isPending}
            onClick={() => take.mutate({ ...filter, record: record.id })}
          >
            {t('export')}
          </Button>
          <Anchor component={Link} to={paths.audit({ ...filter, record: record.id })} size="sm">
            {t('report.inLog')}
          </Anchor>
        </Group>
      </Stack>
    </Drawer>
  )
}

function Entries({ record, filter }: { record: RecordData; filter: RecordLogFilter }) {
  const { t } = useTranslation('audit')
  const log = useRecordLog(record.object, record.id, filter)
  if (log.error) {
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        {errorText(log.error)}
      </Text>
    )
  }
  if (log.isPending) return <Skeleton height={240} />
  if (log.entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t(isFiltered(filter) ? 'report.filtered' : 'report.empty')}
      </Text>
    )
  }
  return (
    <>
      <ol className={classes.records}>
        {visitsOf(log.entries).map((visit) => (
          <VisitLine key={visit.last.id} visit={visit} />
        ))}
      </ol>
      {log.hasNextPage && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('report.older')}
        </Button>
      )}
    </>
  )
}

/** Who was there, when and from where; what they did stands below, each thing once. */
function VisitLine({ visit: { last, first, count, operations, failures } }: { visit: Visit }) {
  const { t } = useTranslation('audit')
  const text = useEntryText()
  return (
    <li className={classes.line}>
      <div className={classes.lineHead}>
        <strong>{text.who(last)}</strong>
        {last.viewedAs && (
          <span className={classes.viewedAs}>{t('viewedAs', { name: last.viewedAs.name ?? last.viewedAs.id })}</span>
        )}
        <time dateTime={last.at} title={`${text.exactlyAt(first)} – ${text.exactlyAt(last)}`}>
          {text.at(last)}
        </time>
      </div>
      <div>{operations.map(({ operation, summary }) => text.what(operation, summary)).join(' · ')}</div>
      <div className={classes.lineFoot}>
        <span>{last.ip ?? text.source(last)}</span>
        {last.keyId && <span>{t('byKey')}</span>}
        {count > 1 && <span>{t('report.entries', { count })}</span>}
        {failures.length > 0 && <OptionBadge color="red" label={t('report.refused', { count: failures.length })} />}
      </div>
    </li>
  )
}
