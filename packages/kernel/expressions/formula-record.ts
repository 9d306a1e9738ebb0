/**
 * Formulas over a record, checked when they are written: CEL as its library parses it, with the kinds of values that
 * records have. CEL itself knows neither money nor days nor absent values, and refuses to mix its two kinds of numbers.
 */
import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import type { FieldType } from '../metadata/index.ts'
import { isDate, type StoredValue } from '../metadata/values/index.ts'
import { compareValues, type FormulaFunction, functionNamed, type Parameter } from './formula-functions.ts'
import {
  dayNumber,
  dayOfNumber,
  divided,
  FormulaFailure,
  type FormulaMoment,
  type FormulaValue,
  fromStored,
  inOneCurrency,
  isAmount,
  type Kind,
  kindOfType,
  numberOfAmount,
  scaled,
  textOf,
  toDay,
} from './formula-values.ts'

/** What a dotted name stands for, or why it cannot be used. */
export type Resolved = { type: FieldType } | { problem: string }

export interface FormulaProblem {
  message: string
  /** From which character to which, counted from 0; null where it concerns the whole. */
  position: { start: number; end: number } | null
}

/** Values by dotted name, as records hold them. */
export type FormulaInput = (name: string) => StoredValue | null | undefined

export interface RecordFormula {
  kind: Kind
  /** The dotted names that it reads, each once: `quantity`, `company.discount`. */
  names: string[]
  /** Whether its result changes from day to day. */
  moving: boolean
  /** The value for these inputs; throws `FormulaFailure` where there is none and somebody should know why. */
  evaluate(read: FormulaInput, moment: FormulaMoment): FormulaValue
}

const maxSource = 2_000
const cel = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 500, maxDepth: 50, maxListElements: 100, maxCallArguments: 16 },
})

interface Run {
  read: FormulaInput
  moment: FormulaMoment
}

/** A part of a formula: its kind is known before any record is. */
interface Part {
  kind: Kind
  run(run: Run): FormulaValue
  /** The value itself where it is written in the formula. */
  literal?: FormulaValue
}

/** Thrown and caught in this file only: a formula is wrong at its first wrong place. */
class Wrong extends Error {
  readonly node: ASTNode
  constructor(node: ASTNode, message: string) {
    super(message)
    this.node = node
  }
}

/**
 * Reads a formula. Problems name the place; there is at most one, since what follows from it says little.
 *
 * @example compileRecordFormula('quantity * price', (name) => ({ type: typeOf(name) }))
 */
export function compileRecordFormula(
  source: string,
  resolve: (name: string) => Resolved,
): { formula: RecordFormula } | { problems: FormulaProblem[] } {
  if (source.trim() === '') return { problems: [{ message: 'is empty', position: null }] }
  if (source.length > maxSource) {
    return { problems: [{ message: `must have at most ${maxSource} characters`, position: null }] }
  }
  const reading = new Reading(resolve)
  try {
    const part = reading.part(cel.parse(source).ast)
    const { names, moving } = reading
    return {
      formula: {
        kind: part.kind,
        names: [...names],
        moving,
        evaluate: (read, moment) => part.run({ read, moment }),
      },
    }
  } catch (error) {
    return { problems: [problemOf(error)] }
  }
}

/** The dotted names that stand in a formula, whatever they mean; none where it cannot be read. */
export function namesInFormula(source: string): string[] {
  try {
    return [...new Set(namesIn(cel.parse(source).ast))]
  } catch {
    return []
  }
}

function namesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(namesIn)
  if (typeof part !== 'object' || part === null || !('op' in part)) return []
  const node = part as ASTNode
  const name = dottedName(node)
  return name === undefined ? namesIn(node.args) : [name]
}

function problemOf(error: unknown): FormulaProblem {
  if (error instanceof Wrong) {
    return { message: error.message, position: { start: error.node.start, end: error.node.end } }
  }
  const { summary, range } = error as { summary?: string; range?: FormulaProblem['position'] }
  if (summary === undefined) throw error
  return { message: `cannot be read: ${summary}`, position: range ? { start: range.start, end: range.end } : null }
}

type Operation = Extract<ASTNode, { args: [ASTNode, ASTNode] }>

