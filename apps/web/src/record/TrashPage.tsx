import { Anchor, Button, Checkbox, Skeleton, Stack, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { BulkTarget, ObjectMeta, RecordData } from '@oneforge/client'
import { IconArrowLeft, IconRestore, IconTrashX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useObject } from '../api/objects.ts'
import { useMay, useMayAdmin } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { useBulkAction } from '../list/bulk/bulkChanges.ts'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { RelativeTime } from './RelativeTime.tsx'
import classes from './TrashPage.module.css'
import { useTrash } from './trash.ts'

/** The deleted records of an object: looked at, brought back or removed for good, several at a time. */
export default function TrashPage() {
  const { object: slug = '' } = useParams()
  const { data: object, error } = useObject(slug)
  if (error) return <PageError error={error} />
  return object ? <Trash key={slug} object={object} /> : <TrashSkeleton />
}

function Trash({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('trash')
  const may = useMay(object.slug)
  const trash = useTrash(object.slug)
  const act = useBulkAction(object.slug)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const mayRestore = Boolean(may('delete'))
  const mayPurge = useMayAdmin('objects') && mayRestore
  const picked = trash.rows.filter(({ id }) => chosen.has(id))
  const toggle = (id: string) => setChosen((before) => before.symmetricDifference(new Set([id])))
  const chooseAll = () => setChosen(new Set(picked.length < trash.rows.length ? trash.rows.map(({ id }) => id) : []))
  const ids = picked.map(({ id }) => id)
  const done = { onSettled: () => setChosen(new Set()) }
  const restorePicked = () => act.mutate({ action: 'restore', target: { ids } }, done)

  /** Those that are picked, or everything where none is. */
  function askToPurge(): void {
    const target: BulkTarget = ids.length > 0 ? { ids } : {}
    openConfirmModal({
      title: ids.length > 0 ? t('purgeTitle', { count: ids.length }) : t('emptyTitle'),
      children: <Text size="sm">{t('purgeText')}</Text>,
      labels: { confirm: ids.length > 0 ? t('purge', { count: ids.length }) : t('emptyTrash'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => act.mutate({ action: 'purge', target }, done),
    })
  }

  if (trash.error && trash.rows.length === 0) return <PageError error={trash.error} />
  return (
    <>
      <PageHeader before={<BackToList object={object} />} title={t('title', { objects: object.labelPlural })}>
        {mayPurge && trash.rows.length > 0 && (
          <Button variant="subtle" color="red" leftSection={<IconTrashX size={16} />} onClick={askToPurge}>
            {picked.length > 0 ? t('purge', { count: picked.length }) : t('emptyTrash')}
          </Button>
        )}
        {mayRestore && trash.rows.length > 0 && (
          <Button
            leftSection={<IconRestore size={16} />}
            disabled={picked.length === 0}
            loading={act.isPending}
            onClick={restorePicked}
          >
            {t('restore', { count: picked.length })}
          </Button>
        )}
      </PageHeader>
      {trash.isPending && <TrashSkeleton />}
      {!trash.isPending && trash.rows.length === 0 && (
        <EmptyPage icon="trash" title={t('empty.title')} text={t('empty.text', { objects: object.labelPlural })} />
      )}
      {trash.rows.length > 0 && (
        <div className={classes.page}>
          {mayRestore && (
            <Checkbox
              size="xs"
              label={t('all')}
              checked={picked.length === trash.rows.length}
              indeterminate={picked.length > 0 && picked.length < trash.rows.length}
              onChange={chooseAll}
            />
          )}
          <ul className={classes.records}>
            {trash.rows.map((record) => (
              <DeletedRecord
                key={record.id}
                record={record}
                object={object}
                isChosen={chosen.has(record.id)}
                onToggle={mayRestore ? () => toggle(record.id) : undefined}
              />
            ))}
          </ul>
          {trash.hasNextPage && (
            <Button variant="subtle" loading={trash.isFetchingNextPage} onClick={() => void trash.fetchNextPage()}>
              {t('more')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

function BackToList({ object }: { object: ObjectMeta }) {
  const { t } = useTranslation('trash')
  return (
    <Anchor
      component={Link}
      to={paths.list(object.slug)}
      aria-label={t('back', { objects: object.labelPlural })}
      c="dimmed"
    >
      <IconArrowLeft size={16} aria-hidden />
    </Anchor>
  )
}

interface DeletedRecordProps {
  record: RecordData
  object: ObjectMeta
  isChosen: boolean
  /** Absent for people who may not restore. */
  onToggle: (() => void) | undefined
}

function DeletedRecord({ record, object, isChosen, onToggle }: DeletedRecordProps) {
  const { t } = useTranslation('trash')
  const { members } = useFormatContext()
  const by = record.updatedBy ? members.get(record.updatedBy) : undefined
  const name = record.title || record.recordNumber
  return (
    <li className={classes.record}>
      {onToggle && (
        <Checkbox size="xs" aria-label={t('choose', { title: name })} checked={isChosen} onChange={onToggle} />
      )}
      <Anchor
        component={Link}
        to={paths.record(object.slug, record.id)}
        size="sm"
        c="inherit"
        className={classes.title}
      >
        {name}
      </Anchor>
      <Text span size="sm" c="dimmed">
        {record.recordNumber}
      </Text>
      <Text span size="sm" c="dimmed" className={classes.when}>
        {by} {record.deletedAt && <RelativeTime at={record.deletedAt} />}
      </Text>
    </li>
  )
}

function TrashSkeleton() {
  return (
    <Stack p="lg" gap="sm" aria-busy>
      {[70, 55, 80, 60].map((width) => (
        <Skeleton key={width} height={18} width={`${width}%`} />
      ))}
    </Stack>
  )
}
