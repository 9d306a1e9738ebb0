/** Charts as SVG, drawn by ECharts without a page. */

import type { Interval } from '@oneforge/kernel/records'
import { BarChart, FunnelChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Category } from '../categories.ts'
import { numberOf, type Value } from '../values.ts'
import { colorAt, dimmed, ink, line } from './svg.ts'
import type { Writer } from './words.ts'

use([
  BarChart,
  FunnelChart,
  HeatmapChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  VisualMapComponent,
  SVGRenderer,
])

interface Size {
  width: number
  height: number
}

export interface ChartData {
  categories: Category[]
  series: (Category & { values: Value[] })[]
  others: { count: number; values: Value[] } | null
  interval: Interval | null
}

export interface CrossData {
  rows: Category[]
  columns: Category[]
  rowInterval: Interval | null
  columnInterval: Interval | null
  cells: Value[][][]
}

export type ChartKind = 'bar' | 'line' | 'area' | 'pie' | 'funnel'

/** Inside of an SVG of that size. */
function drawn(option: object, { width, height }: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'Roboto', color: ink }, ...option })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

export function chartSvg(
  data: ChartData,
  kind: ChartKind,
  { isStacked, writer }: { isStacked: boolean; writer: Writer },
  size: Size,
) {
  if (kind === 'pie' || kind === 'funnel') return drawn(wholeOption(data, kind, writer), size)
  const names = namesOf(data, writer)
  const series = data.series.map(({ color, values }, place) => ({
    type: kind === 'bar' ? 'bar' : 'line',
    name: names.series[place],
    data: [...values, ...(data.others ? [data.others.values[place]!] : [])].map(kind === 'bar' ? heightOf : numberOf),
    showSymbol: false,
    barMaxWidth: 40,
    itemStyle: { color: colorAt(color, place) },
    lineStyle: { width: 2 },
    ...(isStacked ? { stack: 'all' } : {}),
    ...(kind === 'area' ? { areaStyle: { opacity: 0.2 } } : {}),
  }))
  const currency = currencyOf(data.series.flatMap(({ values }) => values))
  const edge = (amount: number) => writer.edge(amount, currency)
  return drawn({ ...axes(names.categories, data.series.length > 1, edge), series }, size)
}

/** A bar of no height would be a line. */
const heightOf = (value: Value): number | null => numberOf(value) || null

const legend = { bottom: 0, type: 'plain', icon: 'circle', itemWidth: 8, itemHeight: 8, textStyle: { fontSize: 11 } }

const currencyOf = (values: Value[]): string | undefined =>
  values.flatMap((value) => (typeof value === 'object' && value?.currency) || [])[0]

function axes(categories: string[], hasLegend: boolean, edge: (amount: number) => string): object {
  return {
    grid: { left: 8, right: 8, top: 12, bottom: hasLegend ? 28 : 4, containLabel: true },
    legend: { ...legend, show: hasLegend },
    xAxis: {
      type: 'category',
      data: categories,
      axisLabel: { fontSize: 10, color: dimmed, hideOverlap: true },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      axisLabel: { fontSize: 10, color: dimmed, formatter: edge },
      splitLine: { lineStyle: { color: line } },
    },
  }
}

function namesOf({ categories, series, others, interval }: ChartData, writer: Writer) {
  const shown = categories.map((category) => writer.category(category, interval))
  return {
    categories: others ? [...shown, writer.words.others(others.count)] : shown,
    series: series.map((one) => writer.category(one, null)),
  }
}

/** Parts of one whole, each with its name. */
function wholeOption(data: ChartData, kind: 'pie' | 'funnel', writer: Writer): object {
  const names = namesOf(data, writer).categories
  const values = [...(data.series[0]?.values ?? []), ...(data.others ? [data.others.values[0]!] : [])]
  const parts = values.map((value, place) => ({
    name: `${names[place]}: ${writer.value(value)}`,
    value: numberOf(value) ?? 0,
    itemStyle: { color: colorAt(data.categories[place]?.color, place) },
  }))
  const label = { fontSize: 11, color: ink }
  const one =
    kind === 'pie'
      ? { type: 'pie', radius: ['45%', '72%'], data: parts, label }
      : {
          type: 'funnel',
          data: parts,
          sort: 'none',
          gap: 2,
          left: '5%',
          right: '5%',
          top: 4,
          bottom: 4,
          minSize: '12%',
          label: { ...label, position: 'inside' },
        }
  return { series: [one] }
}

export function heatmapSvg(
  { rows, columns, rowInterval, columnInterval, cells }: CrossData,
  writer: Writer,
  size: Size,
) {
  const points = cells.flatMap((row, y) => row.map(([value], x) => [x, y, numberOf(value ?? null) ?? 0]))
  const most = Math.max(1, ...points.map(([, , value]) => value!))
  const axis = (list: Category[], interval: Interval | null) => ({
    type: 'category',
    data: list.map((category) => writer.category(category, interval)),
    axisLabel: { fontSize: 10, color: dimmed },
    axisLine: { show: false },
    axisTick: { show: false },
  })
  return drawn(
    {
      grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
      xAxis: axis(columns, columnInterval),
      yAxis: { ...axis(rows, rowInterval), inverse: true },
      visualMap: { show: false, min: 0, max: most, inRange: { color: ['#edf2ff', '#748ffc'] } },
      series: [{ type: 'heatmap', data: points, label: { show: points.length <= 200, fontSize: 10, color: ink } }],
    },
    size,
  )
}

export function lineSvg(points: { value: Value }[], size: Size): string {
  const none = { show: false }
  return drawn(
    {
      grid: { left: 0, right: 0, top: 2, bottom: 2 },
      xAxis: { ...none, type: 'category', data: points.map((_, index) => index) },
      yAxis: { ...none, type: 'value' },
      series: [
        {
          type: 'line',
          data: points.map(({ value }) => numberOf(value)),
          showSymbol: false,
          lineStyle: { width: 2, color: colorAt(null, 0) },
          areaStyle: { opacity: 0.12, color: colorAt(null, 0) },
        },
      ],
    },
    size,
  )
}