const kindNames: Record<Kind, string> = {
  number: 'a number',
  money: 'an amount of money',
  text: 'text',
  boolean: 'yes or no',
  date: 'a date',
  datetime: 'a date and time',
  list: 'a list',
  nothing: 'nothing',
}

const isTime = (kind: Kind): boolean => kind === 'date' || kind === 'datetime'
const isQuantity = (kind: Kind): boolean => kind === 'number' || kind === 'money'

/** What a value counts for in a condition: absent is false. */
const holds = (value: FormulaValue): boolean => value === true

class Reading {
  readonly names = new Set<string>()
  moving = false
  private readonly resolve: (name: string) => Resolved

  constructor(resolve: (name: string) => Resolved) {
    this.resolve = resolve
  }

  part(node: ASTNode): Part {
    switch (node.op) {
      case 'value':
        return literalPart(node, node.args)
      case 'id':
      case '.':
        return this.name(node)
      case 'list':
        return listPart(node.args.map((item) => this.part(item)))
      case '-_':
        return negated(node, this.part(node.args))
      case '!_': {
        const part = this.condition(node.args)
        return { kind: 'boolean', run: (run) => !holds(part.run(run)) }
      }
      case '&&': {
        const [left, right] = node.args.map((side) => this.condition(side)) as [Part, Part]
        return { kind: 'boolean', run: (run) => holds(left.run(run)) && holds(right.run(run)) }
      }
      case '||': {
        const [left, right] = node.args.map((side) => this.condition(side)) as [Part, Part]
        return { kind: 'boolean', run: (run) => holds(left.run(run)) || holds(right.run(run)) }
      }
      case '?:':
        return this.choice(node.args)
      case 'call':
        return this.call(node, node.args[0], node.args[1])
      case 'rcall':
        return this.call(node, node.args[0], [node.args[1], ...node.args[2]])
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return arithmetic(node, this.part(node.args[0]), this.part(node.args[1]))
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return comparison(node, this.part(node.args[0]), this.part(node.args[1]))
      case 'in':
        return membership(node, this.part(node.args[0]), this.part(node.args[1]))
      default:
        throw new Wrong(node, `uses “${node.op}”, which formulas do not have`)
    }
  }

  private name(node: ASTNode): Part {
    const name = dottedName(node)
    if (name === undefined) throw new Wrong(node, 'takes a part of something that has none')
    const found = this.resolve(name)
    if ('problem' in found) throw new Wrong(node, found.problem)
    const kind = kindOfType(found.type)
    if (!kind) throw new Wrong(node, `“${name}” holds values of type ${found.type}, which formulas cannot use`)
    this.names.add(name)
    return { kind, run: ({ read }) => fromStored(found.type, read(name)) }
  }

  private condition(node: ASTNode): Part {
    const part = this.part(node)
    if (part.kind === 'boolean' || part.kind === 'nothing') return part
    throw new Wrong(node, `is ${kindNames[part.kind]} where a condition is needed, such as total > 100`)
  }

  private choice([condition, ifSo, ifNot]: [ASTNode, ASTNode, ASTNode]): Part {
    const asked = this.condition(condition)
    const [first, second] = unified([this.part(ifSo), this.part(ifNot)], ifNot) as [Part, Part]
    const kind = first.kind
    return { kind, run: (run) => (holds(asked.run(run)) ? first.run(run) : second.run(run)) }
  }

  private call(node: ASTNode, name: string, argumentNodes: ASTNode[]): Part {
    const called = functionNamed.get(name === 'size' ? 'length' : name)
    if (!called) throw new Wrong(node, `calls “${name}”, which is not a function here`)
    const { parameters, repeats, required = parameters.length } = called
    const fits = argumentNodes.length >= required && (repeats || argumentNodes.length <= parameters.length)
    if (!fits) throw new Wrong(node, `is to be written ${called.signature}`)
    if (called.moving) this.moving = true
    const parts = argumentNodes.map((one, index) => {
      const parameter = parameters[Math.min(index, parameters.length - 1)]!
      return argument(one, this.part(one), parameter, called)
    })
    const args = parameters.includes('same') ? unified(parts, node) : parts
    return { kind: called.result === 'same' ? args[0]!.kind : called.result, run: (run) => invoke(called, args, run) }
  }
}

