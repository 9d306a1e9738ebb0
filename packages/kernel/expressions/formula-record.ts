/**
 * Formulas over a record, checked when they are written: CEL as its library parses it, with the kinds of values that
 * records have. CEL itself knows neither money nor days nor absent values, and refuses to mix its two kinds of numbers.
 */
import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import type { FieldType } from '../metadata/index.ts'
import { type FormulaFunction, functionNamed, type Parameter } from './formula-functions.ts'
import { arithmetic, comparison, membership, negated } from './formula-operators.ts'
import {
  asDay,
  asText,
  type FormulaInput,
  isQuantity,
  kindNames,
  type Part,
  type Run,
  unified,
  Wrong,
} from './formula-parts.ts'
import { type FormulaMoment, type FormulaValue, fromStored, type Kind, kindOfType } from './formula-values.ts'

/** What a dotted name stands for, or why it cannot be used. */
export type Resolved = { type: FieldType } | { problem: string }

export interface FormulaProblem {
  message: string
  /** From which character to which, counted from 0; null where it concerns the whole. */
  position: { start: number; end: number } | null
}

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
