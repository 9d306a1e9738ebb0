import { Button, CloseButton, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../ui/onDemand.tsx'
import classes from './files.module.css'
import type { RunningUpload, Uploads } from './useUploads.ts'

const ManyUploads = onDemand(async () => (await import('./ManyUploads.tsx')).ManyUploads)

/** More than these have one progress together, and only what did not get there has lines of its own. */
const mostLines = 4

interface RunningUploadsProps {
  uploads: Uploads['running']
  batch: Uploads['batch']
}

/** What is on its way, and what did not get there. */
export function RunningUploads({ uploads, batch }: RunningUploadsProps) {
  const isMany = batch.files > mostLines
  const failed = uploads.filter(({ problem }) => problem)
  const going = uploads.filter(({ problem }) => !problem)
  const lines = isMany ? failed.slice(0, mostLines) : uploads
  return (
    <>
      {isMany && <ManyUploads going={going} failed={failed} batch={batch} />}
      <ul className={classes.list} aria-live="polite">
        {lines.map((upload) => (
          <UploadLine key={upload.key} upload={upload} />
        ))}
      </ul>
    </>
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
