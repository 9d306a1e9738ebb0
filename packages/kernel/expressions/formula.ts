/**
 * Formulas and workflow values: CEL, the Common Expression Language. It has no loops and no side effects, but it can
 * still be made to run for ever; what allows that is left out or limited here.
 */
import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { AppError } from '../errors/index.ts'

const maxSource = 2_000

/** Characters of all texts that a formula gives: from long texts a short one can make very long ones. */
const maxResult = 1_000_000

/** Walks over a list; one inside another multiplies its cost. */
const listMacros = new Set(['map', 'filter', 'all', 'exists', 'exists_one'])
/** Written to the value once and used many times, a nested `bind` doubles a text at each level. */
const refusedCalls = new Map([
  ['matches', 'matches runs patterns that can take for ever; use contains, startsWith or endsWith'],
  ['bind', 'cel.bind is not available'],
])

/** Numbers of records are doubles, and people write `price * 2`: CEL itself refuses to mix the two kinds. */
function environment(): Environment {
  const env = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 500, maxDepth: 50, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 16 },
  })
  const arithmetic: Record<string, (left: number, right: number) => number> = {
    '+': (left, right) => left + right,
    '-': (left, right) => left - right,
    '*': (left, right) => left * right,
    '/': (left, right) => left / right,
  }
  for (const [sign, calculate] of Object.entries(arithmetic)) {
    const mixed = (left: unknown, right: unknown): number => calculate(Number(left), Number(right))
    env.registerOperator(`double ${sign} int`, mixed)
    env.registerOperator(`int ${sign} double`, mixed)
  }
  return env
}

/** The day of the formula that is being worked out, for `today()`: functions of CEL see no variables, and none waits. */
let currentDay = ''

const cel = environment().registerFunction('today(): string', () => currentDay)

export interface Formula {
  /** The variables that it reads. */
  reads: ReadonlySet<string>
  /** What it reads of them, step by step: `record.patient.email` is `['record', 'patient', 'email']`. */
  paths: string[][]
  /**
   * The value for these variables (field keys and what else the caller offers), as JSON would hold it. An unknown
   * variable or a type that does not fit is a validation error that says so.
   *
   * @param today YYYY-MM-DD in the tenant's zone: what `today()` gives.
   */
  evaluate(variables: Record<string, unknown>, today?: string): unknown
}

/**
 * @example compileFormula('quantity * price') gives a formula; compileFormula('quantity *') a problem: a predicate as
 * those of field values are.
 */
export function compileFormula(source: string): { formula: Formula } | { problem: string } {
  if (source.length > maxSource) return { problem: `must be a formula of at most ${maxSource} characters` }
  try {
    const parsed = cel.parse(source)
    const problem = costProblem(parsed.ast, false)
    if (problem) return { problem: `is too costly a formula: ${problem}` }
    const paths = pathsOf(parsed.ast, new Set())
    const reads = new Set(paths.map(([name]) => name!))
    return { formula: { reads, paths, evaluate: (variables, today) => evaluate(parsed, variables, today) } }
  } catch (error) {
    return { problem: `is not a formula: ${summaryOf(error)}` }
  }
}

const summaryOf = (error: unknown): string => (error as { summary?: string }).summary ?? (error as Error).message

function costProblem(part: unknown, insideList: boolean): string | undefined {
  if (Array.isArray(part)) {
    for (const item of part) {
      const problem = costProblem(item, insideList)
      if (problem) return problem
    }
    return undefined
  }
  if (!isNode(part)) return undefined
  if (part.op !== 'rcall' && part.op !== 'call') return costProblem(part.args, insideList)
  const [name] = part.args
  const refused = refusedCalls.get(name)
  if (refused) return refused
  const walks = part.op === 'rcall' && listMacros.has(name)
  if (walks && insideList) return `${name} may not stand inside another walk over a list`
  if (part.op === 'call') return costProblem(part.args[1], insideList)
  return costProblem(part.args[1], insideList) ?? costProblem(part.args[2], insideList || walks)
}

const isNode = (part: unknown): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part

/** What is read of variables from outside the formula: not of those that a walk over a list gives to its items. */
function pathsOf(part: unknown, inner: ReadonlySet<string>): string[][] {
  if (Array.isArray(part)) return part.flatMap((item) => pathsOf(item, inner))
  if (!isNode(part)) return []
  const path = pathTo(part)
  if (path) return inner.has(path[0]!) ? [] : [path]
  if (part.op !== 'rcall' || !listMacros.has(part.args[0])) return pathsOf(part.args, inner)
  const [, list, [item, ...body]] = part.args
  const named = isNode(item) && item.op === 'id' ? [item.args] : []
  return [...pathsOf(list, inner), ...pathsOf(body, new Set([...inner, ...named]))]
}

function pathTo(node: ASTNode): string[] | undefined {
  if (node.op === 'id') return [node.args]
  if (node.op !== '.') return undefined
  const owner = pathTo(node.args[0])
  return owner && [...owner, node.args[1]]
}

function evaluate(
  run: (variables: Record<string, unknown>) => unknown,
  variables: Record<string, unknown>,
  today = new Date().toISOString().slice(0, 10),
): unknown {
  currentDay = today
  try {
    // Without a prototype, so that `constructor` and its like are unknown variables as they should be.
    const result = run(Object.assign(Object.create(null), variables))
    if (charactersOf(result) > maxResult) throw new Error(`it gives more than ${maxResult} characters`)
    return jsonOf(result)
  } catch (error) {
    throw new AppError('VALIDATION_ERROR', `The formula could not be worked out: ${summaryOf(error)}.`, {
      cause: error,
    })
  }
}

/** Of the texts within; asking a text for its length does not put it together. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null || value instanceof Date) return 0
  const items = value instanceof Map ? value.values() : Object.values(value)
  let sum = 0
  for (const item of items) sum += charactersOf(item)
  return sum
}

/** CEL counts in 64-bit integers and has times of its own; records hold JSON. */
function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(jsonOf)
  if (value instanceof Map) return jsonOf(Object.fromEntries(value))
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOf(item)]))
}
