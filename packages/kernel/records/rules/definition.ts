/** Whether the conditions, rules, unique keys, numbers and formulas of an object can be, seen against the whole model. */
import type { FieldProblem } from '../../errors/index.ts'
import { type Filter, parseFilter } from '../../expressions/index.ts'
import {
  type CompiledField,
  type CompiledObject,
  type CompiledUniqueKey,
  isSetBySystem,
  numberingProblem,
  type TenantModel,
  type ValidationRule,
} from '../../metadata/index.ts'
import { isOrdered } from '../../metadata/values/index.ts'
import { pipelineProblems } from '../stages/definition.ts'
import { isDefaultFormula } from './defaults.ts'
import { objectFormula } from './formulas.ts'
import { rulesOf } from './read.ts'

const keyPattern = /^[a-z][a-z0-9_]{0,62}$/
const mostInKey = 5
const mostRules = 100
const mostKeys = 20

/**
 * What is wrong, with where: `fields.city.conditions.visible`, `rules.discharge.check`, `uniqueKeys.name_born.fields`,
 * `numbering`, `fields.total.default`.
 */
export function ruleProblems(model: TenantModel, object: CompiledObject): FieldProblem[] {
  return [
    ...object.fields.flatMap((field) => fieldProblems(model, object, field)),
    ...circles(model, object),
    ...listProblems('rules', object.rules, mostRules),
    ...object.rules.flatMap((rule) => checkProblems(model, object, rule)),
    ...listProblems('uniqueKeys', keysOfSeveral(object), mostKeys),
    ...keysOfSeveral(object).flatMap((key) => keyProblems(object, key)),
    ...pipelineProblems(object, object.fields),
    ...at('numbering', numberingProblem(object.numbering)),
  ]
}

const at = (field: string, message: string | undefined): FieldProblem[] => (message ? [{ field, message }] : [])

/** The keys that are not just a field's own uniqueness. */
export const keysOfSeveral = (object: CompiledObject): CompiledUniqueKey[] =>
  object.uniqueKeys.filter((key) => !object.fields.some((field) => field.id === key.keyId))

function fieldProblems(model: TenantModel, object: CompiledObject, field: CompiledField): FieldProblem[] {
  const path = `fields.${field.key}`
  const numbers = field.compiledNumbering ? at(`${path}.numbering`, numberingProblem(field.compiledNumbering)) : []
  const formula = isDefaultFormula(field.default)
    ? at(`${path}.default`, formulaProblem(object, field.default.formula))
    : []
  return [...numbers, ...formula, ...conditionProblems(model, object, field, `${path}.conditions`)]
}

function conditionProblems(
  model: TenantModel,
  object: CompiledObject,
  field: CompiledField,
  path: string,
): FieldProblem[] {
  if (!field.conditions) return []
  if (isSetBySystem(field)) return at(path, 'mean nothing for a field that the system fills in')
  const { visible, required, readOnly, options = [] } = field.conditions
  const { title, stage } = object.roles
  const isNeeded = visible != null && (field.key === title || field.key === stage)
  return [
    ...at(`${path}.visible`, isNeeded ? 'cannot be set for the field that is the title or the stage' : undefined),
    ...filterProblems(model, object, visible, `${path}.visible`),
    ...filterProblems(model, object, required, `${path}.required`),
    ...filterProblems(model, object, readOnly, `${path}.readOnly`),
    ...options.flatMap(({ when, values }, index) => [
      ...filterProblems(model, object, when, `${path}.options[${index}].when`),
      ...at(`${path}.options[${index}].values`, optionsProblem(field, values)),
    ]),
  ]
}

function optionsProblem(field: CompiledField, values: string[]): string | undefined {
  if (field.type !== 'select' && field.type !== 'multiselect') return `mean nothing for the type ${field.type}`
  const unknown = values.find((value) => !field.optionByValue.has(value))
  return unknown === undefined ? undefined : `name “${unknown}”, which is not an option of ${field.key}`
}

function filterProblems(model: TenantModel, object: CompiledObject, input: unknown, path: string): FieldProblem[] {
  if (input === undefined || input === null) return []
  const parsed = parseFilter(input, object, model)
  if ('problems' in parsed) {
    return parsed.problems.map(({ field, message }) => ({
      field: path,
      message: field === 'filter' ? message : `is wrong: “${field}” ${message}`,
    }))
  }
  return at(path, reachProblem(parsed.filter))
}

