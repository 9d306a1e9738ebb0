/** Widgets that show groups: charts, tables and leaderboards. */
import type { Aggregated, GroupBy, Measure } from '@oneforge/kernel/records'
import { type Axis, axisOf, inOrder, type Order } from './axes.ts'
import type { Category, GroupReader } from './categories.ts'
import { byKey, cellsWith } from './crossing.ts'
import { isUnit } from './ranges.ts'
import { ask, groupOf, type Plan, readerOf, type Scene, wholeOf } from './scene.ts'
import { type Cell, cellsOf, emptyValue, shareOf, type Value, valueBeyond, valuesOf } from './values.ts'
import { planLines } from './widget-cross.ts'
import { measureOf, measuresOf, namedMeasure } from './widget-figures.ts'

const usualCategories = 12
const usualLeaders = 10
const mostRows = 100

export async function planChart(scene: Scene): Promise<Plan> {
  const { widget, period, comparedWith, context } = scene
  if (widget.thenBy) return planLines(scene)
  const measure = measureOf(scene)
  const reader = readerOf(scene, 'groupBy')
  const group = groupOf(widget.groupBy!, reader)
  const questions = await Promise.all([
    ask(scene, [group], [measure], period),
    ...(comparedWith ? [ask(scene, [group], [measure], comparedWith)] : []),
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
      const shown = axis.shown.flatMap((value) => cellsWith(rows, value))
      const left = axis.left.flatMap((value) => cellsWith(rows, value))
      const beyond =
        answer!.isTruncated && axis.left.length > 0
          ? valueBeyond(measure, await wholeOf(scene, [measure]), shown)
          : (combined(left) ?? empty)
      return {
        categories: axis.shown.map((value) => reader.category(value)),
        series: [{ ...whole, values: axis.shown.map((value) => combined(cellsWith(rows, value)) ?? empty) }],
        others: axis.left.length === 0 ? null : { count: axis.left.length, values: [beyond] },
        previous: before ? previousValues(scene, { group, reader, order, measure, axis, empty }, before) : null,
        interval: reader.interval,
        isTruncated: answer!.isTruncated,
      }
    },
  }
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
