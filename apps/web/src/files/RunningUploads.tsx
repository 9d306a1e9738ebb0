import { Button, CloseButton, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './files.module.css'
import type { Batch, RunningUpload, Uploads } from './useUploads.ts'

/** More than these have one progress together, and only what did not get there has lines of its own. */
const mostLines = 4

interface RunningUploadsProps {
  uploads: Uploads['running']
  batch: Uploads['batch']
}

/** What is on its way, and what did not get there. */
export function RunningUploads({ uploads, batch }: RunningUploadsProps) {
  const { t } = useTranslation('files')
  if (uploads.length === 0) return null
  const isMany = batch.files > mostLines
  const failed = uploads.filter(({ problem }) => problem)
  const going = uploads.filter(({ problem }) => !problem)
  const lines = isMany ? failed.slice(0, mostLines) : uploads
  return (
    <>
      {isMany && going.length > 0 && <Together going={going} batch={batch} />}
      <ul className={classes.list} aria-live="polite">
        {lines.map((upload) => (
          <UploadLine key={upload.key} upload={upload} />
        ))}
      </ul>
      {isMany && failed.length > 1 && (
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

/** One progress for all that are on their way. */
function Together({ going, batch }: { going: RunningUpload[]; batch: Batch }) {
  const { t } = useTranslation('files')
  const sent = going.reduce((sum, upload) => sum + upload.sent, batch.doneBytes)
  const label = t('uploads.together', { done: batch.doneFiles, total: batch.files })
  return (
    <div className={classes.upload}>
      <div className={classes.naming}>
        <span className={classes.gone}>{label}</span>
        <Progress size="xs" value={(sent / Math.max(1, batch.bytes)) * 100} aria-label={label} animated />
      </div>
      <CloseButton size="sm" aria-label={t('uploads.stopAll')} onClick={() => forEach(going, 'stop')} />
    </div>
  )
}

function UploadLine({ upload: { name, size, sent, problem, stop, retry } }: { upload: RunningUpload }) {
  const { t } = useTranslation('files')
  return (
    <li className={classes.upload}>
      <div className={classes.naming}>
        <span className={classes.gone}>{name}</span>
        {problem ? (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        ) : (
          <Progress
            size="xs"
            value={size === 0 ? 100 : (sent / size) * 100}
            aria-label={t('uploading', { name })}
            animated
          />
        )}
      </div>
      {problem && (
        <Button size="compact-xs" variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      )}
      <CloseButton size="sm" aria-label={t('stop', { name })} onClick={stop} />
    </li>
  )
}
