/** A plot in the words of the drawing library. */
import type { BarSeriesOption, LineSeriesOption, PieSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { numberOf } from '../figureText.ts'
import type { Palette } from './colors.ts'
import type { Plot, PlotSeries } from './plot.ts'

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | PieSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>

export interface Look {
  palette: Palette
  /** Figures on a mark and at the edge: short; under the pointer: with all digits. */
  short: (value: number | null) => string
  edge: (value: number) => string
  exact: (series: number, category: number) => string
  /** Of the chart, in pixels. */
  width: number
  height: number
  isMoving: boolean
  fontFamily: string
}

/** Bars lie where their names are long or many: turned names are hard to read. */
const mostUpright = 8
const letterWidth = 6.5

export function chartOption(plot: Plot, look: Look): ChartOption {
  const drawn = plot.type === 'pie' ? pie(plot, look) : axes(plot, look)
  return {
    animation: look.isMoving,
    animationDuration: 180,
    animationDurationUpdate: 180,
    textStyle: { fontFamily: look.fontFamily, color: look.palette.text },
    aria: { enabled: false },
    tooltip: tooltip(plot, look),
    ...drawn,
  }
}

function tooltip(plot: Plot, look: Look): TooltipComponentOption {
  const { palette } = look
  return {
    trigger: plot.type === 'pie' ? 'item' : 'axis',
    confine: true,
    transitionDuration: 0,
    axisPointer: { type: plot.type === 'bar' ? 'shadow' : 'line', shadowStyle: { color: palette.line, opacity: 0.5 } },
    backgroundColor: palette.ground,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontSize: 12, fontFamily: look.fontFamily },
    formatter: (told) => tipText(Array.isArray(told) ? told : [told], plot, look),
  }
}

interface Told {
  seriesIndex?: number
  dataIndex: number
  marker?: unknown
}

/** Names come from records: they stand in the tooltip as text. */
function tipText(marks: Told[], plot: Plot, look: Look): string {
  const [first] = marks
  if (!first) return ''
  const lines = marks.map(({ seriesIndex = 0, dataIndex, marker }) => {
    const name = plot.series.length > 1 ? `${escaped(plot.series[seriesIndex]?.name ?? '')}: ` : ''
    return `${marker ?? ''}${name}<b>${escaped(look.exact(seriesIndex, dataIndex))}</b>`
  })
  return [escaped(plot.names[first.dataIndex] ?? ''), ...lines].join('<br>')
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter)

function axes(plot: Plot, look: Look): Partial<ChartOption> {
  const { palette } = look
  const isLying = liesDown(plot, look)
  const label = { color: palette.dimmed, fontSize: 11, hideOverlap: true }
  const names = {
    type: 'category' as const,
    data: plot.names,
    inverse: isLying,
    boundaryGap: plot.type === 'bar',
    axisLabel: { ...label, width: isLying ? 120 : undefined, overflow: 'truncate' as const },
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
  }
  const values = {
    type: 'value' as const,
    axisLabel: { ...label, formatter: look.edge },
    splitLine: { lineStyle: { color: palette.line } },
    splitNumber: isLying ? 3 : 4,
    minInterval: isWhole(plot) ? 1 : undefined,
  }
  const named = plot.series.map(({ name }) => name)
  const rows = named.length > 1 ? legendRows(named, look.width) : 0
  return {
    grid: {
      top: 12 + rows * legendRow,
      bottom: 4,
      left: 4,
      right: 20,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    ...(rows > 0 && { legend: legend(named, look) }),
    ...(isLying ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values }),
    series: plot.series.map((series, index) => mark(plot, series, index, isLying, look)),
  }
}

/** Names stand in rows one below the other as long as these are few; then one pages through them. */
const legendRow = 20
const mostRows = 4

function legendRows(names: string[], width: number): number {
  const lengths = names.map((name) => name.length * letterWidth + 30)
  let [rows, used] = [1, 0]
  for (const length of lengths) {
    if (used + length > width && used > 0) [rows, used] = [rows + 1, 0]
    used += length
  }
  return rows > mostRows ? 1 : rows
}

const legend = (names: string[], { palette, fontFamily, width }: Look): LegendComponentOption => ({
  type: legendRows(names, width) === 1 ? 'scroll' : 'plain',
  top: 0,
  left: 0,
  itemWidth: 14,
  itemHeight: 8,
  pageIconSize: 10,
  pageTextStyle: { color: palette.dimmed },
  pageIconColor: palette.dimmed,
  textStyle: { color: palette.dimmed, fontSize: 12, fontFamily },
})

/** Told apart by more than colour: each has a pattern, a dash or a mark of its own. */
const dashes = ['solid', 'dashed', 'dotted'] as const
const marks = ['circle', 'rect', 'triangle', 'diamond'] as const

