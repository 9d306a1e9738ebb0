/** Reads a filter against a tenant's model. Nothing is ignored: what is unknown or malformed is named. */
import type { FieldProblem } from '../errors/index.ts'
import type { CompiledObject, TenantModel } from '../metadata/index.ts'
import { cut, isDate, parseOfType, type ValueContext } from '../metadata/values/index.ts'
import {
  type Condition,
  type Filter,
  type FilterAccess,
  type Operand,
  type Operator,
  operators,
  type Target,
} from './filter.ts'
import { countedPeriods, type RelativePeriod, relativePeriods } from './periods.ts'
import { stageAgeFilter, stageAgeNamed } from './stage-age.ts'
import { operatorProblem, resolveName } from './targets.ts'

const maxDepth = 10
const maxConditions = 100
const maxListed = 500
const maxSearchLength = 500
const maxDays = 3_660

/** Thrown and caught inside this file only: a filter is wrong at the first wrong place. */
class Problem {
  readonly problem: FieldProblem
  constructor(field: string, message: string) {
    this.problem = { field, message }
  }
}

interface Reading {
  object: CompiledObject
  model: TenantModel
  access: FilterAccess | undefined
  values: ValueContext
  conditions: number
}

/**
 * The filter ready to be evaluated, or what is wrong with it. `undefined` and `null` are the filter that every record
 * passes. With `access`, hidden fields are refused in the words used for unknown ones.
 *
 * @example parseFilter({ field: 'primary_doctor.status', op: 'in', value: ['active'] }, patients, model)
 */
export function parseFilter(
  input: unknown,
  object: CompiledObject,
  model: TenantModel,
  access?: FilterAccess,
): { filter: Filter } | { problems: FieldProblem[] } {
  if (input === undefined || input === null) return { filter: { and: [] } }
  // Relative rules of fields do not apply to filters, so the day makes no difference here.
  const values = { currency: model.currency, timeZone: model.timeZone, today: '0001-01-01' }
  try {
    return { filter: readNode(input, 1, { object, model, access, values, conditions: 0 }) }
  } catch (error) {
    if (error instanceof Problem) return { problems: [error.problem] }
    throw error
  }
}

const shapes = 'must be {"and": […]}, {"or": […]}, {"not": …} or {"field", "op", "value"}'

function readNode(input: unknown, depth: number, reading: Reading): Filter {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new Problem('filter', shapes)
  if (depth > maxDepth) throw new Problem('filter', `must not be nested deeper than ${maxDepth} levels`)
  if ('field' in input) return readCondition(input as Record<string, unknown>, reading)
  const [entry, ...others] = Object.entries(input)
  if (!entry || others.length > 0) throw new Problem('filter', shapes)
  const [word, inner] = entry
  if (word === 'not') return { not: readNode(inner, depth + 1, reading) }
  if ((word !== 'and' && word !== 'or') || !Array.isArray(inner)) throw new Problem('filter', shapes)
  if (inner.length > maxConditions) throw tooMany()
  const nodes = inner.map((node) => readNode(node, depth + 1, reading))
  return word === 'and' ? { and: nodes } : { or: nodes }
}

const tooMany = (): Problem => new Problem('filter', `must not have more than ${maxConditions} conditions`)

function readCondition(input: Record<string, unknown>, reading: Reading): Filter {
  const { field: name, op: operator, value, ...others } = input
  if (typeof name !== 'string') throw new Problem('filter', 'must name its field as text')
  const shown = cut(name, 100)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    throw new Problem(shown, `has the unknown part "${cut(unknown, 60)}" beside field, op and value`)
  if (++reading.conditions > maxConditions) throw tooMany()
  const age = reading.object.field.has(name) ? undefined : stageAgeNamed(name)
  if (age) return readStageAge(age, operator, value, reading)
  const found = resolveName(name, reading.object, reading.model, reading.access)
  if (found.length === 0) throw new Problem(shown, `is not a field of ${reading.object.slug}`)
  if (!operators.includes(operator as Operator)) {
    throw new Problem(
      shown,
      `has the unknown operator ${cut(JSON.stringify(operator ?? null), 60)}; known are ${operators.join(', ')}`,
    )
  }
  const [only, ...more] = found.map(({ path, target }): Condition => {
    const comparison = readComparison(shown, target, operator as Operator, value, reading.values)
    const problem = operatorProblem(target, comparison.op)
    if (problem) throw new Problem(shown, problem)
    return { path, target, ...comparison }
  })
  if (more.length === 0) return only!
  // What is not so of any of several objects is the opposite of what is so of one of them.
  return isNegative(only!.op) ? { and: [only!, ...more] } : { or: [only!, ...more] }
}

function readStageAge(
  { asks, pipeline: key }: { asks: 'stageAge' | 'rotting'; pipeline?: string },
  op: unknown,
  value: unknown,
  { object, model, access }: Reading,
): Filter {
  const name = key === undefined ? asks : `${asks}.${key}`
  const pipeline = object.pipelines.find((one) => one.key === key)
  const [stage] = resolveName(pipeline?.field ?? 'stage', object, model, access)
  const [since] = resolveName(key === undefined ? 'stageSince' : `stageSince.${key}`, object, model, access)
  if (!stage || !since) throw new Problem(name, `is not a field of ${object.slug}`)
  const stages = pipeline?.stages ?? object.stages
  const filter = stageAgeFilter(asks, op, value, { stages, stage: stage.target, since: since.target })
  if (typeof filter === 'string') throw new Problem(name, filter)
  return filter
}