/** What a rule looks at must be known when the record is written: its own values and those one step away. */
function reachProblem(filter: Filter): string | undefined {
  if ('and' in filter || 'or' in filter) {
    const parts = 'and' in filter ? filter.and : filter.or
    return parts.map(reachProblem).find((problem) => problem !== undefined)
  }
  if ('not' in filter) return reachProblem(filter.not)
  const { path, target } = filter
  const steps = target.kind === 'relation' ? [...path, target.hop] : path
  const isNear = path.length <= 1 && steps.every(({ relation }) => relation.direction === 'out')
  return isNear
    ? undefined
    : 'may look at the record itself and at those its own relation fields point to, not further and not the other way'
}

/** Fields that hide each other, or themselves, in a circle. */
function circles(model: TenantModel, object: CompiledObject): FieldProblem[] {
  const reads = new Map<string, ReadonlySet<string>>(
    rulesOf(model, object).fields.map(({ field, visible }) => [field.key, visible?.reads ?? new Set()]),
  )
  const leadsTo = (from: string, to: string, seen: Set<string>): boolean =>
    [...(reads.get(from) ?? [])].some((key) => {
      if (key === to) return true
      if (seen.has(key)) return false
      seen.add(key)
      return leadsTo(key, to, seen)
    })
  return [...reads.keys()]
    .filter((key) => leadsTo(key, key, new Set()))
    .map((key) => ({
      field: `fields.${key}.conditions.visible`,
      message: 'goes round in a circle: whether the field is shown depends in the end on the field itself',
    }))
}

function listProblems(path: string, list: { key: string }[], most: number): FieldProblem[] {
  const keys = list.map(({ key }) => key)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  const wrong = keys.find((key) => !keyPattern.test(key))
  return [
    ...at(path, list.length > most ? `takes at most ${most} of them` : undefined),
    ...at(path, twice === undefined ? undefined : `has the key “${twice}” twice`),
    ...at(
      path,
      wrong === undefined ? undefined : `has the key “${wrong}”, which is not snake_case such as after_admission`,
    ),
  ]
}

function checkProblems(model: TenantModel, object: CompiledObject, rule: ValidationRule): FieldProblem[] {
  const path = `rules.${rule.key}`
  const isKnown = rule.field === undefined || object.field.has(rule.field)
  const isAsked = rule.check !== undefined && rule.check !== null && rule.check !== ''
  return [
    ...at(`${path}.message`, rule.message?.en?.trim() ? undefined : 'must have a text'),
    ...at(`${path}.field`, isKnown ? undefined : `“${rule.field}” is not a field of ${object.slug}`),
    ...filterProblems(model, object, rule.when, `${path}.when`),
    ...at(`${path}.check`, isAsked ? undefined : 'must be a filter or a formula'),
    ...(typeof rule.check === 'string'
      ? at(`${path}.check`, isAsked ? formulaProblem(object, rule.check, 'boolean') : undefined)
      : filterProblems(model, object, rule.check, `${path}.check`)),
  ]
}

function formulaProblem(object: CompiledObject, source: string, kind?: 'boolean'): string | undefined {
  const compiled = objectFormula(object, source)
  if ('problems' in compiled) return compiled.problems[0]!.message
  const isFit = kind === undefined || compiled.formula.kind === kind
  return isFit ? undefined : 'must be a formula that gives yes or no, such as until >= since'
}

function keyProblems(object: CompiledObject, { key, fields }: CompiledUniqueKey): FieldProblem[] {
  const path = `uniqueKeys.${key}.fields`
  const problem = fields.map((name) => partProblem(object, name)).find((one) => one !== undefined)
  const isTwice = new Set(fields).size < fields.length
  const count = fields.length === 0 || fields.length > mostInKey ? `takes 1 to ${mostInKey} fields` : undefined
  return [...at(path, count), ...at(path, isTwice ? 'names a field twice' : undefined), ...at(path, problem)]
}

function partProblem(object: CompiledObject, name: string): string | undefined {
  if (name === 'ownerId' || name === 'locationId') return undefined
  const field = object.field.get(name)
  if (!field) return `“${name}” is not a field of ${object.slug}`
  if (field.type === 'relation') return field.relation?.many ? `“${name}” takes several records` : undefined
  return isOrdered(field.type) ? undefined : `“${name}” is a ${field.type} field, which cannot be compared`
}
