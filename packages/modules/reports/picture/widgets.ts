/** What stands in the box of each kind of widget. */

import type { Interval } from '@oneforge/kernel/records'
import type { WidgetDefinition } from '@oneforge/templates'
import type { Category } from '../categories.ts'
import type { WidgetFigures } from '../figures.service.ts'
import { areOfSeveralCurrencies, type Value } from '../values.ts'
import { type ChartData, type ChartKind, type CrossData, chartSvg, heatmapSvg, lineSvg } from './charts.ts'
import { type Box, colorAt, dimmed, line, rectangle, type TextStyle, textAt } from './svg.ts'
import type { Writer } from './words.ts'

type Data = Record<string, unknown>
type Draw = (data: Data, box: Box, writer: Writer, widget: WidgetDefinition) => string

const placed = (svg: string, { x, y }: Box): string => svg.replace('<svg ', `<svg x="${x}" y="${y}" `)
const sizeOf = ({ width, height }: Box) => ({ width: Math.max(40, width), height: Math.max(30, height) })

const metric: Draw = (data, box, writer) => {
  const { value, previous, change, points } = data as {
    value: Value
    previous: Value
    change: number | null
    points: { value: Value }[]
  }
  const said = textAt(box.x, box.y + 26, writer.value(value), { size: 26, bold: true, width: box.width })
  const beside =
    previous === null
      ? ''
      : textAt(box.x, box.y + 46, comparison(change, previous, writer), {
          size: 11,
          color: dimmed,
          width: box.width,
        })
  const below = { ...box, y: box.y + 54, height: box.height - 54 }
  return said + beside + (points.length > 1 && below.height > 20 ? placed(lineSvg(points, sizeOf(below)), below) : '')
}

const comparison = (change: number | null, previous: Value, writer: Writer): string =>
  [writer.change(change), `${writer.words.before} ${writer.value(previous)}`].filter(Boolean).join(' · ')

const goal: Draw = (data, box, writer) => {
  const { value, target, share } = data as { value: Value; target: Value; share: number | null }
  const bar = { ...box, y: box.y + 58, height: 10 }
  return (
    textAt(box.x, box.y + 26, writer.value(value), { size: 26, bold: true, width: box.width }) +
    textAt(box.x, box.y + 46, `${writer.percent(share)} ${writer.words.of} ${writer.value(target)}`, {
      size: 11,
      color: dimmed,
      width: box.width,
    }) +
    rectangle(bar, '#f1f3f5', 'rx="5"') +
    rectangle({ ...bar, width: bar.width * Math.min(1, Math.max(0, share ?? 0)) }, colorAt(null, 0), 'rx="5"')
  )
}

const chart: Draw = (data, box, writer, { chart: kind = 'bar', stacked = false }) => {
  const shown = data as unknown as ChartData
  if (areOfSeveralCurrencies(valuesIn(shown))) return chartTable(shown, box, writer)
  return placed(chartSvg(shown, kind as ChartKind, { isStacked: stacked, writer }, sizeOf(box)), box)
}

const valuesIn = ({ series, others }: ChartData): Value[] => [
  ...series.flatMap(({ values }) => values),
  ...(others?.values ?? []),
]

/** The figures of a chart, where no axis could hold them. */
function chartTable({ categories, series, others, interval }: ChartData, box: Box, writer: Writer): string {
  const names = series.length > 1 ? series.map((one) => writer.category(one, null)) : ['']
  const rows = categories.map((category, index) => [
    writer.category(category, interval),
    ...series.map(({ values }) => writer.value(values[index]!)),
  ])
  const rest = others ? [[writer.words.others(others.count), ...others.values.map((value) => writer.value(value))]] : []
  return grid([writer.words.severalCurrencies, ...names], [...rows, ...rest], box)
}

const heatmap: Draw = (data, box, writer) => placed(heatmapSvg(data as unknown as CrossData, writer, sizeOf(box)), box)

const rowHeight = 22

/** Between words and a number that ends before them. */
const columnGap = 12

/** As many rows as there is room for; the first column is as wide as two others, and figures end below one another. */
function grid(head: string[], rows: string[][], box: Box, isWords = (column: number): boolean => column === 0): string {
  const unit = box.width / (head.length + 1)
  const cells = (texts: string[], y: number, style: object) =>
    texts
      .map((text, index) => {
        const width = index === 0 ? unit * 2 - 8 : unit - 8
        const begins = index === 0 ? box.x : box.x + unit * (index + 1) + columnGap
        const place = isWords(index)
          ? { x: begins, anchor: 'start', width: index === 0 ? width : width - columnGap }
          : { x: box.x + unit * (index + 2), anchor: 'end', width }
        return textAt(place.x, y, text, { size: 11, ...place, ...style } as TextStyle)
      })
      .join('')
  const most = Math.max(0, Math.floor((box.height - rowHeight) / rowHeight))
  const shown = rows.slice(0, most).map((row, index) => {
    const y = box.y + rowHeight * (index + 1)
    return rectangle({ ...box, y, height: 1 }, line) + cells(row, y + 15, {})
  })
  return cells(head, box.y + 15, { color: dimmed }) + shown.join('')
}

const table: Draw = (data, box, writer) => {
  const { columns, rows, total, interval } = data as {
    columns: { name: string; label: string }[]
    rows: { category: Category; values: Value[] }[]
    total: Value[]
    interval: Interval | null
  }
  const body = rows.map(({ category, values }) => [
    writer.category(category, interval),
    ...values.map((value) => writer.value(value)),
  ])
  const foot = [writer.words.total, ...total.map((value) => writer.value(value))]
  return grid(['', ...columns.map(headOf)], [foot, ...body], box)
}