function invoke(called: FormulaFunction, args: Part[], run: Run): FormulaValue {
  const values = args.map((part) => part.run(run))
  if (!called.takesAbsent && values.includes(null)) return null
  return called.run(values, run.moment)
}

function dottedName(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args
  if (node.op !== '.') return undefined
  const owner = dottedName(node.args[0])
  return owner === undefined ? undefined : `${owner}.${node.args[1]}`
}

function literalPart(node: ASTNode, value: unknown): Part {
  const constant = (kind: Kind, literal: FormulaValue): Part => ({ kind, literal, run: () => literal })
  if (value === null) return constant('nothing', null)
  if (typeof value === 'bigint' || typeof value === 'number') return constant('number', Number(value))
  if (typeof value === 'string') return constant('text', value)
  if (typeof value === 'boolean') return constant('boolean', value)
  throw new Wrong(node, 'is a kind of value that formulas do not have')
}

function listPart(parts: Part[]): Part {
  return { kind: 'list', run: (run) => parts.map((part) => part.run(run)) }
}

/** An argument as its function takes it. */
function argument(node: ASTNode, part: Part, parameter: Parameter, { signature }: FormulaFunction): Part {
  const { kind } = part
  if (kind === 'nothing' || parameter === 'any' || parameter === 'same') return part
  if (parameter === 'words') return asText(part)
  if (parameter === 'quantity' ? isQuantity(kind) : kind === parameter) return part
  if (parameter === 'money' && kind === 'number') return { ...part, kind: 'money' }
  const day = parameter === 'day' ? asDay(part) : undefined
  if (day) return day
  const wanted = parameter === 'day' ? 'a date' : parameter === 'quantity' ? 'a number' : kindNames[parameter as Kind]
  throw new Wrong(node, `is ${kindNames[kind]} where ${signature} takes ${wanted}`)
}

const asText = (part: Part): Part =>
  part.kind === 'text' ? part : { kind: 'text', run: (run) => orNull(textOf(part.run(run))) }

const orNull = (text: string): string | null => (text === '' ? null : text)

/** A part as a day: of a moment the day in the tenant's zone, of a written text the date that it says. */
function asDay(part: Part): Part | undefined {
  if (part.kind === 'date') return part
  if (part.kind === 'text' && typeof part.literal === 'string' && isDate(part.literal)) return { ...part, kind: 'date' }
  if (part.kind !== 'datetime') return undefined
  return { kind: 'date', run: (run) => dayOrAbsent(part.run(run), run.moment) }
}

const dayOrAbsent = (value: FormulaValue, moment: FormulaMoment): FormulaValue =>
  value === null ? null : toDay(value as string, moment)

/** The parts as values of one kind: absent ones fit everywhere, a number is an amount, a moment has a day. */
function unified(parts: Part[], node: ASTNode): Part[] {
  const kinds = new Set(parts.map(({ kind }) => kind).filter((kind) => kind !== 'nothing'))
  if (kinds.size === 0) return parts
  const kind = kinds.size === 1 ? [...kinds][0]! : commonKind(kinds)
  const fitting = kind && parts.map((part) => (kind === 'date' ? (asDay(part) ?? part) : part))
  if (
    !fitting?.every(
      (part) => part.kind === kind || part.kind === 'nothing' || (kind === 'money' && isQuantity(part.kind)),
    )
  ) {
    const [one, other] = [...kinds]
    throw new Wrong(node, `mixes ${kindNames[one!]} and ${kindNames[other!]}, which have to be of one kind`)
  }
  return fitting.map((part) => ({ ...part, kind: kind! }))
}

function commonKind(kinds: Set<Kind>): Kind | undefined {
  const all = [...kinds]
  if (all.every(isQuantity)) return 'money'
  if (all.some(isTime) && all.every((kind) => isTime(kind) || kind === 'text')) return 'date'
  return undefined
}

function negated(node: ASTNode, part: Part): Part {
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

function arithmetic(node: Operation, left: Part, right: Part): Part {
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

function comparison(node: Operation, first: Part, second: Part): Part {
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

function membership(node: Operation, item: Part, list: Part): Part {
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
