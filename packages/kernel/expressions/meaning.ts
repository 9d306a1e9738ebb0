/**
 * What a condition asks, reduced to four tests on absent-or-present values. Both evaluators start here, so that they
 * differ only in how they look a value up. Negative operators are the opposite of the positive ones: they also hold
 * where there is no value, and over a relation where no related record matches.
 */
import type { FieldType } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import type { Condition, FilterContext, Operand, Operator, Target } from './filter.ts'
import { momentsOfDays, type Period, relativeDays } from './periods.ts'

/** A stretch of values; absent bounds are open. */
export interface Span {
  over?: StoredValue
  from?: StoredValue
  upTo?: StoredValue
  below?: StoredValue
}

export type Test =
  | { kind: 'present' }
  | { kind: 'oneOf'; values: StoredValue[] }
  /** Ordered as sort keys are. */
  | { kind: 'within'; spans: Span[] }
  /** Whatever the case and the accents. */
  | { kind: 'holds'; text: string; where: 'anywhere' | 'start' }

export interface Meaning {
  negated: boolean
  test: Test
}

const typeOf = (target: Target): FieldType => (target.kind === 'relation' ? 'relation' : target.field.type)

function operandValue(operand: Operand, context: FilterContext): StoredValue {
  if ('me' in operand) return context.me
  if ('value' in operand) return operand.value
  if ('daysAgo' in operand) return new Date(context.now.getTime() - operand.daysAgo * 86_400_000).toISOString()
  throw new Error('Only a date has a period')
}

/** From the first to the last value that an operand stands for: one and the same but for days and relative periods. */
function periodOf(
  operand: Operand,
  type: FieldType,
  context: FilterContext,
): { first: StoredValue; last: StoredValue } {
  const days: Period | undefined =
    'relative' in operand
      ? relativeDays(operand.relative, operand.n, context.now, context.timeZone)
      : 'day' in operand
        ? { first: operand.day, last: operand.day }
        : undefined
  if (days) return type === 'datetime' ? momentsOfDays(days, context.timeZone) : days
  const value = operandValue(operand, context)
  return { first: value, last: value }
}

function equalTo(operands: Operand[], type: FieldType, context: FilterContext): Test {
  const stretches = operands.some((operand) => 'day' in operand || 'relative' in operand)
  if (!stretches) {
    const asked = operands.filter((operand) => !('me' in operand && context.me === ''))
    return { kind: 'oneOf', values: asked.map((operand) => operandValue(operand, context)) }
  }
  const spans = operands.map((operand) => {
    const { first, last } = periodOf(operand, type, context)
    return { from: first, upTo: last }
  })
  return { kind: 'within', spans }
}

function comparedWith(op: Operator, operands: Operand[], type: FieldType, context: FilterContext): Test {
  const [low, high] = operands.map((operand) => periodOf(operand, type, context))
  const { first, last } = low!
  if (op === 'gt') return { kind: 'within', spans: [{ over: last }] }
  if (op === 'gte') return { kind: 'within', spans: [{ from: first }] }
  if (op === 'lt') return { kind: 'within', spans: [{ below: first }] }
  if (op === 'lte') return { kind: 'within', spans: [{ upTo: last }] }
  return { kind: 'within', spans: [{ from: first, upTo: high!.last }] }
}

export function meaningOf({ op, operands, target }: Condition, context: FilterContext): Meaning {
  const type = typeOf(target)
  if (op === 'empty' || op === 'notEmpty') return { negated: op === 'empty', test: { kind: 'present' } }
  if (op === 'eq' || op === 'in') return { negated: false, test: equalTo(operands, type, context) }
  if (op === 'ne' || op === 'nin') return { negated: true, test: equalTo(operands, type, context) }
  if (op !== 'contains' && op !== 'startsWith') {
    return { negated: false, test: comparedWith(op, operands, type, context) }
  }
  if (type === 'multiselect' || type === 'tags') return { negated: false, test: equalTo(operands, type, context) }
  const text = operandValue(operands[0]!, context) as string
  return { negated: false, test: { kind: 'holds', text, where: op === 'contains' ? 'anywhere' : 'start' } }
}
