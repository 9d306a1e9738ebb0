import { Button, Table, Title, VisuallyHidden } from '@mantine/core'
import type { ImportSummary, ObjectMeta } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime, formatNumber } from '../fields/format.ts'
import classes from './ImportWizard.module.css'
import { undoableOf, useUndoImport } from './useUndoImport.tsx'

interface ImportHistoryProps {
  object: ObjectMeta
  onWatch: (jobId: string) => void
}

/** Earlier imports of this object, each of which can be looked at again or taken back. */
export function ImportHistory({ object, onWatch }: ImportHistoryProps) {
  const { t } = useTranslation('imports')
  const { data = [] } = useQuery({ queryKey: ['imports'], queryFn: client.imports.list, staleTime: 0 })
  const imports = data.filter((item) => item.object === object.slug && !item.result?.dryRun)
  if (imports.length === 0) return null
  return (
    <section aria-label={t('history.title')}>
      <Title order={2} size="sm" mb="xs">
        {t('history.title')}
      </Title>
      <div className={classes.tableFrame}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('history.when')}</Table.Th>
              <Table.Th>{t('history.file')}</Table.Th>
              <Table.Th className={classes.number}>{t('counts.created')}</Table.Th>
              <Table.Th className={classes.number}>{t('counts.updated')}</Table.Th>
              <Table.Th className={classes.number}>{t('counts.refused')}</Table.Th>
              <Table.Th>{t('history.state')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('history.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {imports.map((item) => (
              <ImportRow key={item.id} item={item} onWatch={onWatch} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  )
}

function ImportRow({ item, onWatch }: { item: ImportSummary; onWatch: (jobId: string) => void }) {
  const { t } = useTranslation('imports')
  const context = useFormatContext()
  const { confirmUndo, undoing } = useUndoImport(onWatch)
  const result = item.result ?? {}
  const count = (value: number | undefined) => (value === undefined ? '' : formatNumber(value, context.locale))
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDateTime(item.createdAt, context)}</Table.Td>
      <Table.Td>{item.fileName}</Table.Td>
      <Table.Td className={classes.number}>{count(result.created)}</Table.Td>
      <Table.Td className={classes.number}>{count(result.updated)}</Table.Td>
      <Table.Td className={classes.number}>{count(result.refused)}</Table.Td>
      <Table.Td>{t(`state.${item.status}`, item.status)}</Table.Td>
      <Table.Td className={classes.rowActions}>
        {item.jobId && (
          <Button size="compact-xs" variant="subtle" onClick={() => onWatch(item.jobId ?? '')}>
            {t('history.open')}
          </Button>
        )}
        {item.status === 'completed' && result.undoable !== false && (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={undoing}
            onClick={() => confirmUndo(undoableOf(item.id, result))}
          >
            {t(result.createsObject ? 'undo.everything' : 'undo.action')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
