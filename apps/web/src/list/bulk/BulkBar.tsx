import { Button, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { ListQuery, ObjectMeta } from '@oneforge/client'
import { IconDownload, IconPencil, IconTrash, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDeleteRecords } from '../../api/recordChanges.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useExport } from '../useExport.ts'
import type { Selection } from '../useSelection.ts'
import classes from './BulkBar.module.css'
import { BulkEdit } from './BulkEdit.tsx'
import { useSelectAll } from './useSelectAll.ts'

/** On phones only the icons are left of the buttons. */
const button = { root: classes.button, section: classes.section }

interface BulkBarProps {
  object: ObjectMeta
  selection: Selection
  /** What the list shows, and how many records that are. */
  query: ListQuery
  total: number | undefined
}

/** A change of more than these is asked about first: taking it back takes a while. */
const many = 1_000

/** What can be done with the chosen rows together. */
export function BulkBar({ object, selection, query, total }: BulkBarProps) {
  const { t } = useTranslation('list')
  const [isEditing, setEditing] = useState(false)
  const remove = useDeleteRecords(object.slug)
  const take = useExport(object.slug)
  const records = [...selection.records.values()]
  const { permissions } = object
  const all = useSelectAll(object.slug, query, total, selection)

  function removeAll(): void {
    remove.mutate(records)
    selection.clear()
  }

  function removeOrAsk(): void {
    if (records.length <= many) removeAll()
    else askToRemove()
  }

  function askToRemove(): void {
    openConfirmModal({
      title: t('bulk.deleteTitle', { count: records.length }),
      children: <Text size="sm">{t('bulk.deleteExplanation')}</Text>,
      labels: { confirm: t('bulk.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: removeAll,
    })
  }

  const chosen = { field: 'id', op: 'in', value: records.map(({ id }) => id) }
  return (
    <section className={classes.bar} aria-label={t('bulk.label')}>
      <span className={classes.count} role="status">
        {t('bulk.selected', { count: records.length })}
      </span>
      {all.offered !== undefined && (
        <Button variant="light" className={classes.all} disabled={all.progress !== undefined} onClick={all.run}>
          {all.progress === undefined
            ? t('bulk.selectAll', { count: all.offered })
            : t('bulk.selecting', { count: all.progress, total: all.offered })}
        </Button>
      )}
      {permissions.update && (
        <Button
          variant="subtle"
          aria-label={t('bulk.change')}
          classNames={button}
          leftSection={<IconPencil size={16} />}
          onClick={() => setEditing(true)}
        >
          <span className={classes.label}>{t('bulk.change')}</span>
        </Button>
      )}
      {permissions.export && (
        <Button
          variant="subtle"
          aria-label={t('bulk.export')}
          classNames={button}
          leftSection={<IconDownload size={16} />}
          loading={take.isPending}
          onClick={() => take.mutate({ format: 'csv', query: { filter: chosen } })}
        >
          <span className={classes.label}>{t('bulk.export')}</span>
        </Button>
      )}
      {permissions.delete && (
        <Button
          variant="subtle"
          color="red"
          aria-label={t('bulk.delete')}
          classNames={button}
          leftSection={<IconTrash size={16} />}
          onClick={removeOrAsk}
        >
          <span className={classes.label}>{t('bulk.delete')}</span>
        </Button>
      )}
      <IconButton label={t('bulk.clear')} onClick={selection.clear}>
        <IconX size={16} />
      </IconButton>
      {isEditing && (
        <BulkEdit object={object} records={records} onClose={() => setEditing(false)} onDone={selection.clear} />
      )}
    </section>
  )
}
