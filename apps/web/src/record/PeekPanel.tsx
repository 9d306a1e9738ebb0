import { Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { IconArrowsDiagonal, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { errorText } from '../api/client.ts'
import { useUpdateRecord } from '../api/recordChanges.ts'
import { useRecord } from '../api/records.ts'
import { useMay } from '../api/workspace.ts'
import { recordName } from '../fields/recordName.ts'
import { paths } from '../paths.ts'
import { RecordStages } from '../pipelines/RecordStages.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { DetailsPanel, useFieldEdit } from './DetailsPanel.tsx'
import { neighboursOf } from './neighbours.ts'
import { OwnerPicker } from './OwnerPicker.tsx'
import classes from './PeekPanel.module.css'
import { type Peek, usePeek } from './peek.ts'
import { RecordBody } from './RecordBody.tsx'
import { RelatedPanel } from './RelatedPanel.tsx'
import { Steps } from './Steps.tsx'
import { StoryPanel } from './StoryPanel.tsx'
import { ShownRecordProvider } from './shownRecord.ts'
import { useOthersEdits } from './useOthersEdits.ts'

/** A record beside the list it stands in: read, edited in place, and gone on from, one after the other. */
export default function PeekPanel({ object }: { object: ObjectMeta }) {
  const peek = usePeek()
  return peek.id ? <PeekedRecord object={object} id={peek.id} peek={peek} /> : null
}

interface PeekedRecordProps {
  object: ObjectMeta
  id: string
  peek: Peek
}

function PeekedRecord({ object, id, peek }: PeekedRecordProps) {
  const { t } = useTranslation('record')
  const navigate = useNavigate()
  const { data: record, error } = useRecord(object.slug, id)
  const neighbours = neighboursOf(useQueryClient(), object.slug, id)
  const go = (next: string | undefined) => next && peek.show(next)
  const open = () => navigate(paths.record(object.slug, id))
  const close = () => {
    peek.close()
    // Whoever works by keys goes on in the list.
    document.querySelector<HTMLElement>('[data-table]')?.focus({ preventScroll: true })
  }
  useShortcuts({
    j: () => go(neighbours?.next),
    k: () => go(neighbours?.previous),
    o: open,
    Enter: open,
    Escape: close,
  })
  return (
    <aside className={classes.panel} data-peek aria-label={t('peek.label', { title: record?.title ?? object.label })}>
      <Group justify="flex-end" gap={4} wrap="nowrap" className={classes.bar}>
        {neighbours && <Steps neighbours={neighbours} onGo={go} />}
        <IconButton size="sm" label={t('peek.open')} onClick={open}>
          <IconArrowsDiagonal size={17} />
        </IconButton>
        <IconButton size="sm" label={t('peek.close')} onClick={close}>
          <IconX size={17} />
        </IconButton>
      </Group>
      {record ? (
        // A fresh start for every record: no half-finished edit moves along to the next one.
        <Contents key={id} object={object} record={record} />
      ) : error ? (
        <Text size="sm" c="dimmed" p="md" role="alert">
          {errorText(error)}
        </Text>
      ) : (
        <Stack p="md" gap="sm" aria-busy>
          {[60, 90, 75, 85].map((width) => (
            <Skeleton key={width} height={18} width={`${width}%`} />
          ))}
        </Stack>
      )}
    </aside>
  )
}

function Contents({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTranslation('record')
  const isDeleted = useOthersEdits(object, record)
  const may = useMay(object.slug)
  const update = useUpdateRecord(object.slug)
  const [editing, setEditing] = useFieldEdit()
  const editable = may('update') && !record.deletedAt && !isDeleted
  return (
    <ShownRecordProvider value={{ record, editable }}>
      <header className={classes.header}>
        <Group gap="xs" justify="space-between">
          <Title order={2} className={classes.title}>
            {recordName(object, record)}
          </Title>
          <OwnerPicker
            ownerId={record.ownerId}
            onAssign={editable ? (ownerId) => update.mutate({ record, changes: { ownerId } }) : undefined}
          />
        </Group>
        <Text size="sm" c="dimmed">
          {record.recordNumber}
        </Text>
        <RecordStages object={object} record={record} editable={editable} />
        {isDeleted && (
          <Text size="sm" c="red" role="status">
            {t('deleted.notice')}
          </Text>
        )}
      </header>
      <RecordBody
        narrow
        details={
          <DetailsPanel object={object} record={record} editable={editable} editing={editing} onEdit={setEditing} />
        }
        story={<StoryPanel object={object} record={record} />}
        related={<RelatedPanel object={object} record={record} editable={editable} />}
      />
    </ShownRecordProvider>
  )
}
