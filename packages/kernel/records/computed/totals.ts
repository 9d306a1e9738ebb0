/**
 * Exact totals of counts and sums, kept beside the values of the record that has them: who only adds a child adds what
 * the child brings, instead of reading all its siblings again. Whatever else changes is added up from the beginning.
 */
import type { ComputedField } from '../../expressions/index.ts'
import type { RecordData } from '../project.ts'
import type { Changes } from './changes.ts'

/** What a statement gives for a count or sum, before it becomes a value: nothing of it is rounded. */
export type Total = unknown

/** No field has such a key, so nobody sees it. */
const keyOf = ({ field }: ComputedField): string => `~${field.id}`

interface KeptTotal {
  total: Total
}

export const keptTotal = (data: RecordData, computed: ComputedField): KeptTotal | undefined =>
  data[keyOf(computed)] as KeptTotal | undefined

/** Keeps the total; false where it is the one that is there. */
export function keepTotal(data: RecordData, computed: ComputedField, total: Total): boolean {
  if (!isKept(computed)) return false
  const before = data[keyOf(computed)]
  if (before !== undefined && JSON.stringify(before) === JSON.stringify({ total })) return false
  data[keyOf(computed)] = { total } as never
  return true
}

const isKept = ({ plan }: ComputedField): boolean =>
  plan.kind === 'rollup' && (plan.op === 'count' || plan.op === 'sum')

/**
 * The children that the transaction has made, where nothing else that the total is made of has changed: then they are all
 * that is new in it. Undefined where there may be more to it.
 */
export function onlyAdded(computed: ComputedField, changes: Changes): string[] | undefined {
  const { plan, triggers } = computed
  if (plan.kind !== 'rollup' || !isKept(computed)) return undefined
  const { objectId, inverse } = plan.relation
  const children = new Set(changes.having(objectId, new Set([inverse])))
  for (const trigger of triggers) {
    if (trigger.back.length === 0) continue
    const changed = changes.having(trigger.objectId, trigger.keys)
    if (changed.length > 0 && (trigger.back.length > 1 || trigger.objectId !== objectId)) return undefined
    for (const id of changed) children.add(id)
  }
  const ids = [...children]
  return ids.length > 0 && ids.every((id) => changes.isNew(id)) ? ids : undefined
}

/** Two totals of different children as one. */
export function totalOf({ plan }: ComputedField, one: Total, other: Total): Total {
  if (plan.kind !== 'rollup' || plan.op === 'count') return (one as number) + (other as number)
  if (plan.source!.type !== 'money') return addedDecimals(one as string | null, other as string | null)
  const [left, right] = [one as MoneyTotal, other as MoneyTotal]
  if (left[0] === null || right[0] === null) return left[0] === null ? right : left
  const currencies = [left[1], left[2], right[1], right[2]].map(String).sort()
  return [String(BigInt(left[0]) + BigInt(right[0])), currencies[0], currencies.at(-1)]
}

type MoneyTotal = [minor: string | null, first: string | null, last: string | null]

/** Decimals as PostgreSQL writes them, added without rounding. */
function addedDecimals(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  const scale = Math.max(digitsAfterPoint(one), digitsAfterPoint(other))
  const sum = scaled(one, scale) + scaled(other, scale)
  const text = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0')
  const unsigned = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
  return sum < 0n ? `-${unsigned}` : unsigned
}

const digitsAfterPoint = (decimal: string): number => decimal.split('.')[1]?.length ?? 0
const scaled = (decimal: string, scale: number): bigint =>
  BigInt(decimal.replace('.', '') + '0'.repeat(scale - digitsAfterPoint(decimal)))
