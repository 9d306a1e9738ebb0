import { Button, CloseButton, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './files.module.css'
import type { RunningUpload } from './useFiles.ts'

/** What is on its way, and what did not get there. */
export function RunningUploads({ uploads }: { uploads: RunningUpload[] }) {
  const { t } = useTranslation('files')
  if (uploads.length === 0) return null
  return (
    <ul className={classes.list} aria-live="polite">
      {uploads.map(({ key, name, size, sent, problem, stop, retry }) => (
        <li key={key} className={classes.upload}>
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
      ))}
    </ul>
  )
}
