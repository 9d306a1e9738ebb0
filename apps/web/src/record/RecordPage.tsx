import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { ApiError, type ObjectMeta, type RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useNavigate, useParams } from 'react-router'
import { keys } from '../api/keys.ts'
import { titleField, useObject } from '../api/objects.ts'
import { useDeleteRecord } from '../api/recordChanges.ts'
import { useRecord } from '../api/records.ts'
import { useMay } from '../api/workspace.ts'
import { isEditable } from '../fields/FieldEditor.tsx'
import { RecordFiles } from '../files/RecordFiles.tsx'
import { copyOf } from '../forms/initialValues.ts'
import { listLeft } from '../list/place.ts'
import { isInviting } from '../meetings/inviting.ts'
import { paths } from '../paths.ts'
import { onDemand } from '../ui/onDemand.tsx'
import { PageError } from '../ui/PageError.tsx'
import { useCalmly } from '../ui/useCalmly.ts'
import { focusPage, takeFocus } from '../ui/useReturnFocus.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { DetailsPanel, editableKeys, useFieldEdit } from './DetailsPanel.tsx'
import { neighboursOf } from './neighbours.ts'
import { RecordBody } from './RecordBody.tsx'
import { RecordHeader } from './RecordHeader.tsx'
import classes from './RecordPage.module.css'
import { RelatedPanel } from './RelatedPanel.tsx'
import { leaveBehind } from './recordLeft.ts'
import { StoryPanel } from './StoryPanel.tsx'
import { ShownRecordProvider } from './shownRecord.ts'
import { useOthersEdits } from './useOthersEdits.ts'
import { useRestore } from './useRestore.ts'
import { useVisit } from './useVisit.ts'

const RecordGone = onDemand(async () => (await import('./RecordGone.tsx')).RecordGone)
const MeetingInvitations = lazy(() => import('../meetings/MeetingInvitations.tsx'))
const CreateRecord = onDemand(async () => (await import('./CreateRecord.tsx')).default)

export default function RecordPage() {
  const { object: slug = '', id = '' } = useParams()
  const { data: object, error: objectError } = useObject(slug)
  const { data: record, error } = useRecord(slug, id)
  const isReady = useCalmly(object !== undefined && record !== undefined)
  if (objectError) return <PageError error={objectError} />
  if (error && !record)
    return isGone(error) ? <RecordGone slug={slug} object={object} id={id} /> : <PageError error={error} />
  if (!object || !record || !isReady) return <RecordSkeleton />
  if (record.id !== id) return <Navigate to={paths.record(slug, record.id)} replace />
  // A fresh start for every record: no half-finished edit moves along to the next one.
  return <RecordView key={id} object={object} record={record} />
}

function isGone(error: Error): boolean {
  return error instanceof ApiError && error.status === 404
}

/** The browser's history keeps what tabs were called: a protected title does not go there. */
function tabTitle(object: ObjectMeta, record: RecordData): string {
  return titleField(object)?.phi ? record.recordNumber : record.title
}

interface RecordViewProps {
  object: ObjectMeta
  record: RecordData
}