const isNegative = (op: Operator): boolean => op === 'ne' || op === 'nin' || op === 'empty'

type Comparison = Pick<Condition, 'op' | 'operands'>

/** Equal to nothing is `empty`: `?status=` and `{"op": "eq", "value": null}` ask for records without one. */
function readComparison(name: string, target: Target, op: Operator, value: unknown, context: ValueContext): Comparison {
  if (op === 'empty' || op === 'notEmpty') return { op: presenceAsked(name, op, value), operands: [] }
  if (op === 'contains' || op === 'startsWith') return { op, operands: [readSearched(name, target, value, context)] }
  if (op === 'in' || op === 'nin' || op === 'between')
    return { op, operands: readList(name, target, op, value, context) }
  const operand = readOperand(name, target, value, context)
  if (operand) return { op, operands: [operand] }
  if (op === 'eq') return { op: 'empty', operands: [] }
  if (op === 'ne') return { op: 'notEmpty', operands: [] }
  throw new Problem(name, `needs a value for ${op}`)
}

/** `empty` stands alone or with true; with false it is its opposite. */
function presenceAsked(name: string, op: 'empty' | 'notEmpty', value: unknown): Operator {
  if (value === undefined || value === null || value === '' || value === true || value === 'true') return op
  if (value === false || value === 'false') return op === 'empty' ? 'notEmpty' : 'empty'
  throw new Problem(name, `takes no value, or true or false, for ${op}`)
}

const isList = (target: Target): boolean =>
  target.kind === 'value' && (target.field.type === 'multiselect' || target.field.type === 'tags')

function readSearched(name: string, target: Target, value: unknown, context: ValueContext): Operand {
  if (isList(target)) {
    const operand = readOperand(name, target, value, context)
    if (operand) return operand
  }
  if (typeof value !== 'string' || value.trim() === '' || value.length > maxSearchLength) {
    throw new Problem(name, `must be searched for with a text of 1 to ${maxSearchLength} characters`)
  }
  if (!value.isWellFormed() || value.includes('\0')) {
    throw new Problem(name, 'must be searched for without NUL or half a character (a lone surrogate)')
  }
  return { value }
}

function readList(name: string, target: Target, op: Operator, value: unknown, context: ValueContext): Operand[] {
  const most = op === 'between' ? 2 : maxListed
  if (!Array.isArray(value) || value.length === 0 || value.length > most || (op === 'between' && value.length !== 2)) {
    throw new Problem(
      name,
      op === 'between'
        ? 'needs a list of two values for between'
        : `needs a list of 1 to ${maxListed} values for ${op}`,
    )
  }
  return value.map((item) => {
    const operand = readOperand(name, target, item, context)
    if (!operand) throw new Problem(name, `must not have an empty value in the list for ${op}; use empty`)
    return operand
  })
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One value to compare with; undefined when it is the absent one. */
function readOperand(name: string, target: Target, value: unknown, context: ValueContext): Operand | undefined {
  if (isPlain(value) && 'relative' in value) return readRelative(name, target, value)
  if (isPlain(value) && 'me' in value) return readMe(name, target, value)
  const type = target.kind === 'relation' ? 'relation' : target.field.type
  if (type === 'datetime' && typeof value === 'string' && isDate(value)) return { day: value }
  const field = target.kind === 'relation' ? { type: 'relation' as const, optionByValue: new Map() } : target.field
  const listed = isList(target) && typeof value === 'string' && value !== '' ? [value] : value
  const parsed = parseOfType(field, listed, context)
  if (!parsed.ok) throw new Problem(name, parsed.message)
  if (parsed.value === null) return undefined
  if (!isList(target)) return { value: parsed.value }
  const [only, ...more] = parsed.value as string[]
  if (only === undefined || more.length > 0)
    throw new Problem(name, 'must be compared with one value at a time; use in for several')
  return { value: only }
}

function readRelative(name: string, target: Target, value: Record<string, unknown>): Operand {
  const { relative, n, ...others } = value
  const type = target.kind === 'value' ? target.field.type : 'relation'
  if (type !== 'date' && type !== 'datetime') throw new Problem(name, 'is not a date, so it has no relative values')
  if (!relativePeriods.includes(relative as RelativePeriod) || Object.keys(others).length > 0) {
    throw new Problem(name, `has an unknown relative value; known are ${relativePeriods.join(', ')}`)
  }
  const counted = (countedPeriods as readonly unknown[]).includes(relative)
  const fits = counted ? Number.isInteger(n) && (n as number) >= 1 && (n as number) <= maxDays : n === undefined
  if (!fits)
    throw new Problem(name, counted ? `needs n, a whole number from 1 to ${maxDays}` : `takes no n with ${relative}`)
  return { relative: relative as RelativePeriod, n: counted ? (n as number) : 1 }
}

function readMe(name: string, target: Target, value: Record<string, unknown>): Operand {
  const fits =
    target.kind === 'value' && target.field.type === 'user' && value.me === true && Object.keys(value).length === 1
  if (!fits) throw new Problem(name, 'can only be compared with {"me": true} where it holds a user')
  return { me: true }
}
