import { Button, Skeleton, Text } from '@mantine/core'
import type { BulkChange, ObjectMeta } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { RelativeTime } from '../../record/RelativeTime.tsx'
import { EmptyPage } from '../../ui/EmptyPage.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { saveFile } from '../../ui/saveFile.ts'
import { showError } from '../../ui/toast.tsx'
import { hasEnded, useBulkChanges, useTakeBack } from './bulkChanges.ts'
import classes from './RecentChanges.module.css'

/** What was done lately to many records of the object, each of which can be taken back for a day. */
export default function RecentChanges({ object, onClose }: { object: ObjectMeta; onClose: () => void }) {
  const { t } = useTranslation('bulk')
  const { data, error, isPending } = useBulkChanges(object.slug)
  return (
    <Modal opened onClose={onClose} size="lg" title={t('recent.title', { objects: object.labelPlural })}>
      {error && !data && <PageError error={error} />}
      {isPending && <Skeleton height={18} aria-busy />}
      {data?.length === 0 && <EmptyPage icon="history" title={t('recent.empty')} text={t('recent.emptyText')} />}
      {data && data.length > 0 && (
        <ul className={classes.changes}>
          {data.map((change) => (
            <Change key={change.id} change={change} object={object} />
          ))}
        </ul>
      )}
    </Modal>
  )
}

function Change({ change, object }: { change: BulkChange; object: ObjectMeta }) {
  const { t } = useTranslation('bulk')
  const takeBack = useTakeBack()
  const download = useMutation({ mutationFn: client.bulk.refused, onSuccess: saveFile, onError: showError })
  const resume = useMutation({ mutationFn: client.jobs.resume, onError: showError })
  const { id, refused, undoUntil, status } = change
  return (
    <li className={classes.change}>
      <div className={classes.what}>
        <Text size="sm" fw={500}>
          {useSaid(change, object)}
        </Text>
        <Text size="xs" c="dimmed">
          {change.createdBy.name} · <RelativeTime at={change.createdAt} />
          {refused > 0 && ` · ${t('recent.refused', { count: refused })}`}
          {!hasEnded(change) && ` · ${t('recent.running', { progress: change.progress })}`}
          {(status === 'cancelled' || status === 'failed') && ` · ${t(`recent.${status}`)}`}
          {change.undoneBy && ` · ${t('recent.undone')}`}
        </Text>
      </div>
      <div className={classes.actions}>
        {(status === 'cancelled' || status === 'failed') && !change.undoneBy && (
          <Button variant="subtle" size="compact-sm" loading={resume.isPending} onClick={() => resume.mutate(id)}>
            {t('recent.resume')}
          </Button>
        )}
        {refused > 0 && (
          <Button variant="subtle" size="compact-sm" loading={download.isPending} onClick={() => download.mutate(id)}>
            {t('recent.reasons')}
          </Button>
        )}
        {undoUntil && (
          <Button
            variant="default"
            size="compact-sm"
            loading={takeBack.isPending}
            onClick={() => takeBack.mutate(change)}
          >
            {t('recent.undo')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** «Changed 12 records: Size, Tags» */
function useSaid({ action, changed, fields }: BulkChange, object: ObjectMeta): string {
  const { t } = useTranslation(['bulk', 'list'])
  const labelOf = (key: string): string => {
    const isStage = key === 'stage' || key === 'ownerId' || key === 'locationId'
    return object.fields.find((field) => field.key === key)?.label ?? (isStage ? t(`list:attribute.${key}`) : key)
  }
  const said = t(`bulk:done.${action}`, { count: changed })
  return fields.length > 0 ? `${said.replace(/\.$/, '')}: ${fields.map(labelOf).join(', ')}` : said
}
