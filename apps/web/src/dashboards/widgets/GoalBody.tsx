import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../fields/format.ts'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import { exactFigure, unitOf } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import { ChangeMark } from './ChangeMark.tsx'
import classes from './Goal.module.css'

const whole = (share: number): number => Math.round(share * 100)

/** How far it is on the way to a target; the mark on the bar says where it would be if every day brought the same. */
export function GoalBody({ widget, answer, data, fields }: BodyProps<'goal'>) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  const unit = unitOf(widget.measure, fields)
  const value = exactFigure(data.value, unit, writing)
  const target = exactFigure(data.target, unit, writing)
  const { share, expectedShare } = data
  const percent = (part: number) => formatPercent(whole(part), writing.format.locale)
  return (
    <div className={classes.goal} style={optionColorStyle(widget.color ?? 'indigo')}>
      <div className={classes.figures}>
        <RecordsLink drill={answer.drill} className={classes.value}>
          {value}
        </RecordsLink>
        <span className={classes.target}>{t('goal.of', { target })}</span>
        <ChangeMark change={data.change} previous={data.previous} comparedWith={answer.comparedWith} unit={unit} />
      </div>
      {share !== null && (
        <div className={classes.track} role="img" aria-label={t('goal.reached', { share: percent(share), target })}>
          <span className={classes.filled} style={{ width: `${Math.min(100, share * 100)}%` }} />
          {expectedShare !== null && (
            <span className={classes.expected} style={{ insetInlineStart: `${Math.min(100, expectedShare * 100)}%` }} />
          )}
        </div>
      )}
      <div className={classes.foot}>
        {share !== null && <span>{t('goal.share', { share: percent(share) })}</span>}
        {expectedShare !== null && <span>{t('goal.over', { share: percent(expectedShare) })}</span>}
      </div>
    </div>
  )
}
