import type { Stage } from '@oneforge/client'
import { IconHourglassHigh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatSpan, isRotting, secondsSince } from './pipelines.ts'
import classes from './RecordStages.module.css'

/** Says that a record has been too long in its stage; nothing otherwise. */
export function RottingMark({ stage, since }: { stage: Stage | undefined; since: string | null | undefined }) {
  const { t } = useTranslation('pipelines')
  const { locale } = useFormatContext()
  if (!since || !isRotting(stage, since)) return null
  const span = formatSpan(secondsSince(since), locale)
  return (
    <span className={classes.rotting} title={t('stage.rottingHint', { span, days: stage?.rottingDays })}>
      <IconHourglassHigh size={12} aria-hidden />
      {t('stage.rotting', { span })}
    </span>
  )
}
