/** Widgets that show groups: charts, tables and leaderboards; and those with two groupings, pivots and heat maps. */

import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import type { Aggregated, GroupBy, Measure } from '@oneforge/kernel/records'
import { measureName } from '@oneforge/kernel/records'
import type { Category, GroupReader } from './categories.ts'
import { Writer } from './picture/words.ts'
import { type DaySpan, isUnit, recurrencesOf, stretchesOf } from './ranges.ts'
import { ask, groupOf, type Plan, readerOf, type Scene, wholeOf } from './scene.ts'
import { type Cell, cellsOf, compareValues, emptyValue, shareOf, type Value, valueBeyond, valuesOf } from './values.ts'
import { measureOf } from './widget-figures.ts'

const usualCategories = 12
const usualLeaders = 10
const mostSeries = 20
const mostStretches = 400
const mostRows = 100

type Groups = Map<string, { value: unknown; cells: Cell[] }>

/** Cells by one of their keys. */
function byKey(cells: Cell[], index: number): Groups {
  const groups: Groups = new Map()
  for (const cell of cells) {
    const value = cell.keys[index] ?? null
    const group = groups.get(JSON.stringify(value)) ?? { value, cells: [] }
    group.cells.push(cell)
    groups.set(JSON.stringify(value), group)
  }
  return groups
}

const cellsWith = (groups: Groups, value: unknown): Cell[] => groups.get(JSON.stringify(value))?.cells ?? []

/** The values of a grouping in the order that they are shown in; those beyond the limit are left. */
interface Axis {
  shown: unknown[]
  left: unknown[]
}

interface Order {
  period: DaySpan | null
  measures: Measure[]
  limit: number
  /** As the widget has it; the greatest first unless said. */
  sort?: string[] | undefined
  /** Options of which there are no records are shown as well. */
  allOptions?: boolean
}

function axisOf(scene: Scene, group: GroupBy, reader: GroupReader, groups: Groups, order: Order): Axis {
  const { interval, options } = reader
  const present = [...groups.values()].map(({ value }) => value)
  if (interval && isUnit(interval)) {
    const days = present
      .filter((value) => value !== null)
      .map(String)
      .toSorted()
    const span = order.period ?? (days.length > 0 ? { from: days[0]!, to: days.at(-1)! } : null)
    const stretches = span ? stretchesOf(interval, span, scene.clock.weekStart, mostStretches) : []
    const isWithout = present.includes(null) && !order.period
    return { shown: isWithout ? [...stretches, null] : stretches, left: [] }
  }
  if (interval && !isUnit(interval)) return { shown: recurrencesOf(interval, scene.clock.weekStart), left: [] }
  if (options && order.allOptions) {
    const known = new Set<unknown>(options)
    return { shown: [...options, ...present.filter((value) => value !== null && !known.has(value))], left: [] }
  }
  const ranked = inOrder(group, groups, order)
  const shown = ranked.slice(0, order.limit)
  if (options && !order.sort) shown.sort((a, b) => placeIn(options, a) - placeIn(options, b))
  return { shown, left: ranked.slice(order.limit) }
}

const placeIn = (options: string[], value: unknown): number => {
  const place = options.indexOf(String(value))
  return place < 0 ? options.length : place
}

function inOrder({ field }: GroupBy, groups: Groups, { measures, sort = [] }: Order): unknown[] {
  const sorts = [...sort, `-${measureName(measures[0]!)}`].map((name) => ({
    name: name.replace(/^-/, ''),
    sign: name.startsWith('-') ? -1 : 1,
  }))
  const ranked = [...groups.values()].map(({ value, cells }) => ({ value, values: valuesOf(measures, cells) }))
  const valueFor = (name: string, { value, values }: (typeof ranked)[number]): Value =>
    name === field ? (value as Value) : (values[measures.findIndex((one) => measureName(one) === name)] ?? null)
  return ranked
    .toSorted((a, b) => {
      for (const { name, sign } of sorts) {
        const difference = compareValues(valueFor(name, a), valueFor(name, b))
        if (difference !== 0) return sign * difference
      }
      return 0
    })
    .map(({ value }) => value)
}