const signs: Record<string, string> = { avg: 'Ø ', min: 'min. ', max: 'max. ', distinct: '≠ ' }

/** Several measures of one field are told apart. */
const headOf = ({ name, label }: { name: string; label: string }): string =>
  (signs[name.slice(0, name.indexOf('('))] ?? '') + label

const pivot: Draw = (data, box, writer) => {
  const { rows, columns, rowInterval, columnInterval, cells, rowTotals } = data as unknown as CrossData & {
    rowTotals: Value[][]
  }
  const first = (values: Value[] | undefined) => writer.value(values?.[0] ?? null)
  const head = ['', ...columns.map((column) => writer.category(column, columnInterval)), writer.words.total]
  const body = rows.map((row, y) => [writer.category(row, rowInterval), ...cells[y]!.map(first), first(rowTotals[y])])
  return grid(head, body, box)
}

const leaderboard: Draw = (data, box, writer) => {
  const { rows } = data as { rows: { rank: number; category: Category; value: Value; share: number | null }[] }
  const body = rows.map(({ rank, category, value, share }) => [
    `${rank}. ${writer.category(category, null)}`,
    writer.value(value),
    writer.percent(share),
  ])
  if (areOfSeveralCurrencies(rows.map(({ value }) => value))) {
    return grid([writer.words.severalCurrencies, '', ''], body, box)
  }
  return grid(['', '', ''], body, { ...box, y: box.y - rowHeight + 4, height: box.height + rowHeight - 4 })
}

interface RecentColumn {
  name: string
  label: string
  options?: { value: string; label: string }[]
}

const isFigures = (values: unknown[]): boolean => {
  const given = values.filter((value) => value !== null && value !== undefined)
  const isOne = (value: unknown) => typeof value === 'number' || (typeof value === 'object' && 'amount' in value!)
  return given.length > 0 && given.every(isOne)
}

const recent: Draw = (data, box, writer) => {
  const { columns, records } = data as { columns: RecentColumn[]; records: Data[] }
  const shown = columns.slice(0, Math.max(2, Math.floor(box.width / 110)))
  const cell = ({ name, options = [] }: RecentColumn, record: Data) =>
    writer.cell(record[name], new Map(options.map(({ value, label }) => [value, label])))
  return grid(
    shown.map(({ label }) => label),
    records.map((record) => shown.map((column) => cell(column, record))),
    box,
    (column) => !isFigures(records.map((record) => record[shown[column]!.name])),
  )
}

const pipeline: Draw = (data, box, writer) => {
  const { stages } = data as { stages: { label: string; color: string | null; count: number; sum: Value }[] }
  const width = box.width / Math.max(1, stages.length)
  return stages
    .map(({ label, color, count, sum }, index) => {
      const x = box.x + width * index
      const room = { width: width - 10 }
      return (
        rectangle({ x, y: box.y, width: width - 6, height: 4 }, colorAt(color, index), 'rx="2"') +
        textAt(x, box.y + 22, label, { size: 11, color: dimmed, ...room }) +
        textAt(x, box.y + 44, String(count), { size: 18, bold: true, ...room }) +
        (sum === null ? '' : textAt(x, box.y + 62, writer.value(sum), { size: 11, ...room }))
      )
    })
    .join('')
}

const calendar: Draw = (data, box, writer) => {
  const { entries } = data as { entries: { start: string; title: string }[] }
  return grid(
    ['', ''],
    entries.map(({ start, title }) => [title, writer.moment(start)]),
    { ...box, y: box.y - rowHeight + 4, height: box.height + rowHeight - 4 },
  )
}

const tasks: Draw = (data, box, writer) => {
  const { open, overdue, today, records } = data as { open: number; overdue: number; today: number; records: Data[] }
  const { words } = writer
  const said = `${open} ${words.open} · ${overdue} ${words.overdue} · ${today} ${words.today}`
  const titles = records.map(({ title }) => [String(title ?? '')])
  return (
    textAt(box.x, box.y + 14, said, { size: 12, width: box.width }) + grid([''], titles, { ...box, height: box.height })
  )
}

/** Lines as they were written; what is marked up stays as it is. */
const text: Draw = (data, box) =>
  String(data.text)
    .split('\n')
    .slice(0, Math.floor(box.height / 18))
    .map((said, index) =>
      textAt(box.x, box.y + 14 + index * 18, said.replace(/^#+\s*/, ''), {
        size: 12,
        bold: /^#/.test(said),
        width: box.width,
      }),
    )
    .join('')

const drawers: Record<WidgetDefinition['type'], Draw> = {
  metric,
  goal,
  chart,
  heatmap,
  pivot,
  table,
  leaderboard,
  recent,
  pipeline,
  calendar,
  tasks,
  text,
}

const noteHeight = 18

/** The inside of a widget: its figures, or why there are none. */
export function widgetSvg(
  widget: WidgetDefinition,
  { data, problem }: WidgetFigures,
  box: Box,
  writer: Writer,
): string {
  if (data && 'isTruncated' in data && data.isTruncated) {
    const drawn = drawers[widget.type](data as Data, { ...box, height: box.height - noteHeight }, writer, widget)
    return (
      drawn + textAt(box.x, box.y + box.height, writer.words.truncated, { size: 10, color: dimmed, width: box.width })
    )
  }
  if (data) return drawers[widget.type](data as Data, box, writer, widget)
  return textAt(box.x, box.y + 14, problem?.message ?? writer.words.nothing, {
    size: 11,
    color: dimmed,
    width: box.width,
  })
}
