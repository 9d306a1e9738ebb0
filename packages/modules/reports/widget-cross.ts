/** Widgets with two groupings: charts of several series, pivots and heat maps. */
import type { Measure } from '@oneforge/kernel/records'
import { type Axis, axisOf } from './axes.ts'
import type { Category } from './categories.ts'
import { byKey, cellsWith, type Groups, pairsOf, type Side, sidesOf } from './crossing.ts'
import { Writer } from './picture/words.ts'
import { ask, groupOf, type Plan, readerOf, type Scene, wholeOf } from './scene.ts'
import { type Cell, emptyValue, type Value, valueBeyond, valuesOf } from './values.ts'
import { currenciesOf, measureOf, measuresOf, namedMeasure } from './widget-figures.ts'

const usualCategories = 12
const mostSeries = 20
const mostRows = 100

const sideOf = (scene: Scene, part: 'groupBy' | 'thenBy'): Side => {
  const reader = readerOf(scene, part)
  return { group: groupOf(scene.widget[part]!, reader), reader }
}

/** A chart of several series; what is too many of them to be told apart is gathered in the last. */
export async function planLines(scene: Scene): Promise<Plan> {
  const { widget, period } = scene
  const measure = measureOf(scene)
  const sides: [Side, Side] = [sideOf(scene, 'groupBy'), sideOf(scene, 'thenBy')]
  const [{ group, reader }, series] = sides
  const order = { period, measures: [measure], limit: widget.limit ?? usualCategories, sort: widget.sort }
  return {
    questions: [await ask(scene, [group, series.group], [measure], period)],
    async finish([answer]) {
      const { rows, columns } = await sidesOf(scene, sides, [measure], answer!)
      const allOptions = widget.chart === 'funnel'
      const axis = axisOf(scene, group, reader, rows, { ...order, allOptions })
      const lines = axisOf(scene, widget.thenBy!, series.reader, columns, {
        ...order,
        sort: undefined,
        limit: mostSeries,
      })
      const pairs = await pairsOf(scene, sides, [measure], answer!, [axis.shown, lines.shown])
      const whole = answer!.isTruncated ? await wholeOf(scene, [measure]) : undefined
      const told = valuesTold(scene, measure, { rows, columns, pairs, whole }, axis, lines)
      const gathered = lines.left.length > 0 ? [{ ...gatheredLine(scene, lines.left), values: told.gathered() }] : []
      return {
        categories: axis.shown.map((value) => reader.category(value)),
        series: [
          ...lines.shown.map((line) => ({ ...series.reader.category(line), values: told.of(line) })),
          ...gathered,
        ],
        others: axis.left.length > 0 ? { count: axis.left.length, values: told.others() } : null,
        previous: null,
        interval: reader.interval,
        isTruncated: answer!.isTruncated,
      }
    },
  }
}

interface Found {
  rows: Groups
  columns: Groups
  /** All of them, but where there are too many: then those of what is shown. */
  pairs: Cell[]
  /** Of all records, where there are too many. */
  whole: Cell[] | undefined
}

/** The values of lines and of what is gathered; where there are too many pairs, that is what is in the whole and not shown. */
function valuesTold(scene: Scene, measure: Measure, { rows, columns, pairs, whole }: Found, axis: Axis, lines: Axis) {
  const each = pairs.map((cell) => valuesOf([measure], [cell])[0]!)
  const empty = emptyValue(measure, each, scene.context.model.currency)
  const byRow = byKey(pairs, 0)
  const cellsIn = (groups: Groups, values: unknown[]) => values.flatMap((value) => cellsWith(groups, value))
  const among = (row: unknown, values: unknown[]) => cellsIn(byKey(cellsWith(byRow, row), 1), values)
  const together = (cells: Cell[]): Value => (cells.length === 0 ? empty : valuesOf([measure], cells)[0]!)
  const beyond = (all: Cell[], taken: Cell[]) => valueBeyond(measure, all, taken)
  const shownPairs = (values: unknown[]) => axis.shown.flatMap((row) => among(row, values))
  const leftPairs = (values: unknown[]) => axis.left.flatMap((row) => among(row, values))
  return {
    of: (line: unknown) => axis.shown.map((row) => together(among(row, [line]))),
    gathered: () =>
      axis.shown.map((row) =>
        whole ? beyond(cellsWith(rows, row), among(row, lines.shown)) : together(among(row, lines.left)),
      ),
    others: () => [
      ...lines.shown.map((line) =>
        whole ? beyond(cellsWith(columns, line), shownPairs([line])) : together(leftPairs([line])),
      ),
      ...(lines.left.length > 0 ? [whole ? beyondBoth(whole) : together(leftPairs(lines.left))] : []),
    ],
  }

  /** In none of the rows that are shown and in none of the lines: what is in both has been taken twice. */
  function beyondBoth(all: Cell[]): Value {
    const taken = [...cellsIn(rows, axis.shown), ...cellsIn(columns, lines.shown)]
    return beyond([...all, ...shownPairs(lines.shown)], taken)
  }
}

/** No filter has words for it. */
function gatheredLine({ context, clock }: Scene, values: unknown[]): Category {
  const { words } = new Writer(context.locale, clock.timeZone)
  return { value: '…', label: words.others(values.length), color: 'gray', filter: null }
}

/** A pivot, or a heat map, which is one of a single measure. */
export async function planCross(scene: Scene): Promise<Plan> {
  const { widget, period, context } = scene
  const measures = measuresOf(scene)
  const sides: [Side, Side] = [sideOf(scene, 'groupBy'), sideOf(scene, 'thenBy')]
  const currencies = currenciesOf(scene, measures)
  const [{ group: rowGroup, reader: rowReader }, { group: columnGroup, reader: columnReader }] = sides
  return {
    questions: [await ask(scene, [rowGroup, columnGroup, ...currencies], measures, period)],
    async finish([answer]) {
      const { rows, columns } = await sidesOf(scene, sides, measures, answer!, currencies)
      const order = { period, measures, limit: widget.limit ?? mostRows, sort: widget.sort }
      const rowAxis = axisOf(scene, rowGroup, rowReader, rows, order)
      const columnAxis = axisOf(scene, columnGroup, columnReader, columns, { ...order, sort: undefined })
      const shown: [unknown[], unknown[]] = [rowAxis.shown, columnAxis.shown]
      const cells = await pairsOf(scene, sides, measures, answer!, shown, currencies)
      const byRow = byKey(cells, 0)
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
          const inRow = byKey(cellsWith(byRow, row), 1)
          return columnAxis.shown.map((column) => filled(cellsWith(inRow, column)))
        }),
        rowTotals: rowAxis.shown.map((value) => filled(cellsWith(rows, value))),
        columnTotals: columnAxis.shown.map((value) => filled(cellsWith(columns, value))),
        total: valuesOf(measures, answer!.isTruncated ? await wholeOf(scene, measures, currencies) : cells),
        isTruncated: answer!.isTruncated || rowAxis.left.length + columnAxis.left.length > 0,
      }
    },
  }
}
