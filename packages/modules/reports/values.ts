/** Values of measures: how those of several groups are put together, and how one compares with another. */
import { minorUnits, moneyOfMinor } from '@oneforge/kernel/metadata/values'
import type { Aggregated, Measure } from '@oneforge/kernel/records'

export interface Money {
  amount: string
  currency: string
}
/** Amounts of several currencies do not add up. */
export interface MixedMoney {
  amount: null
  currency: null
  mixed: true
  /** How much of each currency, where it was asked for by currency. */
  amounts?: Money[]
}
export type Value = number | string | Money | MixedMoney | null

export const mixed: MixedMoney = { amount: null, currency: null, mixed: true }

const isMoney = (value: Value): value is Money => typeof value === 'object' && value !== null && value.amount !== null
export const isMixed = (value: Value): value is MixedMoney =>
  typeof value === 'object' && value !== null && value.amount === null

/** What is asked for a measure, so that its values of several groups can be put together: an average cannot. */
export const partsOf = (measure: Measure): Measure[] =>
  measure.op === 'avg'
    ? [
        { op: 'sum', field: measure.field! },
        { op: 'count', field: measure.field! },
      ]
    : [measure]

/** A group, with the parts of each measure. */
export interface Cell {
  keys: unknown[]
  parts: Value[][]
}

/** The groups of an answer to the parts of the measures, one measure after the other. */
export function cellsOf(measures: Measure[], { groups }: Aggregated): Cell[] {
  return groups.map(({ keys, values }) => {
    const rest = [...values] as Value[]
    return { keys, parts: measures.map((measure) => rest.splice(0, partsOf(measure).length)) }
  })
}

/** The value of each measure over all of the groups together. */
export const valuesOf = (measures: Measure[], cells: Cell[]): Value[] =>
  measures.map((measure, index) =>
    together(
      measure,
      cells.map(({ parts }) => parts[index]!),
    ),
  )

/** The value of what is in the whole and in none of the cells; null where that cannot be told of the measure. */
export function valueBeyond(measure: Measure, whole: Cell[], cells: Cell[]): Value {
  if (!['count', 'sum', 'avg'].includes(measure.op)) return null
  const taken = cells.map(({ keys, parts }) => ({ keys, parts: parts.map((values) => values.map(negated)) }))
  return valuesOf([measure], [...whole, ...taken])[0]!
}

const negated = (value: Value): Value =>
  typeof value === 'number' ? -value : isMoney(value) ? moneyOfMinor(-minorUnits(value), value.currency) : value

/** One value of the parts of several groups; amounts of several currencies stay beside one another. */
function together(measure: Measure, groups: Value[][]): Value {
  const amounts = groups.flatMap(([first = null]) => (isMoney(first) ? first : []))
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].toSorted()
  if (currencies.length < 2 || groups.some(([first = null]) => isMixed(first))) return inOneCurrency(measure, groups)
  const each = currencies.map((currency) => {
    const own = groups.filter(([first = null]) => isMoney(first) && first.currency === currency)
    return inOneCurrency(measure, own)
  })
  return { ...mixed, amounts: each.filter(isMoney) }
}

/** How many different values groups have together nobody knows. */
function inOneCurrency({ op }: Measure, groups: Value[][]): Value {
  const [first, second] = [0, 1].map((part) => groups.map((parts) => parts[part] ?? null)) as [Value[], Value[]]
  switch (op) {
    case 'count':
      return sumOf(first) ?? 0
    case 'sum':
      return sumOf(first)
    case 'avg':
      return quotient(sumOf(first), sumOf(second) as number | null)
    case 'distinct':
      return groups.length === 0 ? 0 : groups.length === 1 ? first[0]! : null
    default:
      return extremeOf(op, first)
  }
}

function sumOf(values: Value[]): Value {
  const present = values.filter((value) => value !== null)
  if (present.length === 0) return null
  if (present.some(isMixed)) return mixed
  const amounts = present.filter(isMoney)
  if (amounts.length === 0) return (present as number[]).reduce((sum, value) => sum + value, 0)
  const minor = amounts.reduce((sum, amount) => sum + minorUnits(amount), 0n)
  return moneyOfMinor(minor, amounts[0]!.currency)
}

/** Half minor units round away from zero, as PostgreSQL does. */
function quotient(sum: Value, count: number | null): Value {
  if (sum === null || !count || isMixed(sum)) return isMixed(sum) ? mixed : null
  if (!isMoney(sum)) return (sum as number) / count
  const [minor, of] = [minorUnits(sum), BigInt(count)]
  const half = minor < 0n ? -of : of
  return moneyOfMinor((2n * minor + half) / (2n * of), sum.currency)
}

function extremeOf(op: 'min' | 'max', values: Value[]): Value {
  const present = values.filter((value) => value !== null)
  if (present.some(isMixed)) return mixed
  const sign = op === 'min' ? 1 : -1
  return present.toSorted((a, b) => sign * compareValues(a, b))[0] ?? null
}

/** More than one says that the values have no common measure: neither an axis nor a whole that they are parts of. */
export const areOfSeveralCurrencies = (values: Value[]): boolean =>
  values.some(isMixed) || new Set(values.filter(isMoney).map(({ currency }) => currency)).size > 1

/** For putting values in order; those that are none come last upwards. Amounts are compared within their currency. */
export function compareValues(a: Value, b: Value): number {
  if (isMoney(a) && isMoney(b) && a.currency !== b.currency) return a.currency < b.currency ? -1 : 1
  const [one, other] = [orderOf(a), orderOf(b)]
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : one > other ? 1 : 0
  return Number(one) - Number(other)
}

const orderOf = (value: Value): number | string =>
  typeof value === 'string' ? value : (numberOf(value) ?? Number.NEGATIVE_INFINITY)

/** The number that a value is, its currency aside; null for dates and where there is none. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value
  return isMoney(value) ? Number(value.amount) : null
}

/** The part that one value is of another of its kind: 0.25 is a quarter. Null where that says nothing. */
export function shareOf(value: Value, whole: Value): number | null {
  if (isMoney(value) && isMoney(whole) && value.currency !== whole.currency) return null
  const [part, all] = [numberOf(value), numberOf(whole)]
  return part === null || all === null || all === 0 ? null : part / all
}

/** How much more it is than before: 0.25 is a quarter more. */
export function changeOf(value: Value, before: Value): number | null {
  const [now, then] = [numberOf(value), numberOf(before)]
  if (shareOf(value, before) === null || now === null || then === null) return null
  return (now - then) / Math.abs(then)
}

/** What stands where there are no records: counts and sums are zero, in the currency of their neighbours. */
export function emptyValue({ op }: Measure, neighbours: Value[], currency: string): Value {
  if (op === 'count' || op === 'distinct') return 0
  if (op !== 'sum') return null
  const present = neighbours.find((value) => value !== null)
  if (present === undefined || typeof present === 'number') return 0
  return moneyOfMinor(0n, isMoney(present) ? present.currency : currency)
}
