import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../../ui/onDemand.tsx'
import { useRetention } from '../queries.ts'
import classes from './runs.module.css'

const RetentionDialog = onDemand(async () => (await import('./RetentionDialog.tsx')).RetentionDialog)

/** How long runs are kept, and where that is changed. */
export function Retention() {
  const { t } = useTranslation('automation')
  const { data: retention } = useRetention()
  const [changing, setChanging] = useState(false)
  if (!retention) return null
  const { days, failedDays } = retention
  return (
    <div className={classes.retention}>
      <Text size="xs" c="dimmed">
        {t('retention.kept', { count: days })} {failedDays !== days && t('retention.keptFailed', { count: failedDays })}
      </Text>
      <Button variant="subtle" size="compact-xs" onClick={() => setChanging(true)}>
        {t('retention.change')}
      </Button>
      {changing && <RetentionDialog retention={retention} onClose={() => setChanging(false)} />}
    </div>
  )
}