export async function planChart(scene: Scene): Promise<Plan> {
  const { widget, period, comparedWith, context } = scene
  const measure = measureOf(scene)
  const reader = readerOf(scene, 'groupBy')
  const series = widget.thenBy ? readerOf(scene, 'thenBy') : undefined
  const group = groupOf(widget.groupBy!, reader)
  const groups = series ? [group, groupOf(widget.thenBy!, series)] : [group]
  const isCompared = comparedWith !== null && !series
  const questions = await Promise.all([
    ask(scene, groups, [measure], period),
    ...(isCompared ? [ask(scene, [group], [measure], comparedWith)] : []),
  ])
  const order = {
    period,
    measures: [measure],
    limit: widget.limit ?? usualCategories,
    sort: widget.sort,
    allOptions: widget.chart === 'funnel',
  }
  const combined = (cells: Cell[]): Value | undefined =>
    cells.length === 0 ? undefined : valuesOf([measure], cells)[0]!
  return {
    questions,
    async finish([answer, before]) {
      const cells = cellsOf([measure], answer!)
      const rows = byKey(cells, 0)
      const axis = axisOf(scene, group, reader, rows, order)
      const empty = emptyValue(measure, valuesOfEach(measure, cells), context.model.currency)
      const lines = series ? linesOf(scene, series, byKey(cells, 1), order) : [{ category: whole, among: all }]
      const shown = axis.shown.flatMap((value) => cellsWith(rows, value))
      const left = axis.left.flatMap((value) => cellsWith(rows, value))
      const beyond =
        answer!.isTruncated && !series && axis.left.length > 0
          ? valueBeyond(measure, await wholeOf(scene, [measure]), shown)
          : undefined
      return {
        categories: axis.shown.map((value) => reader.category(value)),
        series: lines.map(({ category, among }) => ({
          ...category,
          values: axis.shown.map((value) => combined(among(cellsWith(rows, value))) ?? empty),
        })),
        others:
          axis.left.length === 0
            ? null
            : {
                count: axis.left.length,
                values: beyond === undefined ? lines.map(({ among }) => combined(among(left)) ?? empty) : [beyond],
              },
        previous: before ? previousValues(scene, { group, reader, order, measure, axis, empty }, before) : null,
        interval: reader.interval,
        isTruncated: answer!.isTruncated,
      }
    },
  }
}

/** A series, and which of the cells of a category are its own. */
interface Line {
  category: Category
  among(cells: Cell[]): Cell[]
}

const all = (cells: Cell[]): Cell[] => cells

/** The series of a second grouping; what is too many to be told apart is gathered in the last. */
function linesOf(scene: Scene, reader: GroupReader, columns: Groups, { period, measures }: Order): Line[] {
  const axis = axisOf(scene, scene.widget.thenBy!, reader, columns, { period, measures, limit: mostSeries })
  const among = (values: unknown[]) => {
    const names = new Set(values.map(nameOf))
    return (cells: Cell[]) => cells.filter(({ keys }) => names.has(nameOf(keys[1])))
  }
  const lines = axis.shown.map((value) => ({ category: reader.category(value), among: among([value]) }))
  return axis.left.length === 0 ? lines : [...lines, { category: gathered(scene, axis.left), among: among(axis.left) }]
}

const nameOf = (value: unknown): string => JSON.stringify(value ?? null)

/** No filter has words for it. */
function gathered({ context, clock }: Scene, values: unknown[]): Category {
  const { words } = new Writer(context.locale, clock.timeZone)
  return { value: '…', label: words.others(values.length), color: 'gray', filter: null }
}

/** The one series of a chart without a second grouping. */
const whole: Category = { value: null, label: '', color: null, filter: null }

const valuesOfEach = (measure: Measure, cells: Cell[]): Value[] => cells.map((cell) => valuesOf([measure], [cell])[0]!)

interface Compared {
  group: GroupBy
  reader: GroupReader
  order: Order
  measure: Measure
  axis: Axis
  empty: Value
}

/** Stretches of time are compared by their place, all else by its name. */
function previousValues(scene: Scene, { group, reader, order, measure, axis, empty }: Compared, before: Aggregated) {
  const rows = byKey(cellsOf([measure], before), 0)
  const isByPlace = reader.interval !== null && isUnit(reader.interval)
  const names = isByPlace
    ? axisOf(scene, group, reader, rows, { ...order, period: scene.comparedWith }).shown
    : axis.shown
  return axis.shown.map((_, index) => {
    const cells = index < names.length ? cellsWith(rows, names[index]) : []
    return cells.length === 0 ? empty : valuesOf([measure], cells)[0]!
  })
}

export async function planTable(scene: Scene): Promise<Plan> {
  const { widget, period } = scene
  const measures = measuresOf(scene)
  const reader = readerOf(scene, 'groupBy')
  const group = groupOf(widget.groupBy!, reader)
  return {
    questions: [await ask(scene, [group], measures, period)],
    async finish([answer]) {
      const cells = cellsOf(measures, answer!)
      const rows = byKey(cells, 0)
      const order = { period, measures, limit: widget.limit ?? mostRows, sort: widget.sort }
      const { shown, left } = axisOf(scene, group, reader, rows, order)
      return {
        columns: measures.map((measure) => namedMeasure(scene, measure)),
        rows: shown.map((value) => ({
          category: reader.category(value),
          values: measures.map((measure, index) =>
            valueOrEmpty(scene, measure, measures, cellsWith(rows, value), index),
          ),
        })),
        total: await totalOf(scene, measures, answer!),
        interval: reader.interval,
        isTruncated: answer!.isTruncated || left.length > 0,
      }
    },
  }
}

function valueOrEmpty({ context }: Scene, measure: Measure, measures: Measure[], cells: Cell[], index: number): Value {
  return cells.length === 0 ? emptyValue(measure, [], context.model.currency) : valuesOf(measures, cells)[index]!
}

