/**
 * Exact totals of rollups, kept beside the values of the record that has them. What children bring can be added to a
 * total and taken from it again, so that a change of one child does not read all its siblings.
 */
import { createHash } from 'node:crypto'
import type { ComputedField } from '../../expressions/index.ts'
import { type CompiledField, storedKey } from '../../metadata/index.ts'
import type { RecordData } from '../project.ts'

export type Rollup = Extract<ComputedField['plan'], { kind: 'rollup' }>

/** The sum of decimals as PostgreSQL writes them, and how many there are. */
type Sum = [sum: string, count: number]

/** The greatest (or least) values, the best first, and how many there are in all: those left out are no better. */
type Ranking = [best: string[], count: number]

export type Tally = Sum | Ranking

/** A count, a tally, or of money a tally of smallest units for each currency. Nothing of it is rounded. */
export type Total = number | Tally | Record<string, Tally>

/** Values that a ranking names: so many of the best may leave before all are read again. */
export const mostRanked = 20

export const isTime = ({ type }: CompiledField): boolean => type === 'date' || type === 'datetime' || type === 'time'

/** No field has such a key, so nobody sees it. */
const keyOf = ({ field }: ComputedField): string => `~${field.id}`

interface KeptTotal {
  /** Tells definitions apart: a total of another one is not added to. */
  of: string
  total: Total
}

export function keptTotal(data: RecordData, computed: ComputedField): Total | undefined {
  const kept = data[keyOf(computed)] as KeptTotal | undefined
  return kept?.of === definitionOf(computed) ? kept.total : undefined
}

/** Keeps the total of a rollup; false where it is the one that is there. */
export function keepTotal(data: RecordData, computed: ComputedField, total: unknown): boolean {
  if (computed.plan.kind !== 'rollup') return false
  const kept = { of: definitionOf(computed), total }
  const before = data[keyOf(computed)] as KeptTotal | undefined
  if (before?.of === kept.of && JSON.stringify(before.total) === JSON.stringify(total)) return false
  data[keyOf(computed)] = kept as never
  return true
}

const definitions = new WeakMap<ComputedField, string>()

function definitionOf(computed: ComputedField): string {
  const known = definitions.get(computed)
  if (known) return known
  const { field, plan } = computed
  const source = plan.kind === 'rollup' ? plan.source : undefined
  const definition = JSON.stringify([field.computation, source?.type, source && storedKey(source)])
  const name = createHash('sha256').update(definition).digest('base64url').slice(0, 12)
  definitions.set(computed, name)
  return name
}

/**
 * The total once children bring something else.
 *
 * @param arrived what each of them brings now.
 * @param gone what each of them brought when the total was made.
 * @returns undefined where only all children tell: the best of a ranking have left.
 */
export function changedTotal(plan: Rollup, total: Total, arrived: Total[], gone: Total[]): Total | undefined {
  let changed: Total | undefined = total
  for (const one of arrived) changed = changed === undefined ? undefined : combined(plan, changed, one, 1)
  for (const one of gone) changed = changed === undefined ? undefined : combined(plan, changed, one, -1)
  return changed
}

function combined(plan: Rollup, total: Total, change: Total, sign: 1 | -1): Total | undefined {
  if (plan.op === 'count') return (total as number) + sign * (change as number)
  if (plan.source!.type !== 'money') return tallied(plan, total as Tally, change as Tally, sign)
  const currencies: Record<string, Tally> = { ...(total as Record<string, Tally>) }
  for (const [currency, brought] of Object.entries(change as Record<string, Tally>)) {
    const tally = tallied(plan, currencies[currency] ?? emptyTally(plan), brought, sign)
    if (!tally) return undefined
    if (tally[1] === 0) delete currencies[currency]
    else currencies[currency] = tally
  }
  return currencies
}

const emptyTally = (plan: Rollup): Tally => (isRanked(plan) ? [[], 0] : ['0', 0])
const isRanked = ({ op }: Rollup): boolean => op === 'min' || op === 'max'

function tallied(plan: Rollup, one: Tally, other: Tally, sign: 1 | -1): Tally | undefined {
  if (isRanked(plan)) return ranked(plan, one as Ranking, other as Ranking, sign)
  const [sum, count] = other as Sum
  return [addedDecimals(one[0] as string, sum, sign), one[1] + sign * count]
}

function ranked(plan: Rollup, one: Ranking, other: Ranking, sign: 1 | -1): Ranking | undefined {
  const order = orderOf(plan)
  let [best, count] = one
  for (const value of other[0]) {
    // Where not all are named, what is no better than the last that is was never among them, or need not be.
    const isNamed = best.length === count || order(value, best.at(-1)!) < 0
    count += sign
    if (sign > 0 && isNamed) best = [...best, value].sort(order).slice(0, mostRanked)
    if (sign < 0) best = without(best, value, order)
    if (best.length === 0 && count > 0) return undefined
  }
  return [best, count]
}

function without(values: string[], value: string, order: (a: string, b: string) => number): string[] {
  const at = values.findIndex((one) => order(one, value) === 0)
  return at < 0 ? values : values.toSpliced(at, 1)
}

/** The best first. */
function orderOf({ op, source }: Rollup): (a: string, b: string) => number {
  const ascending = isTime(source!) ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : comparedDecimals
  return op === 'min' ? ascending : (a, b) => ascending(b, a)
}

function comparedDecimals(one: string, other: string): number {
  const scale = Math.max(digitsAfterPoint(one), digitsAfterPoint(other))
  const difference = scaled(one, scale) - scaled(other, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function addedDecimals(one: string, other: string, sign: 1 | -1): string {
  const scale = Math.max(digitsAfterPoint(one), digitsAfterPoint(other))
  const sum = scaled(one, scale) + BigInt(sign) * scaled(other, scale)
  const text = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0')
  const unsigned = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
  return sum < 0n ? `-${unsigned}` : unsigned
}

const digitsAfterPoint = (decimal: string): number => decimal.split('.')[1]?.length ?? 0
const scaled = (decimal: string, scale: number): bigint =>
  BigInt(decimal.replace('.', '') + '0'.repeat(scale - digitsAfterPoint(decimal)))
