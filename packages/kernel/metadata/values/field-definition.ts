/** Whether a field that a template or an administrator defines can be: key, options, rules, default, relation. */
import { RE2JS } from 're2js'
import type { FieldProblem } from '../../errors/index.ts'
import {
  attributeTypes,
  type FieldDefinition,
  type FieldRole,
  type FieldRules,
  type FieldType,
  fieldTypes,
  fileKinds,
} from '../definition.ts'
import { isDate } from './dates.ts'
import { isCurrency } from './money.ts'
import { isOrdered, parseValue, valueTypeOf } from './registry.ts'
import { textLimits } from './text.ts'

const keyPattern = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/
const longestKey = 63

/** Taken by system attributes, in their own spelling or ours, and by parameters of the list. */
const reservedKeys = new Set(
  [
    'id object version links tenant_id object_id record_number owner_id location_id',
    'created_at created_by updated_at updated_by deleted_at',
    'page limit cursor sort fields search filter include deleted constructor',
  ]
    .join(' ')
    .split(' '),
)

const optionTypes: readonly FieldType[] = ['select', 'multiselect']

const isLocalized = (label: unknown): boolean =>
  typeof (label as { en?: unknown } | undefined)?.en === 'string' && (label as { en: string }).en.trim() !== ''

/**
 * `title` and `stage` are also attributes of every record, so a field may have that key only if it fills that role:
 * then both are the same value.
 */
function keyProblem(key: unknown, roles: Partial<Record<FieldRole, string>>): string | undefined {
  if (typeof key !== 'string' || key.length > longestKey || !keyPattern.test(key)) {
    return `must be snake_case such as date_of_birth, at most ${longestKey} characters`
  }
  if (reservedKeys.has(key)) return `"${key}" is a name of the system; choose another`
  if ((key === 'title' || key === 'stage') && roles[key] !== key) {
    return `"${key}" may only be the field that fills the object's role "${key}"; choose another key`
  }
  return undefined
}

function optionProblem(field: FieldDefinition): string | undefined {
  const options = field.options ?? []
  if (!optionTypes.includes(field.type))
    return options.length ? `only select and multiselect fields have options` : undefined
  if (options.length === 0) return 'must name at least one option'
  const values = options.map((option) => option?.value)
  if (
    !values.every((value) => typeof value === 'string' && value.trim() === value && value !== '' && value.length <= 100)
  ) {
    return 'must have values of 1 to 100 characters without spaces at the ends'
  }
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) return `has the value "${twice}" twice`
  return options.every((option) => isLocalized(option.label)) ? undefined : 'must each have a label'
}

const nameOfRule: Partial<Record<keyof FieldRules, 'count' | 'number' | 'day'>> = {
  minLength: 'count',
  maxLength: 'count',
  minItems: 'count',
  maxItems: 'count',
  maxSize: 'count',
  decimals: 'count',
  min: 'number',
  max: 'number',
  notBefore: 'day',
  notAfter: 'day',
}

function ruleProblem(rule: keyof FieldRules, value: unknown): string | undefined {
  const kind = nameOfRule[rule]
  if (kind === 'count' && !(Number.isSafeInteger(value) && (value as number) >= 0))
    return 'must be a whole number, 0 or more'
  if (kind === 'number' && !Number.isFinite(value)) return 'must be a number'
  if (kind === 'day' && !(value === 'today' || (typeof value === 'string' && isDate(value)))) {
    return 'must be "today" or a date such as 2026-04-30'
  }
  if (rule === 'pattern') return patternProblem(value)
  if (rule === 'exclusive' && value === 'refuse') return undefined
  if (rule === 'exclusive' && typeof value !== 'boolean') return 'must be true, false or "refuse"'
  if ((rule === 'several' || rule === 'ungrouped') && typeof value !== 'boolean') return 'must be true or false'
  if (rule === 'kinds' && !isKinds(value)) return `must name some of ${fileKinds.join(', ')}`
  return undefined
}

const isKinds = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((kind) => (fileKinds as readonly unknown[]).includes(kind))

function patternProblem(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string' || pattern.length > 500) return 'must be text of at most 500 characters'
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    return `is not a pattern that RE2 understands: ${(error as Error).message}`
  }
}

