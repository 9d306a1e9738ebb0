/** What the signs of formulas do to values of each kind, and which kinds they take. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { compareValues } from './formula-functions.ts'
import { asDay, isQuantity, isTime, kindNames, orNull, type Part, unified, Wrong } from './formula-parts.ts'
import {
  dayNumber,
  dayOfNumber,
  divided,
  FormulaFailure,
  type FormulaMoment,
  type FormulaValue,
  inOneCurrency,
  isAmount,
  type Kind,
  numberOfAmount,
  scaled,
  textOf,
} from './formula-values.ts'

type Operation = Extract<ASTNode, { args: [ASTNode, ASTNode] }>

export function negated(node: ASTNode, part: Part): Part {
  if (!isQuantity(part.kind) && part.kind !== 'nothing') throw new Wrong(node, `turns ${kindNames[part.kind]} negative`)
  const negate = (value: FormulaValue) => (isAmount(value) ? { ...value, minor: -value.minor } : -(value as number))
  return {
    kind: part.kind,
    run(run) {
      const value = part.run(run)
      return value === null ? null : negate(value)
    },
  }
}

type Calculation = (left: FormulaValue, right: FormulaValue, moment: FormulaMoment) => FormulaValue

/** Both values, or an absent result. */
function binary(kind: Kind, left: Part, right: Part, calculate: Calculation): Part {
  return {
    kind,
    run(run) {
      const [a, b] = [left.run(run), right.run(run)]
      return a === null || b === null ? null : calculate(a, b, run.moment)
    },
  }
}

export function arithmetic(node: Operation, left: Part, right: Part): Part {
  const sign = node.op
  if (sign === '+' && (left.kind === 'text' || right.kind === 'text')) return joined(left, right)
  if (isTime(left.kind) || isTime(right.kind)) return inTime(node, left, right)
  const wrong = [left, right].findIndex(({ kind }) => !isQuantity(kind) && kind !== 'nothing')
  if (wrong >= 0) {
    throw new Wrong(node.args[wrong]!, `is ${kindNames[[left, right][wrong]!.kind]}, which ${sign} cannot reckon with`)
  }
  const amounts = left.kind === 'money' || right.kind === 'money'
  if (!amounts) return binary('number', left, right, (a, b) => numeric(sign, a as number, b as number))
  if (sign === '+' || sign === '-') return binary('money', left, right, (a, b) => sum(a, b, sign))
  if (sign === '/' && right.kind === 'money') {
    if (left.kind !== 'money') throw new Wrong(node, 'divides a number by an amount of money; use amount(…)')
    return binary('number', left, right, quotientOfAmounts)
  }
  if (sign === '%' || (left.kind === 'money' && right.kind === 'money')) {
    throw new Wrong(node, `cannot be done with two amounts of money; use amount(…) for the number of one`)
  }
  return binary('money', left, right, (a, b) => product(sign, a, b))
}

function numeric(sign: string, left: number, right: number): number {
  if ((sign === '/' || sign === '%') && right === 0) throw new FormulaFailure('something is divided by zero')
  const result =
    sign === '+'
      ? left + right
      : sign === '-'
        ? left - right
        : sign === '*'
          ? left * right
          : sign === '/'
            ? left / right
            : left % right
  if (!Number.isFinite(result)) throw new FormulaFailure('the number is too large')
  return result
}

function sum(left: FormulaValue, right: FormulaValue, sign: '+' | '-'): FormulaValue {
  const amounts = inOneCurrency(left, right)
  if (!amounts) return numeric(sign, left as number, right as number)
  const [a, b] = amounts
  return { ...a, minor: sign === '+' ? a.minor + b.minor : a.minor - b.minor }
}

function product(sign: string, left: FormulaValue, right: FormulaValue): FormulaValue {
  if (isAmount(left)) return sign === '*' ? scaled(left, right as number) : divided(left, right as number)
  return isAmount(right) ? scaled(right, left as number) : numeric(sign, left as number, right as number)
}

function quotientOfAmounts(left: FormulaValue, right: FormulaValue): FormulaValue {
  const amounts = inOneCurrency(left, right)
  const [a, b] = amounts ? amounts.map(numberOfAmount) : [left as number, right as number]
  return numeric('/', a!, b!)
}

/** Absent values are empty in a text; only where all are absent there is none. */
function joined(left: Part, right: Part): Part {
  return { kind: 'text', run: (run) => orNull(textOf(left.run(run)) + textOf(right.run(run))) }
}

function inTime(node: Operation, left: Part, right: Part): Part {
  const [from, to] = [asDay(left), asDay(right)]
  if (node.op === '-' && left.kind === 'datetime' && right.kind === 'datetime') {
    return binary('number', left, right, (a, b) => (Date.parse(a as string) - Date.parse(b as string)) / 86_400_000)
  }
  if (node.op === '-' && from && to) {
    return binary('number', from, to, (a, b) => dayNumber(a as string) - dayNumber(b as string))
  }
  const later = (day: FormulaValue, count: number) => dayOfNumber(dayNumber(day as string) + Math.trunc(count))
  if (node.op === '+' && from && right.kind === 'number') {
    return binary('date', from, right, (day, count) => later(day, count as number))
  }
  if (node.op === '+' && to && left.kind === 'number') {
    return binary('date', left, to, (count, day) => later(day, count as number))
  }
  if (node.op === '-' && from && right.kind === 'number') {
    return binary('date', from, right, (day, count) => later(day, -(count as number)))
  }
  throw new Wrong(node, `cannot reckon so with dates: date - date gives days, date + 7 a later date`)
}

const ordering: Record<string, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

export function comparison(node: Operation, first: Part, second: Part): Part {
  const [left, right] = unified([first, second], node) as [Part, Part]
  if (node.op === '==' || node.op === '!=') {
    const wanted = node.op === '=='
    return { kind: 'boolean', run: (run) => areEqual(left.run(run), right.run(run)) === wanted }
  }
  if (left.kind === 'list' || left.kind === 'boolean') {
    throw new Wrong(node, `compares ${kindNames[left.kind]} by order; it has none`)
  }
  const test = ordering[node.op]!
  return binary('boolean', left, right, (a, b) => test(compareValues(a, b)))
}

function areEqual(left: FormulaValue, right: FormulaValue): boolean {
  if (left === null || right === null) return left === right
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => areEqual(item, right[index]!))
  }
  if (isAmount(left) && isAmount(right)) return left.currency === right.currency && left.minor === right.minor
  return isAmount(left) || isAmount(right) ? compareValues(left, right) === 0 : left === right
}

export function membership(node: Operation, item: Part, list: Part): Part {
  if (list.kind !== 'list')
    throw new Wrong(node.args[1], `is ${kindNames[list.kind]} where a list is needed, such as ["a", "b"]`)
  return {
    kind: 'boolean',
    run(run) {
      const [value, values] = [item.run(run), list.run(run) ?? []]
      return value !== null && (values as FormulaValue[]).some((other) => areEqual(value, other))
    },
  }
}
