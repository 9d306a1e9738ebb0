import type { DaySpan, WidgetValue } from '@oneforge/client'
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatDays } from '../../list/calendar/zone.ts'
import { changeText, exactFigure, type Unit } from '../figureText.ts'
import { useWriting } from '../useWriting.ts'
import classes from './Metric.module.css'

interface ChangeMarkProps {
  change: number | null
  previous: WidgetValue
  comparedWith: DaySpan | null
  unit: Unit
}

/** How much more or less it is than before. Whether that is good only the reader knows: so it has no colour. */
export function ChangeMark({ change, previous, comparedWith, unit }: ChangeMarkProps) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  if (!comparedWith) return null
  const before = exactFigure(previous, unit, writing)
  const days = formatDays(comparedWith.from, comparedWith.to, writing.format.locale)
  const Arrow = !change ? IconArrowRight : change > 0 ? IconArrowUpRight : IconArrowDownRight
  return (
    <span className={classes.change} title={t('comparedWith', { before, days })}>
      {change !== null && (
        <>
          <Arrow size={14} aria-hidden />
          {changeText(change, writing.format.locale)}
        </>
      )}
      <span className={classes.before}>{t('before', { before })}</span>
    </span>
  )
}
