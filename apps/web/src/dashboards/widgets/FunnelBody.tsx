import { formatPercent } from '../../fields/format.ts'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import { into } from '../drill.ts'
import { exactFigure, numberOf, unitOf } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import classes from './Bars.module.css'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'

/** A bar for each group in their order, with its share of the first where they become fewer. */
export function FunnelBody({ widget, answer, data, fields }: BodyProps<'chart'>) {
  const writing = useWriting()
  const unit = unitOf(widget.measure, fields)
  const values = data.series[0]?.values ?? []
  const most = Math.max(0, ...values.map((value) => numberOf(value) ?? 0))
  if (most === 0) return <NothingHere />
  // Of how many began is told only where nobody came in on the way.
  const first = numberOf(values[0]) === most ? most : undefined
  return (
    <ol className={classes.bars}>
      {data.categories.map((category, index) => {
        const amount = numberOf(values[index]) ?? 0
        return (
          <li key={`${category.value}`} style={optionColorStyle(category.color ?? 'indigo')}>
            <RecordsLink drill={into(answer.drill, category.filter)} className={classes.line}>
              <span className={classes.name}>{writing.nameOf(category, data.interval)}</span>
              <span className={classes.track}>
                <span className={classes.filled} style={{ width: `${(amount / most) * 100}%` }} />
              </span>
              <span className={classes.figure}>{exactFigure(values[index], unit, writing)}</span>
              <span className={classes.share}>
                {first && formatPercent(Math.round((amount / first) * 100), writing.format.locale)}
              </span>
            </RecordsLink>
          </li>
        )
      })}
    </ol>
  )
}
