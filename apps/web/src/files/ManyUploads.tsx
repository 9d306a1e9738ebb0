import { Button, CloseButton, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './files.module.css'
import type { Batch, RunningUpload } from './useUploads.ts'

interface ManyUploadsProps {
  going: RunningUpload[]
  failed: RunningUpload[]
  batch: Batch
}

/** One progress for all that are on their way, and one way to try again what did not get there. */
export function ManyUploads({ going, failed, batch }: ManyUploadsProps) {
  const { t } = useTranslation('manyfiles')
  const sent = going.reduce((sum, upload) => sum + upload.sent, batch.doneBytes)
  const label = t('uploads.together', { done: batch.doneFiles, total: batch.files })
  return (
    <>
      {going.length > 0 && (
        <div className={classes.upload}>
          <div className={classes.naming}>
            <span className={classes.gone}>{label}</span>
            <Progress size="xs" value={(sent / Math.max(1, batch.bytes)) * 100} aria-label={label} animated />
          </div>
          <CloseButton size="sm" aria-label={t('uploads.stopAll')} onClick={() => forEach(going, 'stop')} />
        </div>
      )}
      {failed.length > 1 && (
        <div className={classes.upload}>
          <Text size="xs" className={classes.naming}>
            {t('uploads.failed', { count: failed.length })}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => forEach(failed, 'retry')}>
            {t('uploads.retryAll')}
          </Button>
          <CloseButton size="sm" aria-label={t('uploads.dismissAll')} onClick={() => forEach(failed, 'stop')} />
        </div>
      )}
    </>
  )
}

function forEach(uploads: RunningUpload[], act: 'retry' | 'stop'): void {
  for (const upload of uploads) upload[act]()
}