/** Of all groups, also of those beyond what is answered: these would be missing in a sum of the groups. */
const totalOf = async (scene: Scene, measures: Measure[], answer: Aggregated): Promise<Value[]> =>
  valuesOf(measures, answer.isTruncated ? await wholeOf(scene, measures) : cellsOf(measures, answer))

const measuresOf = (scene: Scene): Measure[] => (scene.widget.measures as Measure[] | undefined) ?? [measureOf(scene)]

/** A count is called as the records are, all else as its field; the page says the rest in its own words. */
export function namedMeasure({ object, context }: Scene, measure: Measure): { name: string; label: string } {
  const label = measure.field
    ? labelOf(object, measure.field, context.locale)
    : inLocale(object.labelPlural, context.locale)
  return { name: measureName(measure), label }
}

const labelOf = (object: CompiledObject, key: string, locale: string): string => {
  const field = object.field.get(key)
  return field ? inLocale(field.label, locale) : key
}

export async function planLeaderboard(scene: Scene): Promise<Plan> {
  const { widget, period, comparedWith } = scene
  const measure = measureOf(scene)
  const reader = readerOf(scene, 'groupBy')
  const group = groupOf(widget.groupBy!, reader)
  const questions = await Promise.all([
    ask(scene, [group], [measure], period),
    ...(comparedWith ? [ask(scene, [group], [measure], comparedWith)] : []),
  ])
  return {
    questions,
    async finish([answer, before]) {
      const cells = answer!.isTruncated ? await wholeOf(scene, [measure]) : cellsOf([measure], answer!)
      const rows = byKey(cellsOf([measure], answer!), 0)
      const earlier = before && byKey(cellsOf([measure], before), 0)
      const ranked = inOrder(group, rows, { period, measures: [measure], limit: mostRows, sort: widget.sort })
      const named = ranked.filter((value) => value !== null)
      const limit = widget.limit ?? usualLeaders
      const [total] = valuesOf([measure], cells) as [Value]
      const combined = (value: unknown) => valuesOf([measure], cellsWith(rows, value))[0]!
      const left = [...named.slice(limit), ...ranked.filter((value) => value === null)]
      const leaders = named.slice(0, limit).flatMap((value) => cellsWith(rows, value))
      const rest = left.flatMap((value) => cellsWith(rows, value))
      return {
        rows: named.slice(0, limit).map((value, index) => ({
          rank: index + 1,
          category: reader.category(value),
          value: combined(value),
          previous: earlier ? valueOrEmpty(scene, measure, [measure], cellsWith(earlier, value), 0) : null,
          share: shareOf(combined(value), total),
        })),
        others:
          left.length === 0
            ? null
            : {
                count: left.length,
                value: answer!.isTruncated ? valueBeyond(measure, cells, leaders) : valuesOf([measure], rest)[0]!,
              },
        total,
        isTruncated: answer!.isTruncated,
      }
    },
  }
}

/** A pivot, or a heat map, which is one of a single measure. */
export async function planCross(scene: Scene): Promise<Plan> {
  const { widget, period, context } = scene
  const measures = measuresOf(scene)
  const [rowReader, columnReader] = [readerOf(scene, 'groupBy'), readerOf(scene, 'thenBy')]
  const groups = [groupOf(widget.groupBy!, rowReader), groupOf(widget.thenBy!, columnReader)] as const
  return {
    questions: [await ask(scene, [...groups], measures, period)],
    async finish([answer]) {
      const cells = cellsOf(measures, answer!)
      const [rows, columns] = [byKey(cells, 0), byKey(cells, 1)]
      const order = { period, measures, limit: widget.limit ?? mostRows, sort: widget.sort }
      const rowAxis = axisOf(scene, groups[0], rowReader, rows, order)
      const columnAxis = axisOf(scene, groups[1], columnReader, columns, { ...order, sort: undefined })
      const each = cells.map((cell) => valuesOf(measures, [cell]))
      const empty = measures.map((measure, index) =>
        emptyValue(
          measure,
          each.map((values) => values[index]!),
          context.model.currency,
        ),
      )
      const filled = (found: Cell[]) => (found.length === 0 ? empty : valuesOf(measures, found))
      return {
        rows: rowAxis.shown.map((value) => rowReader.category(value)),
        columns: columnAxis.shown.map((value) => columnReader.category(value)),
        rowInterval: rowReader.interval,
        columnInterval: columnReader.interval,
        measures: measures.map((measure) => namedMeasure(scene, measure)),
        cells: rowAxis.shown.map((row) => {
          const inRow = byKey(cellsWith(rows, row), 1)
          return columnAxis.shown.map((column) => filled(cellsWith(inRow, column)))
        }),
        rowTotals: rowAxis.shown.map((value) => filled(cellsWith(rows, value))),
        columnTotals: columnAxis.shown.map((value) => filled(cellsWith(columns, value))),
        total: await totalOf(scene, measures, answer!),
        isTruncated: answer!.isTruncated || rowAxis.left.length + columnAxis.left.length > 0,
      }
    },
  }
}
