import { Button, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { BulkTarget, ListQuery, ObjectMeta } from '@oneforge/client'
import { type Icon, IconDownload, IconPencil, IconTrash, IconUser, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords } from '../../api/records.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { onDemand } from '../../ui/onDemand.tsx'
import { useExport } from '../useExport.ts'
import type { Selection } from '../useSelection.ts'
import classes from './BulkBar.module.css'
import { BulkEdit } from './BulkEdit.tsx'
import { useBulkAction } from './bulkChanges.ts'
import { useEverything } from './useEverything.ts'

const PressButtons = onDemand(async () => (await import('../../automation/buttons/PressButtons.tsx')).PressButtons)

interface BulkBarProps {
  object: ObjectMeta
  selection: Selection
  /** What the list shows, and how many records that are. */
  query: ListQuery
  total: number | undefined
}

/** To delete more than these is asked about first: it takes a while, as taking it back does. */
const many = 200

/** What can be done with the chosen rows together. */
export function BulkBar({ object, selection, query, total }: BulkBarProps) {
  const { t } = useTranslation('bulk')
  /** The attribute that the dialog begins with; null for any. */
  const [edited, setEdited] = useState<string | null>()
  const { rows } = useRecords(object.slug, query)
  const everything = useEverything(rows, selection)
  const act = useBulkAction(object.slug)
  const take = useExport(object.slug)
  const records = [...selection.records.values()]
  const { permissions } = object
  const { filter, search } = query
  const target: BulkTarget = everything.isOn ? { filter, search } : { ids: records.map(({ id }) => id) }
  const count = everything.isOn ? (total ?? records.length) : records.length
  const mayTakeAll = !everything.isOn && total !== undefined && total > records.length

  function remove(): void {
    act.mutate({ action: 'remove', target })
    selection.clear()
  }

  function askToRemove(): void {
    openConfirmModal({
      title: t('deleteTitle', { count }),
      children: <Text size="sm">{t('deleteExplanation')}</Text>,
      labels: { confirm: t('delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: remove,
    })
  }

  function exportChosen(): void {
    const chosen = { field: 'id', op: 'in' as const, value: records.map(({ id }) => id) }
    take.mutate({
      format: 'csv',
      query: everything.isOn ? query : { ...query, filter: chosen, search: undefined },
      count,
    })
  }

  return (
    <section className={classes.bar} aria-label={t('label')}>
      <span className={classes.count} role="status">
        {everything.isOn ? t('allSelected', { count }) : t('selected', { count })}
      </span>
      {mayTakeAll && (
        <Button variant="light" className={classes.all} onClick={everything.turnOn}>
          {t('selectAll', { count: total })}
        </Button>
      )}
      {permissions.update && <BarButton icon={IconPencil} label={t('change')} onClick={() => setEdited(null)} />}
      {permissions.assign && <BarButton icon={IconUser} label={t('assign')} onClick={() => setEdited('ownerId')} />}
      {permissions.export && (
        <BarButton icon={IconDownload} label={t('export')} loading={take.isPending} onClick={exportChosen} />
      )}
      {!everything.isOn && (
        <PressButtons object={object.slug} recordIds={records.map(({ id }) => id)} variant="subtle" />
      )}
      {permissions.delete && (
        <BarButton icon={IconTrash} label={t('delete')} color="red" onClick={count > many ? askToRemove : remove} />
      )}
      <IconButton label={t('clear')} onClick={selection.clear}>
        <IconX size={16} />
      </IconButton>
      {edited !== undefined && (
        <BulkEdit
          object={object}
          target={target}
          count={count}
          records={records}
          begin={edited}
          onClose={() => setEdited(undefined)}
          onDone={selection.clear}
        />
      )}
    </section>
  )
}

interface BarButtonProps {
  icon: Icon
  label: string
  color?: string
  loading?: boolean
  onClick: () => void
}

/** On phones only the icon is left of it. */
function BarButton({ icon: Picture, label, color, loading, onClick }: BarButtonProps) {
  return (
    <Button
      variant="subtle"
      aria-label={label}
      classNames={{ root: classes.button, section: classes.section }}
      leftSection={<Picture size={16} />}
      onClick={onClick}
      {...(color && { color })}
      {...(loading !== undefined && { loading })}
    >
      <span className={classes.label}>{label}</span>
    </Button>
  )
}
