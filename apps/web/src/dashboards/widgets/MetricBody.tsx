import type { WidgetMoney } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../fields/format.ts'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import { exactFigure, shortFigure, unitOf } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import { ChangeMark } from './ChangeMark.tsx'
import classes from './Metric.module.css'
import { Sparkline } from './Sparkline.tsx'

/** So many letters stand in the usual size, and in the narrowest widgets. */
const [roomForLetters, narrowRoom] = [14, 11]

/** One figure, how it was before and how it went. It leads to the records behind it. */
export function MetricBody({ widget, answer, data, fields }: BodyProps<'metric'>) {
  const writing = useWriting()
  const unit = unitOf(widget.measure, fields)
  const exact = exactFigure(data.value, unit, writing)
  const text =
    exact.length > (widget.position.w > 2 ? roomForLetters : narrowRoom)
      ? shortFigure(data.value, unit, writing)
      : exact
  return (
    <div className={classes.metric} style={optionColorStyle(widget.color ?? 'indigo')}>
      <RecordsLink drill={answer.drill} className={classes.value} title={text === exact ? undefined : exact}>
        {data.amounts.length > 1 ? <Amounts amounts={data.amounts} /> : text}
      </RecordsLink>
      <ChangeMark change={data.change} previous={data.previous} comparedWith={answer.comparedWith} unit={unit} />
      {data.points.length > 1 && <Sparkline points={data.points} />}
    </div>
  )
}

/** Amounts of several currencies are not added up. */
function Amounts({ amounts }: { amounts: WidgetMoney[] }) {
  const { t } = useTranslation('dashboards')
  const { format } = useWriting()
  return (
    <span className={classes.amounts} title={t('mixedText')}>
      {amounts.map((amount) => (
        <span key={amount.currency}>{formatMoney(amount, null, format)}</span>
      ))}
    </span>
  )
}
