import { Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from './RelativeTime.tsx'
import classes from './StoryPanel.module.css'
import type { StoryTick } from './stageStory.ts'

/** An item of a stage's checklist that somebody has ticked off. */
export function TickItem({ tick, at }: { tick: StoryTick; at: string }) {
  const { t } = useTranslation('record')
  return (
    <>
      <span className={classes.mark}>
        <IconCheck size={12} aria-hidden />
      </span>
      <div className={classes.sentence}>
        <Text span inherit fw={600}>
          {tick.by ?? t('history.system')}
        </Text>{' '}
        {t('history.ticked')} <span className={classes.field}>{tick.label}</span>{' '}
        <Text span inherit c="dimmed">
          {t('history.inStage', { stage: tick.stage })}
        </Text>{' '}
        <RelativeTime at={at} />
      </div>
    </>
  )
}
