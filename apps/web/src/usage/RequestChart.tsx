import type { Usage } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate, formatNumber } from '../fields/format.ts'
import { topOf } from './amounts.ts'
import classes from './usage.module.css'

type Day = Usage['requests']['days'][number]

/** In units of the drawing, which is stretched to the width there is. */
const height = 120
const slot = 10
const gap = 2.5

/** A bar for each day, what was refused in red on top of it; the same as a table below, for eyes and ears. */
export function RequestChart({ days }: { days: Day[] }) {
  const { t } = useTranslation('usage')
  const { locale } = useFormatContext()
  const top = topOf(Math.max(...days.map(({ requests, refused }) => requests + refused)))
  const [first, last] = [days[0], days.at(-1)]
  return (
    <figure className={classes.figure} aria-label={t('requests.chart')}>
      <div className={classes.plot}>
        <span className={classes.top}>{formatNumber(top, locale)}</span>
        <svg
          className={classes.bars}
          viewBox={`0 0 ${days.length * slot} ${height}`}
          preserveAspectRatio="none"
          aria-hidden
        >
          {days.map((day, index) => (
            <Bars key={day.date} day={day} left={index * slot} perRequest={height / top} />
          ))}
        </svg>
      </div>
      {first && last && (
        <div className={classes.axis} aria-hidden>
          <span>{formatDate(first.date, locale)}</span>
          <span>{formatDate(last.date, locale)}</span>
        </div>
      )}
      <DayTable days={days} />
    </figure>
  )
}

function Bars({ day, left, perRequest }: { day: Day; left: number; perRequest: number }) {
  const { t } = useTranslation('usage')
  const { locale } = useFormatContext()
  const [served, refused] = [day.requests * perRequest, day.refused * perRequest]
  const words = {
    date: formatDate(day.date, locale),
    requests: formatNumber(day.requests, locale),
    refused: formatNumber(day.refused, locale),
  }
  return (
    <g className={classes.day}>
      <title>{t(day.refused ? 'requests.ofDayRefused' : 'requests.ofDay', words)}</title>
      <rect className={classes.reach} x={left} y={0} width={slot} height={height} />
      <rect className={classes.served} x={left + gap / 2} y={height - served} width={slot - gap} height={served} />
      <rect
        className={classes.refused}
        x={left + gap / 2}
        y={height - served - refused}
        width={slot - gap}
        height={refused}
      />
    </g>
  )
}

function DayTable({ days }: { days: Day[] }) {
  const { t } = useTranslation('usage')
  const { locale } = useFormatContext()
  return (
    <details className={classes.details}>
      <summary>{t('requests.asTable')}</summary>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('requests.date')}</th>
            <th scope="col">{t('requests.count')}</th>
            <th scope="col">{t('requests.refusedCount')}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ date, requests, refused }) => (
            <tr key={date}>
              <th scope="row">{formatDate(date, locale)}</th>
              <td>{formatNumber(requests, locale)}</td>
              <td>{formatNumber(refused, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
