import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../fields/format.ts'
import { optionColorStyle } from '../../fields/OptionBadge.tsx'
import { into } from '../drill.ts'
import { areOfSeveralCurrencies, exactFigure, numberOf, unitOf } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import classes from './Bars.module.css'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'

/** Who or what has most, with the share of the whole and, under the pointer, what it was before. */
export function LeaderboardBody({ widget, answer, data, fields }: BodyProps<'leaderboard'>) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  const unit = unitOf(widget.measure, fields)
  const isMixed = areOfSeveralCurrencies(data.rows.map(({ value }) => value))
  const most = Math.max(0, ...data.rows.map(({ value }) => numberOf(value) ?? 0))
  const write = (value: Parameters<typeof exactFigure>[0]) => exactFigure(value, unit, writing)
  if (data.rows.length === 0) return <NothingHere />
  return (
    <>
      <ol className={`${classes.bars} ${classes.ranked}`}>
        {data.rows.map(({ rank, category, value, previous, share }) => (
          <li key={`${category.value}`} style={optionColorStyle(category.color ?? widget.color ?? 'indigo')}>
            <RecordsLink
              drill={into(answer.drill, category.filter)}
              className={classes.line}
              title={answer.comparedWith ? t('before', { before: write(previous) }) : undefined}
            >
              <span className={classes.rank}>{rank}</span>
              <span className={classes.name}>{writing.nameOf(category, null)}</span>
              <span className={classes.track}>
                <span
                  className={classes.filled}
                  style={{ width: `${most > 0 && !isMixed ? Math.max(0, ((numberOf(value) ?? 0) / most) * 100) : 0}%` }}
                />
              </span>
              <span className={classes.figure}>{write(value)}</span>
              <span className={classes.share}>
                {share !== null && formatPercent(Math.round(share * 100), writing.format.locale)}
              </span>
            </RecordsLink>
          </li>
        ))}
        {data.others && (
          <li className={classes.line}>
            <span className={classes.rank} />
            <span className={classes.name}>{t('others', { count: data.others.count })}</span>
            <span />
            <span className={classes.figure}>{write(data.others.value)}</span>
            <span />
          </li>
        )}
      </ol>
      {isMixed && <p className={classes.note}>{t('rankedByCurrency')}</p>}
      {data.isTruncated && <p className={classes.note}>{t('truncated')}</p>}
    </>
  )
}
