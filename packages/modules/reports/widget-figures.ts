/** Widgets that show one number: metrics and goals. */

import { dayShifted } from '@oneforge/kernel/expressions'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import { currencyDigits, moneyOfMinor } from '@oneforge/kernel/metadata/values'
import { type Aggregated, type GroupBy, type Measure, measureName } from '@oneforge/kernel/records'
import { type DaySpan, shareOver, stretchesOf } from './ranges.ts'
import { ask, missing, type Plan, type Scene } from './scene.ts'
import {
  cellsOf,
  changeOf,
  emptyValue,
  isMixed,
  type Money,
  numberOf,
  shareOf,
  type Value,
  valuesOf,
} from './values.ts'

export const measureOf = ({ widget }: Scene): Measure => (widget.measure ?? { op: 'count' }) as Measure

export const measuresOf = (scene: Scene): Measure[] =>
  (scene.widget.measures as Measure[] | undefined) ?? [measureOf(scene)]

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

const oneValue = (measure: Measure, answer: Aggregated | undefined): Value =>
  answer ? valuesOf([measure], cellsOf([measure], answer))[0]! : null

/** How far back a line goes that no range says. */
const usualStretches = { day: 30, week: 12, month: 12 } as const
const mostPoints = 400

export async function planMetric(scene: Scene): Promise<Plan> {
  const measure = measureOf(scene)
  const { widget, period, comparedWith } = scene
  const span = widget.sparkline ? (period ?? usualSpan(widget.sparkline, scene.today)) : null
  const line = span && lineGroup(scene)
  const groups = currenciesOf(scene, [measure])
  const questions = await Promise.all([
    ask(scene, groups, [measure], period),
    ...(comparedWith ? [ask(scene, groups, [measure], comparedWith)] : []),
    ...(line ? [ask(scene, [line], [measure], span)] : []),
  ])
  return {
    questions,
    finish(answers) {
      const rest = [...answers]
      const cells = cellsOf([measure], rest.shift()!)
      const value = valuesOf([measure], cells)[0]!
      const previous = comparedWith ? oneValue(measure, rest.shift()) : null
      const points = line ? pointsOf(scene, measure, span, rest.shift()!) : []
      return {
        value,
        previous,
        change: changeOf(value, previous),
        points,
        amounts: (isMixed(value) && value.amounts) || [],
      }
    },
  }
}

/**
 * Amounts may be in several currencies, which are then told one by one: they are asked for so from the start, unless there
 * is a measure beside them that cannot be put together again.
 */
export function currenciesOf(scene: Scene, measures: Measure[]): GroupBy[] {
  if (measures.some(({ op }) => op === 'distinct')) return []
  const fields = new Set(measures.flatMap((measure) => (isMoney(scene, measure) ? measure.field! : [])))
  return [...fields].map((field) => ({ field, part: 'currency' }))
}

const isMoney = ({ object }: Scene, { op, field }: Measure): boolean =>
  field !== undefined && op !== 'count' && op !== 'distinct' && object.field.get(field)?.type === 'money'

function lineGroup({ widget, dateField }: Scene) {
  if (!dateField) throw missing('period.field', widget)
  return { field: dateField, interval: widget.sparkline! }
}

function usualSpan(interval: keyof typeof usualStretches, today: string): DaySpan {
  return { from: dayShifted(interval, today, 1 - usualStretches[interval]), to: today }
}

function pointsOf({ widget, clock, context }: Scene, measure: Measure, span: DaySpan, answer: Aggregated) {
  const cells = new Map(cellsOf([measure], answer).map((cell) => [cell.keys[0], cell]))
  const values = new Map([...cells].map(([key, cell]) => [key, valuesOf([measure], [cell])[0]!]))
  const empty = emptyValue(measure, [...values.values()], context.model.currency)
  return stretchesOf(widget.sparkline!, span, clock.weekStart, mostPoints).map((from) => ({
    from,
    value: values.get(from) ?? empty,
  }))
}

export async function planGoal(scene: Scene): Promise<Plan> {
  const measure = measureOf(scene)
  const { widget, period, comparedWith, today } = scene
  const { target } = widget
  if (target === undefined) throw missing('target', widget)
  const questions = await Promise.all([
    ask(scene, [], [measure], period),
    ...(comparedWith ? [ask(scene, [], [measure], comparedWith)] : []),
  ])
  return {
    questions,
    finish([now, before]) {
      const value = oneValue(measure, now)
      const previous = before ? oneValue(measure, before) : null
      const wanted = isMoney(scene, measure) ? wholeUnits(target, scene.context.model.currency) : target
      return {
        value,
        target: wanted,
        share: value === null ? 0 : shareOf(value, wanted),
        expectedShare: period && shareOver(period, today),
        previous,
        change: numberOf(value) === null ? null : changeOf(value, previous),
      }
    },
  }
}

const wholeUnits = (amount: number, currency: string): Money =>
  moneyOfMinor(BigInt(Math.round(amount * 10 ** currencyDigits(currency))), currency)