function mark(
  plot: Plot,
  series: PlotSeries,
  index: number,
  isLying: boolean,
  look: Look,
): BarSeriesOption | LineSeriesOption {
  const color = series.isEarlier ? look.palette.of('gray', index) : look.palette.of(series.color, index)
  const data = series.values.map((value) => numberOf(value))
  if (plot.type !== 'bar') {
    return {
      type: 'line',
      name: series.name,
      data,
      color,
      symbol: marks[index % marks.length],
      symbolSize: 6,
      showSymbol: data.length <= 40,
      connectNulls: false,
      lineStyle: { width: 2, color, type: series.isEarlier ? 'dashed' : dashes[index % dashes.length] },
      ...(plot.type === 'area' && !series.isEarlier && { areaStyle: { color, opacity: 0.16 } }),
      ...(plot.stacked && !series.isEarlier && { stack: 'whole' }),
      triggerLineEvent: false,
    }
  }
  // One series in the colours of its options; of several each has its own.
  const isColoured = plot.series.length === 1 && plot.colors.some((one) => one !== null)
  return {
    type: 'bar',
    name: series.name,
    data: isColoured
      ? data.map((value, at) => ({ value, itemStyle: { color: look.palette.of(plot.colors[at] ?? 'gray', at) } }))
      : data,
    color,
    barMaxWidth: isLying ? 18 : 36,
    itemStyle: {
      borderRadius: plot.stacked ? 0 : isLying ? [0, 3, 3, 0] : [3, 3, 0, 0],
      opacity: series.isEarlier ? 0.55 : 1,
      ...(plot.series.length > 1 && { decal: patternOf(index) }),
    },
    ...(plot.stacked && !series.isEarlier && { stack: 'whole' }),
    label: {
      show: plot.series.length === 1 && data.length <= 16,
      position: isLying ? 'right' : 'top',
      color: look.palette.dimmed,
      fontSize: 11,
      formatter: ({ dataIndex }) => (data[dataIndex] ? look.short(data[dataIndex] ?? null) : ''),
    },
    labelLayout: { hideOverlap: true },
  }
}

/** Faint stripes and dots over the colour of the second series and those after it. */
function patternOf(index: number) {
  const color = 'rgba(255, 255, 255, 0.45)'
  const patterns = [
    undefined,
    { color, dashArrayX: [1, 0], dashArrayY: [3, 5], rotation: Math.PI / 4 },
    {
      color,
      symbol: 'circle',
      symbolSize: 0.6,
      dashArrayX: [
        [6, 6],
        [0, 6, 6, 0],
      ],
      dashArrayY: [6, 0],
    },
    { color, dashArrayX: [1, 0], dashArrayY: [3, 5], rotation: -Math.PI / 4 },
    { color, dashArrayX: [1, 0], dashArrayY: [2, 6] },
  ]
  return patterns[index % patterns.length]
}

/** Each slice has its name and share beside it where there is room, else in the legend. */
function pie(plot: Plot, look: Look): Partial<ChartOption> {
  const [series] = plot.series
  const values = series?.values.map((value) => numberOf(value) ?? 0) ?? []
  const total = values.reduce((sum, value) => sum + value, 0)
  const shares = new Map(plot.names.map((name, at) => [name, share(values[at], total)]))
  const labels = plot.names.map((name) => name + shares.get(name))
  const isWide = look.width >= 300
  const above = isWide ? 0 : legendRows(labels, look.width) * legendRow
  const radius = (Math.min(look.width, look.height - above) / 2) * (isWide ? 0.72 : 0.94)
  return {
    ...(!isWide && { legend: { ...legend(labels, look), formatter: (name: string) => name + shares.get(name) } }),
    series: [
      {
        type: 'pie',
        radius: [radius * 0.6, radius],
        center: ['50%', above + (look.height - above) / 2],
        minAngle: 3,
        data: plot.names.map((name, at) => ({
          name,
          value: values[at] ?? 0,
          itemStyle: { color: look.palette.of(plot.colors[at], at) },
        })),
        itemStyle: { borderColor: look.palette.ground, borderWidth: 2 },
        label: {
          show: isWide,
          color: look.palette.text,
          fontSize: 12,
          lineHeight: 15,
          formatter: ({ name, dataIndex }) => `${name}\n${look.short(values[dataIndex] ?? 0)}${shares.get(name)}`,
        },
        labelLine: { length: 8, length2: 8, lineStyle: { color: look.palette.line } },
      },
    ],
  }
}

const share = (value = 0, total: number): string => (total > 0 ? ` · ${Math.round((value / total) * 100)}%` : '')

function liesDown({ type, isTime, names }: Plot, { width }: Look): boolean {
  if (type !== 'bar' || isTime) return false
  const longest = Math.max(0, ...names.map(({ length }) => length))
  return names.length > mostUpright || longest * letterWidth > width / Math.max(1, names.length)
}

const isWhole = ({ series }: Plot): boolean =>
  series.every(({ values }) => values.every((value) => Number.isInteger(numberOf(value) ?? 0)))
