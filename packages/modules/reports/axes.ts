/** The values that a grouping is shown by: which, in what order, and which are left. */
import type { GroupBy, Measure } from '@oneforge/kernel/records'
import { measureName } from '@oneforge/kernel/records'
import type { GroupReader } from './categories.ts'
import type { Groups } from './crossing.ts'
import { type DaySpan, isUnit, recurrencesOf, stretchesOf } from './ranges.ts'
import type { Scene } from './scene.ts'
import { compareValues, type Value, valuesOf } from './values.ts'

const mostStretches = 400

/** The values of a grouping in the order that they are shown in; those beyond the limit are left. */
export interface Axis {
  shown: unknown[]
  left: unknown[]
}

export interface Order {
  period: DaySpan | null
  measures: Measure[]
  limit: number
  /** As the widget has it; the greatest first unless said. */
  sort?: string[] | undefined
  /** Options of which there are no records are shown as well. */
  allOptions?: boolean
}

export function axisOf(scene: Scene, group: GroupBy, reader: GroupReader, groups: Groups, order: Order): Axis {
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

export function inOrder({ field }: GroupBy, groups: Groups, { measures, sort = [] }: Order): unknown[] {
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
