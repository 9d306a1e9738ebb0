/** An object's conditions and rules, read once per version of the metadata into what can be asked of a record. */
import { computedGraph, type Filter, parseFilter, type RecordFormula } from '../../expressions/index.ts'
import type { CompiledField, CompiledObject, TenantModel, ValidationRule } from '../../metadata/index.ts'
import { fieldsRead, objectFormula } from './formulas.ts'

/** A filter with the names of this object that it depends on: fields, relation fields, system attributes. */
export interface ReadFilter {
  filter: Filter
  reads: ReadonlySet<string>
}

export interface ReadFormula {
  formula: RecordFormula
  reads: ReadonlySet<string>
}

export interface FieldRules {
  field: CompiledField
  visible?: ReadFilter
  required?: ReadFilter
  readOnly?: ReadFilter
  options: (ReadFilter & { values: string[] })[]
}

export interface CheckedRule {
  rule: ValidationRule
  when?: ReadFilter
  check: ReadFilter | ReadFormula
}

export interface ObjectRules {
  /** Those with conditions; a field whose sight depends on another comes after it. */
  fields: FieldRules[]
  /** Those in force. */
  checks: CheckedRule[]
  /** Relations that filters look over, at the records beyond. */
  lookedOver: ReadonlySet<string>
  isEmpty: boolean
}

const known = new WeakMap<CompiledObject, ObjectRules>()

/** What cannot be read any more, say after a restore of older metadata, does not hold anybody up. */
export function rulesOf(model: TenantModel, object: CompiledObject): ObjectRules {
  let rules = known.get(object)
  if (!rules) {
    rules = readRules(model, object)
    known.set(object, rules)
  }
  return rules
}

function readRules(model: TenantModel, object: CompiledObject): ObjectRules {
  const fields = inOrderOfSight(
    object.fields.flatMap((field) => (field.conditions ? fieldRules(model, object, field) : [])),
  )
  const checks = object.rules
    .filter((rule) => rule.active !== false)
    .flatMap((rule) => readCheck(model, object, rule) ?? [])
  return rulesFrom(fields, checks)
}

interface Timed {
  early: ObjectRules
  late: ObjectRules
}

const timed = new WeakMap<CompiledObject, Timed>()

/** Those that can be asked of a record before it is written. */
export const earlyRules = (model: TenantModel, object: CompiledObject): ObjectRules => timedRules(model, object).early

/** Those over values that are made of other records, which are known once these have been written. */
export const lateRules = (model: TenantModel, object: CompiledObject): ObjectRules => timedRules(model, object).late

function timedRules(model: TenantModel, object: CompiledObject): Timed {
  const remembered = timed.get(object)
  if (remembered) return remembered
  const { fields, checks } = rulesOf(model, object)
  const names = lateNames(model, object, fields)
  const isLate = (filters: ReadFilter[]): boolean => filters.some(({ reads }) => !reads.isDisjointFrom(names))
  const lateChecks = checks.filter(
    ({ when, check }) => !check.reads.isDisjointFrom(names) || isLate(when ? [when] : []),
  )
  const lateFields = fields.filter((one) => isLate(filtersOf(one)))
  const split = {
    early: rulesFrom(
      fields.filter((one) => !lateFields.includes(one)),
      checks.filter((one) => !lateChecks.includes(one)),
    ),
    late: rulesFrom(lateFields, lateChecks),
  }
  timed.set(object, split)
  return split
}

/** Fields made of other records, and those that are shown or not by their values. */
function lateNames(model: TenantModel, object: CompiledObject, fields: FieldRules[]): Set<string> {
  const computed = computedGraph(model).byObject.get(object.id) ?? []
  const names = new Set(computed.filter(({ rank }) => rank > 0).map(({ field }) => field.key))
  // In the order of sight: what hides a field is looked at before it.
  for (const { field, visible } of fields) if (visible && !visible.reads.isDisjointFrom(names)) names.add(field.key)
  return names
}

/** Checks alone, say drafts of them. */
export const rulesOfChecks = (checks: CheckedRule[]): ObjectRules => rulesFrom([], checks)

function rulesFrom(fields: FieldRules[], checks: CheckedRule[]): ObjectRules {
  const filters = [...fields.flatMap(filtersOf), ...checks.flatMap(filtersOfCheck)]
  return {
    fields,
    checks,
    lookedOver: new Set(filters.flatMap(({ filter }) => relationsOver(filter))),
    isEmpty: fields.length === 0 && checks.length === 0,
  }
}

function fieldRules(model: TenantModel, object: CompiledObject, field: CompiledField): FieldRules {
  const { visible, required, readOnly, options = [] } = field.conditions!
  return {
    field,
    visible: readFilter(model, object, visible),
    required: readFilter(model, object, required),
    readOnly: readFilter(model, object, readOnly),
    options: options.flatMap(({ when, values }) => {
      const read = readFilter(model, object, when)
      return read ? { ...read, values } : []
    }),
  }
}

export function readCheck(model: TenantModel, object: CompiledObject, rule: ValidationRule): CheckedRule | undefined {
  const when = readFilter(model, object, rule.when)
  if (rule.when != null && !when) return undefined
  if (typeof rule.check !== 'string') {
    const check = readFilter(model, object, rule.check)
    return check && { rule, when, check }
  }
  const compiled = objectFormula(object, rule.check)
  if ('problems' in compiled) return undefined
  return { rule, when, check: { ...compiled, reads: fieldsRead(compiled.formula) } }
}

export function readFilter(model: TenantModel, object: CompiledObject, input: unknown): ReadFilter | undefined {
  if (input === undefined || input === null) return undefined
  const parsed = parseFilter(input, object, model)
  return 'filter' in parsed ? { filter: parsed.filter, reads: new Set(namesIn(parsed.filter)) } : undefined
}

export const filtersOf = ({ visible, required, readOnly, options }: FieldRules): ReadFilter[] =>
  [visible, required, readOnly, ...options].filter((read) => read !== undefined)

const filtersOfCheck = ({ when, check }: CheckedRule): ReadFilter[] => [
  ...(when ? [when] : []),
  ...('filter' in check ? [check] : []),
]

/** The names of the object itself that a filter depends on. */
export function namesIn(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(namesIn)
  if ('or' in filter) return filter.or.flatMap(namesIn)
  if ('not' in filter) return namesIn(filter.not)
  const [hop] = filter.path
  if (hop) return [hop.relation.key]
  return [filter.target.kind === 'value' ? filter.target.key : filter.target.hop.relation.key]
}

function relationsOver(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(relationsOver)
  if ('or' in filter) return filter.or.flatMap(relationsOver)
  if ('not' in filter) return relationsOver(filter.not)
  return filter.path.slice(0, 1).map((hop) => hop.relation.key)
}

/** Those that nothing hides first. A circle, which cannot be defined, would come last as it stands. */
function inOrderOfSight(fields: FieldRules[]): FieldRules[] {
  const ordered: FieldRules[] = []
  let rest = fields
  while (rest.length > 0) {
    const waiting = new Set(rest.filter((one) => one.visible).map((one) => one.field.key))
    const isFree = (one: FieldRules): boolean =>
      ![...(one.visible?.reads ?? [])].some((key) => key !== one.field.key && waiting.has(key))
    const next = rest.filter(isFree)
    if (next.length === 0) return [...ordered, ...rest]
    ordered.push(...next)
    rest = rest.filter((one) => !next.includes(one))
  }
  return ordered
}