function RecordView({ object, record: known }: RecordViewProps) {
  const isDeleted = useOthersEdits(object, known)
  const record = isDeleted ? { ...known, deletedAt: known.deletedAt ?? new Date().toISOString() } : known
  const navigate = useNavigate()
  const { search, key: visit } = useLocation()
  const asked = { tab: new URLSearchParams(search).get('tab'), visit }
  const cache = useQueryClient()
  const may = useMay(object.slug)
  const remove = useDeleteRecord(object.slug)
  const [editing, setEditing] = useFieldEdit()
  const [duplicating, setDuplicating] = useState(false)
  const editable = may('update') && !record.deletedAt
  const neighbours = neighboursOf(cache, object.slug, record.id)
  useVisit(object.slug, record)
  useEffect(() => {
    takeFocus()
    return () => leaveBehind(object.slug, record.id)
  }, [object.slug, record.id])

  const go = (id: string | undefined) => id && navigate(paths.record(object.slug, id), { replace: true })
  const editFirst = () => {
    const [key] = editableKeys(object)
    if (key && editable) setEditing({ key, value: record[key] ?? null })
  }
  useShortcuts({
    e: editFirst,
    j: () => go(neighbours?.next),
    k: () => go(neighbours?.previous),
    Escape: () => !isOverlayOpen() && !leaveField() && navigate(listLeft(object.slug)),
  })

  // The list comes at once; the page forgets the record when it is gone, so that going back does not show it alive.
  const deleteRecord = async () => {
    void navigate(listLeft(object.slug))
    const deleted = await remove.mutateAsync(record).then(
      () => true,
      () => false,
    )
    if (deleted) cache.removeQueries({ queryKey: keys.record(object.slug, record.id) })
  }

  return (
    <ShownRecordProvider value={{ record, editable }}>
      <div className={classes.page}>
        <title>{`${tabTitle(object, record)} · ${object.labelPlural}`}</title>
        {record.deletedAt && <DeletedNotice slug={object.slug} id={record.id} mayRestore={may('delete')} />}
        <RecordHeader
          object={object}
          record={record}
          neighbours={neighbours}
          editable={editable}
          onGo={go}
          onDelete={() => void deleteRecord()}
          onDuplicate={() => setDuplicating(true)}
        />
        <RecordBody
          asked={asked}
          details={
            <DetailsPanel object={object} record={record} editable={editable} editing={editing} onEdit={setEditing} />
          }
          story={<StoryPanel object={object} record={record} />}
          related={
            <>
              {isInviting(object) && (
                <Suspense>
                  <MeetingInvitations object={object} record={record} editable={editable} />
                </Suspense>
              )}
              <RecordFiles record={record} editable={editable} />
              <RelatedPanel object={object} record={record} editable={editable} />
            </>
          }
        />
        {duplicating && (
          <CreateRecord
            object={object.slug}
            opened
            copied={record.id}
            initialValues={copyOf(object.fields.filter(isEditable), record)}
            onClose={() => setDuplicating(false)}
            onCreated={(copy) => navigate(paths.record(object.slug, copy.id))}
          />
        )}
      </div>
    </ShownRecordProvider>
  )
}

/** Escape after an edit steps out of the field, and only the next one out of the record. */
function leaveField(): boolean {
  const isInField = document.activeElement?.closest('[data-field]') !== null
  if (isInField) focusPage()
  return isInField
}

/** Escape belongs to whatever lies on top of the page. */
function isOverlayOpen(): boolean {
  // Lists that open below an input are there before they are shown.
  const overlays = document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')
  return [...overlays].some((overlay) => overlay.checkVisibility())
}

function DeletedNotice({ slug, id, mayRestore }: { slug: string; id: string; mayRestore: boolean }) {
  const { t } = useTranslation('record')
  const { restore, busy } = useRestore(slug, id)
  return (
    <Group className={classes.notice} justify="space-between" role="status">
      <Text size="sm">{t('deleted.notice')}</Text>
      {mayRestore && (
        <Button size="compact-sm" variant="default" onClick={() => void restore()} loading={busy}>
          {t('deleted.restore')}
        </Button>
      )}
    </Group>
  )
}

function RecordSkeleton() {
  return (
    <div className={classes.page} aria-busy>
      <div className={classes.header}>
        <Skeleton height={14} width={90} />
        <Skeleton height={26} width={260} />
        <Skeleton height={28} />
      </div>
      <div className={classes.columns}>
        {['details', 'story', 'related'].map((name) => (
          <Stack key={name} className={classes.column} gap="sm">
            {[90, 75, 85, 60, 80].map((width) => (
              <Skeleton key={width} height={18} width={`${width}%`} />
            ))}
          </Stack>
        ))}
      </div>
    </div>
  )
}
