/** What a chart shows, told apart from how it is drawn: categories with their names, and a line of figures for each series. */
import type { ChartData, ChartType, Filter, OptionColor, Widget, WidgetValue } from '@oneforge/client'
import { numberOf } from '../figureText.ts'

export interface PlotSeries {
  name: string
  color: OptionColor | null
  values: WidgetValue[]
  /** Beside what it is compared with; drawn lighter. */
  isEarlier: boolean
}

/** What lies at no time has no place on a line of time. */
const isDated = ({ label }: ChartData['categories'][number]): boolean => label !== ''

export interface Plot {
  type: Exclude<ChartType, 'funnel'>
  stacked: boolean
  /** Whether the categories follow one another in time. */
  isTime: boolean
  /** How many categories are left out of a line of time. */
  undated: number
  names: string[]
  colors: (OptionColor | null)[]
  series: PlotSeries[]
  /** What narrows the list to the records behind a mark: a null is none that could be listed. */
  filtersAt: (series: number, category: number) => (Filter | null)[]
}

interface Words {
  nameOf: (category: ChartData['categories'][number]) => string
  seriesNameOf: (series: ChartData['series'][number]) => string
  /** Of what is beyond the limit. */
  others: (count: number) => string
  earlier: string
}

export function plotOf(widget: Pick<Widget, 'chart' | 'stacked' | 'color'>, data: ChartData, words: Words): Plot {
  const { others } = data
  const isTime = data.interval !== null && data.interval !== 'weekday' && data.interval !== 'hour'
  const places = [...data.categories.keys()].filter((at) => !isTime || isDated(data.categories[at]!))
  const categories = places.map((at) => data.categories[at]!)
  const inPlace = (values: WidgetValue[]) => places.map((at) => values[at] ?? null)
  const series = data.series.map((one, index) => ({
    name: words.seriesNameOf(one),
    color: one.color ?? (index === 0 ? (widget.color ?? null) : null),
    values: [...inPlace(one.values), ...(others ? [others.values[index] ?? null] : [])],
    isEarlier: false,
  }))
  const earlier = data.previous
    ? [{ name: words.earlier, color: null, values: inPlace(data.previous), isEarlier: true }]
    : []
  return {
    type: widget.chart === 'funnel' ? 'bar' : (widget.chart ?? 'bar'),
    stacked: Boolean(widget.stacked),
    isTime,
    undated: data.categories.length - categories.length,
    names: [...categories.map(words.nameOf), ...(others ? [words.others(others.count)] : [])],
    colors: [...categories.map(({ color }) => color), ...(others ? ['gray' as const] : [])],
    series: [...series, ...earlier],
    filtersAt: (at, category) => {
      const ofCategory = categories[category]?.filter ?? null
      // The only series is the whole, and needs no filter of its own.
      return data.series.length > 1 ? [ofCategory, data.series[at]?.filter ?? null] : [ofCategory]
    },
  }
}

/** Whether there is anything to be drawn. */
export function isEmptyPlot({ series }: Plot): boolean {
  return series.every(({ values }) => values.every((value) => !numberOf(value)))
}
