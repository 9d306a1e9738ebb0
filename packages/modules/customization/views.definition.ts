/** What a saved view stores, checked name by name: what could not be run is refused now and not when somebody opens it. */
import { atBest, fieldAccess, filterAccess } from '@oneforge/kernel/access'
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { parseFilter } from '@oneforge/kernel/expressions'
import { type CompiledObject, localized, type ViewDefinition, type ViewSettings } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { isSystemAttribute, parseSort } from '@oneforge/kernel/records'
import type { ViewChange } from './views.schemas.ts'

/**
 * The definition with what a change says.
 *
 * @throws VALIDATION_ERROR that names each part with a name that the caller does not know.
 */
export function definitionOf(
  context: OperationContext,
  object: CompiledObject,
  change: ViewChange,
  before?: ViewDefinition,
): ViewDefinition {
  checkFilters(context, object, change)
  const problems = [
    ...unknownNames(context, object, change),
    ...unsuitedFields(object, change.settings ?? {}),
    ...limitProblems(object, change, before),
    ...roleProblems(context, change, before),
  ]
  if (problems.length > 0) throw validationError(problems)
  if (change.sort) parseSort(context.policy, object, change.sort)
  const { label: text, visibility, locked, ...given } = change
  const label = text === undefined ? before?.label : localized(text, context.locale, before?.label)
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const definition = { key: '', type: 'table' as const, ...before, ...said, label: label! } as ViewDefinition
  if (locked !== undefined) definition.unlocked = !locked
  if (visibility !== undefined && visibility !== 'roles') delete definition.roles
  if (visibility === 'private') {
    delete definition.defaultFor
    delete definition.unlocked
  }
  return definition
}

function checkFilters(context: OperationContext, object: CompiledObject, { filter, settings }: ViewChange): void {
  for (const one of [filter, ...(settings?.colors ?? []).map((rule) => rule.filter)]) {
    if (one == null) continue
    const parsed = parseFilter(one, object, context.model, filterAccess(context.policy, context.model))
    if ('problems' in parsed) throw validationError(parsed.problems)
  }
}

/** Names that the caller does not know; a column may lie behind relations: `patient.phone`. */
function unknownNames(context: OperationContext, object: CompiledObject, change: ViewChange): FieldProblem[] {
  const isKnown = (name: string): boolean => {
    const [first = ''] = name.split('.')
    const known = object.field.has(first) || object.relation.has(first) || isSystemAttribute(first)
    return known && fieldAccess(atBest(context.policy), object, first) !== 'hidden'
  }
  const { thenBy, laneField, dateField, endField, resourceField, colorField, imageField, cardFields, columnSettings } =
    change.settings ?? {}
  const single = { thenBy, laneField, dateField, endField, resourceField, colorField, imageField }
  const named: [string, string[]][] = [
    ['columns', change.columns ?? []],
    ['groupBy', change.groupBy ? [change.groupBy] : []],
    ...Object.entries(single).map(([part, name]): [string, string[]] => [`settings.${part}`, name ? [name] : []]),
    ['settings.cardFields', cardFields ?? []],
    ['settings.columnSettings', (columnSettings ?? []).map(({ field }) => field)],
  ]
  return named.flatMap(([field, names]) =>
    names
      .filter((name) => !isKnown(name))
      .map((name) => ({ field, message: `“${name}” is not a field of ${object.slug}` })),
  )
}

const dates = ['date', 'datetime']
const suited: [
  part: 'laneField' | 'dateField' | 'endField' | 'resourceField' | 'colorField' | 'imageField',
  types: string[],
  noun: string,
][] = [
  ['laneField', ['select', 'user', 'relation', 'boolean'], 'a choice, a user, a link to other records or a yes or no'],
  ['dateField', dates, 'a date or a date with time'],
  ['endField', [...dates, 'duration'], 'a date, a date with time or a duration'],
  ['resourceField', ['user', 'select', 'relation'], 'a user, a choice or a link to other records'],
  ['colorField', ['select'], 'a choice'],
  ['imageField', ['file'], 'a file'],
]
const momentNames = ['createdAt', 'updatedAt']

/** Fields that are there and cannot be what the view takes them for. */
function unsuitedFields(object: CompiledObject, settings: ViewSettings): FieldProblem[] {
  return suited.flatMap(([part, types, noun]) => {
    const name = settings[part]
    if (!name || (part === 'dateField' && momentNames.includes(name))) return []
    if (part === 'laneField' && (name === 'ownerId' || name === 'locationId')) return []
    if (part === 'resourceField' && (name === 'ownerId' || name === 'locationId')) return []
    const type = object.field.get(name)?.type
    return type && types.includes(type) ? [] : [{ field: `settings.${part}`, message: `“${name}” is not ${noun}` }]
  })
}

/** A limit of a column that the board does not have, or a second one for the same. */
function limitProblems(object: CompiledObject, change: ViewChange, before: ViewDefinition | undefined): FieldProblem[] {
  const key = (change.groupBy === undefined ? before?.groupBy : change.groupBy) ?? object.roles.stage
  const options = object.field.get(key ?? '')?.options ?? []
  const limits = change.settings?.columnLimits ?? []
  return limits.flatMap(({ value }, index) => {
    const field = `settings.columnLimits.${index}.value`
    if (value !== null && !options.some((option) => option.value === value))
      return [{ field, message: `“${value}” is not a column of this board` }]
    const isTwice = limits.findIndex((limit) => limit.value === value) < index
    return isTwice ? [{ field, message: 'has a limit already' }] : []
  })
}

function roleProblems(
  { model }: OperationContext,
  { visibility, roles, defaultFor }: ViewChange,
  before: ViewDefinition | undefined,
): FieldProblem[] {
  const unknown = Object.entries({ roles, defaultFor }).flatMap(([field, keys]) =>
    (keys ?? [])
      .filter((key) => !model.roles.has(key))
      .map((key) => ({ field, message: `“${key}” is not a role of this workspace` })),
  )
  const isForRoles = visibility === 'roles' || (visibility === undefined && roles !== undefined)
  const isNobodys = isForRoles && (roles ?? before?.roles ?? []).length === 0
  return isNobodys ? [...unknown, { field: 'roles', message: 'names no role that would see the view' }] : unknown
}
