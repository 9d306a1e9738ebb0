import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../fields/format.ts'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import { into } from '../drill.ts'
import { exactFigure, numberOf, shortFigure } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'
import classes from './Pipeline.module.css'

/** How many records stand in each stage, side by side, each as a bar against the fullest. */
export function PipelineBody({ answer, data }: BodyProps<'pipeline'>) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  const most = Math.max(1, ...data.stages.map(({ count }) => count))
  const hasSums = data.stages.some(({ sum }) => numberOf(sum))
  if (data.stages.length === 0) return <NothingHere />
  return (
    <ol className={classes.stages}>
      {data.stages.map((stage) => (
        <li key={stage.value} className={classes.stage} style={optionColorStyle(stage.color)} data-kind={stage.kind}>
          <RecordsLink drill={into(answer.drill, stage.filter)} className={classes.link}>
            <span className={classes.label}>{stage.label}</span>
            <span className={classes.count}>{formatNumber(stage.count, writing.format.locale)}</span>
            <span className={classes.track}>
              <span className={classes.filled} style={{ width: `${(stage.count / most) * 100}%` }} />
            </span>
            {hasSums && (
              <span className={classes.sum} title={t('sumIn', { sum: exactFigure(stage.sum, 'number', writing) })}>
                {shortFigure(stage.sum, 'number', writing)}
              </span>
            )}
          </RecordsLink>
        </li>
      ))}
    </ol>
  )
}
