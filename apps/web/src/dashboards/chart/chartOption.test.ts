import type { ChartData, Filter, WidgetValue } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { type ChartOption, chartOption, type Look } from './chartOption.ts'
import { isEmptyPlot, type Plot, plotOf } from './plot.ts'

const filterOf = (value: string): Filter => ({ field: 'status', op: 'eq', value })
const category = (label: string) => ({ value: label, label, color: null, filter: filterOf(label) })
const series = (label: string, values: WidgetValue[]) => ({ ...category(label), values })
const words = {
  nameOf: ({ label }: { label: string }) => label,
  seriesNameOf: ({ label }: { label: string }) => label,
  others: (count: number) => `${count} others`,
  earlier: 'earlier',
}
const data = (parts: Partial<ChartData>): ChartData => ({
  categories: [category('Open'), category('Done')],
  series: [{ value: null, label: '', color: null, filter: null, values: [3, 4] }],
  others: null,
  isTruncated: false,
  previous: null,
  interval: null,
  ...parts,
})

describe('a plot', () => {
  it('ends with what is beyond the limit, and stands beside what was before', () => {
    const plot = plotOf({ chart: 'bar' }, data({ others: { count: 2, values: [9] }, previous: [1, 2] }), words)
    expect(plot.names).toEqual(['Open', 'Done', '2 others'])
    expect(plot.series.map(({ values, isEarlier }) => ({ values, isEarlier }))).toEqual([
      { values: [3, 4, 9], isEarlier: false },
      { values: [1, 2], isEarlier: true },
    ])
    expect(plot.filtersAt(0, 1)).toEqual([filterOf('Done')])
    expect(plot.filtersAt(0, 2)).toEqual([null])
  })

  it('of several series narrows to both', () => {
    const plot = plotOf({ chart: 'bar' }, data({ series: [series('Ana', [1, 2]), series('Ben', [3, 4])] }), words)
    expect(plot.filtersAt(1, 0)).toEqual([filterOf('Open'), filterOf('Ben')])
  })

  it('over time leaves out what has no date, and keeps the places of the others', () => {
    const categories = [category(''), category('2026-01-01'), category('2026-02-01')]
    const whole = { value: null, label: '', color: null, filter: null, values: [7, 1, 2] }
    const plot = plotOf({ chart: 'line' }, data({ categories, series: [whole], interval: 'month' }), words)
    expect([plot.names, plot.series[0]?.values, plot.undated]).toEqual([['2026-01-01', '2026-02-01'], [1, 2], 1])
    expect(plot.filtersAt(0, 0)).toEqual([filterOf('2026-01-01')])
  })

  it('is empty where every figure is nothing', () => {
    const nothing = { value: null, label: '', color: null, filter: null, values: [0, null] }
    expect(isEmptyPlot(plotOf({}, data({ series: [nothing] }), words))).toBe(true)
    expect(isEmptyPlot(plotOf({}, data({}), words))).toBe(false)
  })
})

const look: Look = {
  palette: { of: (color) => color ?? 'blue', text: '#000', dimmed: '#555', line: '#ddd', ground: '#fff' },
  short: String,
  edge: String,
  exact: (at, place) => `figure ${at}.${place}`,
  width: 600,
  height: 200,
  isMoving: false,
  fontFamily: 'Inter',
}

const tipOf = (option: ChartOption, marks: object[]): string => {
  const { formatter } = option.tooltip as { formatter: (marks: object[]) => string }
  return formatter(marks)
}
const axisOf = (plot: Plot, axis: 'xAxis' | 'yAxis', width = 600) =>
  (chartOption(plot, { ...look, width })[axis] as { type: string }).type

describe('a drawing', () => {
  it('shows names from records as text, whatever they hold', () => {
    const hostile = '<img src=x onerror=alert(1)>'
    const plot = plotOf({ chart: 'bar' }, data({ categories: [category(hostile)] }), words)
    const tip = tipOf(chartOption(plot, look), [{ seriesIndex: 0, dataIndex: 0 }])
    expect(tip).toBe('&lt;img src=x onerror=alert(1)&gt;<br><b>figure 0.0</b>')
  })

  it('lays bars down where their names are long, but not along time', () => {
    const long = plotOf({ chart: 'bar' }, data({ categories: [category('A'.repeat(60)), category('B')] }), words)
    expect([axisOf(long, 'yAxis'), axisOf(long, 'yAxis', 1200)]).toEqual(['category', 'value'])
    const days = plotOf({ chart: 'bar' }, data({ interval: 'day' }), words)
    expect(axisOf(days, 'xAxis', 20)).toBe('category')
  })

  it('tells series apart by more than their colour', () => {
    const two = data({ series: [series('Ana', [1, 2]), series('Ben', [3, 4])] })
    const bars = chartOption(plotOf({ chart: 'bar' }, two, words), look).series as { itemStyle: { decal?: object } }[]
    expect(bars.map(({ itemStyle }) => itemStyle.decal !== undefined)).toEqual([false, true])
    const lines = chartOption(plotOf({ chart: 'line' }, two, words), look).series as { symbol: string }[]
    expect(new Set(lines.map(({ symbol }) => symbol)).size).toBe(2)
  })

  it('says names and shares of slices beside them, or above where it is narrow', () => {
    const plot = plotOf({ chart: 'pie' }, data({}), words)
    expect(chartOption(plot, look).legend).toBeUndefined()
    const { formatter } = chartOption(plot, { ...look, width: 200 }).legend as { formatter: (name: string) => string }
    expect(formatter('Open')).toBe('Open · 43%')
  })
})
