/** From what an administrator sends to the definitions that are stored, checked against the object they belong to. */
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import {
  type CompiledField,
  type CompiledObject,
  canBeSortable,
  type FieldDefinition,
  type FieldOption,
  type FieldRole,
  type FieldType,
  type LocalizedText,
  localized,
  type StageDefinition,
  slotCount,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import { checkFieldDefinition } from '@oneforge/kernel/metadata/values'
import type { FieldChange, NewField } from './customization.schemas.ts'

type TextInput = string | LocalizedText

export const optionalText = (input: TextInput | null | undefined, locale: string, before?: LocalizedText) => {
  if (input === undefined) return before
  return input === null ? undefined : localized(input, locale, before)
}

type OptionInput = NonNullable<FieldChange['options']>[number]

function optionOf(input: OptionInput, locale: string, before: FieldOption[]): StageDefinition {
  const given = typeof input === 'string' ? { value: input } : input
  const known: StageDefinition | undefined = before.find((option) => option.value === given.value)
  const label =
    'label' in given && given.label
      ? localized(given.label, locale, known?.label)
      : (known?.label ?? { en: given.value })
  const option: StageDefinition = { ...known, value: given.value, label }
  if ('color' in given) option.color = given.color ?? undefined
  if ('kind' in given && given.kind) option.kind = given.kind
  if ('probability' in given) option.probability = given.probability ?? undefined
  return option
}

/** The definition of a new field. */
export function fieldDefinition(input: NewField, locale: string): FieldDefinition {
  const { label, help, section, options, rules, relation, currency, ...rest } = input
  return withoutUndefined({
    ...rest,
    label: localized(label, locale),
    help: optionalText(help, locale),
    section: optionalText(section, locale),
    options: options?.map((option) => optionOf(option, locale, [])),
    rules: rules ? { ...rules, patternMessage: optionalText(rules.patternMessage, locale) } : undefined,
    currency: currency ?? undefined,
    relation: relation && {
      ...relation,
      inverse: { ...relation.inverse, label: localized(relation.inverse.label, locale) },
    },
  })
}

/** What a field becomes by a change; what the change does not name stays. */
export function changedDefinition(field: CompiledField, change: FieldChange, locale: string): FieldDefinition {
  const { id: _id, position: _position, storage: _storage, optionByValue: _options, ...before } = field
  const { label, help, section, options, rules, currency, ...rest } = change
  return withoutUndefined({
    ...before,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    default: 'default' in change ? (change.default ?? undefined) : before.default,
    label: label === undefined ? before.label : localized(label, locale, before.label),
    help: optionalText(help, locale, before.help),
    section: optionalText(section, locale, before.section),
    options: options ? options.map((option) => optionOf(option, locale, before.options ?? [])) : before.options,
    rules:
      rules === undefined
        ? before.rules
        : rules === null
          ? undefined
          : { ...rules, patternMessage: optionalText(rules.patternMessage, locale) },
    currency: currency === undefined ? before.currency : (currency ?? undefined),
  })
}

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T

/** Problems of a field in the place where it is to stand, with their path in the request. */
export function fieldProblems(
  field: FieldDefinition,
  place: {
    model: TenantModel
    roles: Partial<Record<FieldRole, string>>
    otherKeys: Set<string>
    newSlugs: Set<string>
    /** Names that new fields take at other objects: `doctors.patients`. */
    newInverses?: Set<string>
  },
  path: string,
): FieldProblem[] {
  const problems = checkFieldDefinition(field, place.roles).map((problem) => ({
    ...problem,
    field: path + problem.field,
  }))
  if (place.otherKeys.has(field.key))
    problems.push({ field: `${path}key`, message: `“${field.key}” is already taken in this object` })
  const target = field.relation?.object
  if (target && !place.model.object.has(target) && !place.newSlugs.has(target)) {
    problems.push({ field: `${path}relation.object`, message: `“${target}” is not an object of this workspace` })
  }
  const inverse = field.relation?.inverse.key
  const other = target ? place.model.object.get(target) : undefined
  const isTaken = inverse && (other?.field.has(inverse) || other?.relation.has(inverse))
  if (isTaken || place.newInverses?.has(`${target}.${inverse}`)) {
    problems.push({ field: `${path}relation.inverse.key`, message: `“${inverse}” is already taken in ${target}` })
  }
  if (field.sortable && !canBeSortable(field.type)) {
    problems.push({ field: `${path}sortable`, message: `does not apply to ${field.type} fields` })
  }
  return problems
}

/** A slot for a field that is to be sortable: the one it has, or a free one; 400 when all are taken. */
export function slotFor(object: CompiledObject, key: string, sortable: boolean | undefined): number | null {
  const field = object.field.get(key)
  if (!sortable || field?.storage.kind === 'role') return null
  if (field?.storage.kind === 'slot') return Number(field.storage.column.slice(1))
  const taken = new Set(object.fields.flatMap((other) => (other.storage.kind === 'slot' ? [other.storage.column] : [])))
  for (let slot = 1; slot <= slotCount; slot++) if (!taken.has(`s${slot}` as 's1')) return slot
  throw validationError([
    {
      field: 'sortable',
      message: `only ${slotCount} fields of an object can be sortable; take it from another field first`,
    },
  ])
}

const typesOfRole: Record<FieldRole, FieldType[]> = {
  title: ['text', 'longtext', 'email', 'phone', 'url', 'select'],
  stage: ['select'],
  amount: ['money'],
  startsAt: ['date', 'datetime'],
  endsAt: ['date', 'datetime'],
  dueAt: ['date', 'datetime'],
  email: ['email'],
  phone: ['phone'],
}

export function roleProblems(
  roles: Partial<Record<FieldRole, string>>,
  fields: { key: string; type: FieldType }[],
): FieldProblem[] {
  return Object.entries(roles).flatMap(([role, key]) => {
    const field = fields.find((candidate) => candidate.key === key)
    if (!field) return [{ field: `roles.${role}`, message: `“${key}” is not a field of this object` }]
    const types = typesOfRole[role as FieldRole]
    return types.includes(field.type)
      ? []
      : [{ field: `roles.${role}`, message: `must be a field of type ${types.join(' or ')}` }]
  })
}