const pairs: [low: keyof FieldRules, high: keyof FieldRules][] = [
  ['min', 'max'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
]

function* ruleProblems(field: FieldDefinition): Generator<FieldProblem> {
  const rules = field.rules ?? {}
  const known = valueTypeOf(field.type).rules
  for (const [name, value] of Object.entries(rules)) {
    const rule = name as keyof FieldRules
    if (value === undefined) continue
    const problem = known.includes(rule) ? ruleProblem(rule, value) : `means nothing for the type ${field.type}`
    if (problem) yield { field: `rules.${name}`, message: problem }
  }
  for (const [low, high] of pairs) {
    if (Number(rules[low]) > Number(rules[high]))
      yield { field: `rules.${low}`, message: `must not be more than ${high}` }
  }
  const most = field.type in textLimits ? textLimits[field.type as keyof typeof textLimits][1] : undefined
  if (most !== undefined && Number(rules.maxLength) > most) {
    yield { field: 'rules.maxLength', message: `must be ${most} or less for the type ${field.type}` }
  }
  if (field.type === 'rating' && Number(rules.max) > 10)
    yield { field: 'rules.max', message: 'must be 10 or less for a rating' }
}

function relationProblem(field: FieldDefinition): string | undefined {
  const relation = field.relation
  if (field.type !== 'relation') return relation ? 'only relation fields have a relation' : undefined
  if (!relation || typeof relation.object !== 'string' || relation.object === '')
    return 'must name the object it points at'
  const targets = [relation.object, ...(relation.others ?? [])]
  if (new Set(targets).size < targets.length) return 'must name each object it points at once'
  if (targets.length > mostTargets) return `must not point at more than ${mostTargets} objects`
  if (!keyPattern.test(relation.inverse?.key ?? '')) return 'must name its other direction (inverse.key) in snake_case'
  return isLocalized(relation.inverse.label) ? undefined : 'must have a label for its other direction (inverse.label)'
}

const isComputed = ({ type }: FieldDefinition): boolean => ['formula', 'lookup', 'rollup'].includes(type)

/** Which parts each kind of computation has; what they mean together is checked against the whole workspace. */
function computationProblem({ type, computed }: FieldDefinition): string | undefined {
  if (type === 'rollup' && computed?.activities) return undefined
  const parts = { formula: ['expression'], lookup: ['relation', 'field'], rollup: ['relation', 'op'] }[type as string]
  if (!parts) return computed ? 'only formulas, lookups and rollups are computed' : undefined
  const missing = parts.filter((part) => !computed?.[part as keyof typeof computed])
  return missing.length > 0 ? `needs ${missing.join(' and ')}` : undefined
}

const mostTargets = 10
const mostAttributes = 20

/** Attributes of links are judged as fields are; they stand in no object, so nothing else takes their keys. */
function* attributeProblems(field: FieldDefinition): Generator<FieldProblem> {
  const attributes = field.relation?.attributes ?? []
  if (attributes.length > mostAttributes)
    yield { field: 'relation.attributes', message: `must not be more than ${mostAttributes}` }
  for (const [index, attribute] of attributes.entries()) {
    const at = `relation.attributes[${index}]`
    if (!(attributeTypes as readonly string[]).includes(attribute.type)) {
      yield { field: `${at}.type`, message: `must be one of ${attributeTypes.join(', ')}` }
      continue
    }
    for (const problem of checkFieldDefinition(attribute)) yield { ...problem, field: `${at}.${problem.field}` }
    if (attributes.findIndex((other) => other.key === attribute.key) < index)
      yield { field: `${at}.key`, message: `"${attribute.key}" is already an attribute of the relation` }
    if (attribute.required && field.required)
      yield { field: `${at}.required`, message: 'cannot be: the relation itself is required, and is filled in by ids' }
  }
}

/** The default is parsed as any value is; the context matters to none of its rules but those on dates. */
function defaultProblem(field: FieldDefinition): string | undefined {
  if (field.default === undefined || field.default === null || isMovingDefault(field)) return undefined
  // What a formula reads is judged with the whole object; see kernel/records/rules.
  if (isFormula(field.default)) return undefined
  const optionByValue = new Map((field.options ?? []).map((option) => [option.value, option]))
  const context = { currency: field.currency ?? 'USD', today: new Date().toISOString().slice(0, 10), timeZone: 'UTC' }
  const parsed = parseValue({ ...field, optionByValue }, field.default, context)
  return parsed.ok ? undefined : parsed.message
}

const isFormula = (value: unknown): boolean => typeof (value as { formula?: unknown }).formula === 'string'

/** Defaults that are worked out when a record is made: the day, the moment, the person. */
const isMovingDefault = (field: FieldDefinition): boolean =>
  (field.type === 'date' && field.default === 'today') ||
  (field.type === 'datetime' && field.default === 'now') ||
  (field.type === 'user' && field.default === 'me')

/**
 * What is wrong with a definition, part by part (`key`, `options`, `rules.min`, …); empty when it can be used. `roles`
 * are those of the object it belongs to.
 */
export function checkFieldDefinition(
  field: FieldDefinition,
  roles: Partial<Record<FieldRole, string>> = {},
): FieldProblem[] {
  if (!fieldTypes.includes(field.type)) return [{ field: 'type', message: `must be one of ${fieldTypes.join(', ')}` }]
  const problems: FieldProblem[] = []
  const note = (part: string, message: string | undefined): void => {
    if (message) problems.push({ field: part, message })
  }
  note('key', keyProblem(field.key, roles))
  note('label', isLocalized(field.label) ? undefined : 'must have a text')
  note('required', field.required && isComputed(field) ? 'means nothing for a field that is computed' : undefined)
  note('computed', computationProblem(field))
  note('options', optionProblem(field))
  note('relation', relationProblem(field))
  note('unique', field.unique && !isOrdered(field.type) ? `means nothing for the type ${field.type}` : undefined)
  note(
    'numbering',
    field.numbering && field.type !== 'autonumber' ? `means nothing for the type ${field.type}` : undefined,
  )
  note(
    'currency',
    field.currency === undefined || isCurrency(field.currency)
      ? undefined
      : 'must be a currency such as AUD (ISO 4217)',
  )
  problems.push(...ruleProblems(field), ...attributeProblems(field))
  // A default is judged by options and rules, so only once these make sense.
  if (problems.length === 0) note('default', defaultProblem(field))
  return problems
}
