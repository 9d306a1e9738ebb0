import { Skeleton } from '@mantine/core'
import type { WidgetValue } from '@oneforge/client'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isEmptyPlot, plotOf } from '../chart/plot.ts'
import { into, useDrill } from '../drill.ts'
import { areOfSeveralCurrencies, edgeFigure, exactFigure, shortFigure, unitOf, valuesIn } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import classes from './ChartBody.module.css'
import { ChartTable } from './ChartTable.tsx'
import { FunnelBody } from './FunnelBody.tsx'
import { NothingHere } from './NothingHere.tsx'

const Chart = lazy(() => import('../chart/Chart.tsx'))

/** Bars, lines, slices; as a table for whoever asks for it, and where the figures have no axis in common. */
export function ChartBody(props: BodyProps<'chart'> & { asTable: boolean }) {
  if (props.asTable || areOfSeveralCurrencies(valuesIn(props.data))) return <ChartTable {...props} />
  return props.widget.chart === 'funnel' ? <FunnelBody {...props} /> : <DrawnChart {...props} />
}

function DrawnChart({ widget, answer, data, fields }: BodyProps<'chart'>) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  const drillTo = useDrill()
  const unit = unitOf(widget.measure, fields)
  const plot = useMemo(
    () =>
      plotOf(widget, data, {
        nameOf: (category) => writing.nameOf(category, data.interval),
        seriesNameOf: (series) => (series.label || widget.thenBy ? writing.nameOf(series, null) : widget.title),
        others: (count) => t('others', { count }),
        earlier: t(`compare.${widget.compare ?? 'previous'}`),
      }),
    [widget, data, writing, t],
  )
  const currency = currencyOf(plot.series.flatMap(({ values }) => values))
  const short = useCallback(
    (value: number | null) =>
      shortFigure(value !== null && currency ? { amount: String(value), currency } : value, unit, writing),
    [unit, writing, currency],
  )
  const edge = useCallback((value: number) => edgeFigure(value, currency, unit, writing), [unit, writing, currency])
  const exact = useCallback(
    (series: number, category: number) => exactFigure(plot.series[series]?.values[category], unit, writing),
    [plot, unit, writing],
  )
  const open = (series: number, category: number, apart: boolean) => {
    const drill = into(answer.drill, ...plot.filtersAt(series, category))
    if (drill) drillTo(drill, apart)
  }
  if (isEmptyPlot(plot)) return <NothingHere />
  const description = t('chartOf', {
    title: widget.title,
    kind: t(`chart.${plot.type}`),
    count: plot.names.length,
    first: plot.names[0],
    last: plot.names.at(-1),
  })
  return (
    <>
      <Suspense fallback={<Skeleton flex={1} />}>
        <Chart plot={plot} description={description} short={short} edge={edge} exact={exact} onOpen={open} />
      </Suspense>
      {data.isTruncated && <p className={classes.note}>{t('truncated')}</p>}
      {plot.undated > 0 && <Undated answer={answer} data={data} write={(value) => exactFigure(value, unit, writing)} />}
    </>
  )
}

interface UndatedProps extends Pick<BodyProps<'chart'>, 'answer' | 'data'> {
  write: (value: WidgetValue | undefined) => string
}

/** What has no date stands below the line of time. */
function Undated({ answer, data, write }: UndatedProps) {
  const { t } = useTranslation('dashboards')
  const at = data.categories.findIndex(({ label }) => label === '')
  const [series] = data.series
  if (!series || data.series.length > 1) return null
  return (
    <p className={classes.note}>
      <RecordsLink drill={into(answer.drill, data.categories[at]?.filter ?? null)}>
        {t('undated', { figure: write(series.values[at]) })}
      </RecordsLink>
    </p>
  )
}

/** In which the axis is written: amounts of several have no figure, and no place on it. */
function currencyOf(values: WidgetValue[]): string | undefined {
  const amount = values.find((value) => typeof value === 'object' && value !== null && value.amount !== null)
  return typeof amount === 'object' && amount?.currency ? amount.currency : undefined
}
