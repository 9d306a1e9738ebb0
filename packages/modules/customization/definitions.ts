/** From what an administrator sends to the definitions that are stored, checked against the object they belong to. */
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import {
  anyObject,
  type CompiledField,
  type CompiledObject,
  canBeSortable,
  definitionOf,
  type FieldDefinition,
  type FieldOption,
  type FieldRole,
  type FieldType,
  isComputedKind,
  type LinkAttribute,
  type LocalizedText,
  localized,
  orderedStorage,
  type RelationTarget,
  type StageDefinition,
  slotCount,
  slotOf,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import { checkFieldDefinition } from '@oneforge/kernel/metadata/values'
import type { FieldChange, NewField } from './customization.schemas.ts'
import { conditionsOf } from './rules.definitions.ts'

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
  const { label, help, section, options, rules, conditions, numbering, relation, currency, ...rest } = input
  return withoutUndefined({
    ...rest,
    label: localized(label, locale),
    help: optionalText(help, locale),
    section: optionalText(section, locale),
    options: options?.map((option) => optionOf(option, locale, [])),
    rules: rules ? { ...rules, patternMessage: optionalText(rules.patternMessage, locale) } : undefined,
    currency: currency ?? undefined,
    conditions: conditionsOf(conditions),
    numbering: numbering ?? undefined,
    relation:
      relation &&
      withoutUndefined({
        ...relation,
        inverse: { ...relation.inverse, label: localized(relation.inverse.label, locale) },
        attributes: relation.attributes && attributesOf(relation.attributes, locale, []),
      }),
  })
}

type RelationChange = NonNullable<FieldChange['relation']>

/** Attributes as they are to be; what was there keeps the labels of languages that are not named. */
function attributesOf(
  inputs: NonNullable<RelationChange['attributes']>,
  locale: string,
  before: LinkAttribute[],
): LinkAttribute[] {
  return inputs.map(({ label, options, rules, ...rest }) => {
    const known = before.find((attribute) => attribute.key === rest.key)
    return withoutUndefined({
      ...rest,
      label: localized(label, locale, known?.label),
      options: options?.map((option) => optionOf(option, locale, known?.options ?? [])),
      rules: rules ? { ...rules, patternMessage: optionalText(rules.patternMessage, locale) } : undefined,
    })
  })
}

function changedRelation(before: RelationTarget, change: RelationChange, locale: string): RelationTarget {
  const { inverse, attributes, ...rest } = change
  return {
    ...before,
    ...withoutUndefined(rest),
    inverse: inverse
      ? { ...before.inverse, label: localized(inverse.label, locale, before.inverse.label) }
      : before.inverse,
    ...(attributes ? { attributes: attributesOf(attributes, locale, before.attributes ?? []) } : {}),
  }
}

/** What a field becomes by a change; what the change does not name stays. */
export function changedDefinition(field: CompiledField, change: FieldChange, locale: string): FieldDefinition {
  const before = definitionOf(field)
  const { label, help, section, options, rules, conditions, numbering, currency, relation, ...rest } = change
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
    conditions: conditions === undefined ? before.conditions : conditionsOf(conditions),
    numbering: numbering === undefined ? before.numbering : (numbering ?? undefined),
    relation: before.relation && relation ? changedRelation(before.relation, relation, locale) : before.relation,
  })
}

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T

interface Place {
  model: TenantModel
  roles: Partial<Record<FieldRole, string>>
  otherKeys: Set<string>
  newSlugs: Set<string>
  /** Names that new fields take at other objects: `doctors.patients`. */
  newInverses?: Set<string>
}

/** Problems of a field in the place where it is to stand, with their path in the request. */
export function fieldProblems(field: FieldDefinition, place: Place, path: string): FieldProblem[] {
  const problems = checkFieldDefinition(field, place.roles).map((problem) => ({
    ...problem,
    field: path + problem.field,
  }))
  if (place.otherKeys.has(field.key))
    problems.push({ field: `${path}key`, message: `“${field.key}” is already taken in this object` })
  for (const target of field.relation ? [field.relation.object, ...(field.relation.others ?? [])] : []) {
    problems.push(...targetProblems(field, target, place, path))
  }
  if (field.sortable && !isComputedKind(field.type) && !canBeSortable(field.type)) {
    problems.push({ field: `${path}sortable`, message: `does not apply to ${field.type} fields` })
  }
  return problems
}

/** Whether the object is there to point at, and has the name of the other direction free. */
function targetProblems(field: FieldDefinition, target: string, place: Place, path: string): FieldProblem[] {
  if (target === anyObject) return []
  const other = place.model.object.get(target)
  if (!other && !place.newSlugs.has(target)) {
    return [{ field: `${path}relation.object`, message: `“${target}” is not an object of this workspace` }]
  }
  const inverse = field.relation!.inverse.key
  const isTaken = other?.field.has(inverse) || other?.relation.has(inverse)
  if (!isTaken && !place.newInverses?.has(`${target}.${inverse}`)) return []
  return [{ field: `${path}relation.inverse.key`, message: `“${inverse}” is already taken in ${target}` }]
}

/** A slot for a field that is to be sortable: the one it has, or a free one; 400 when all are taken. */
export function slotFor(object: CompiledObject, key: string, sortable: boolean | undefined): number | null {
  const field = object.field.get(key)
  if (!sortable || (field && orderedStorage(field).kind === 'role')) return null
  const known = field ? slotOf(field) : null
  if (known !== null) return known
  const taken = new Set(object.fields.map(slotOf))
  for (let slot = 1; slot <= slotCount; slot++) if (!taken.has(slot)) return slot
  throw validationError([
    {
      field: 'sortable',
      message: `only ${slotCount} fields of an object can be sortable; take it from another field first`,
    },
  ])
}

const typesOfRole: Record<FieldRole, FieldType[]> = {
  title: ['text', 'longtext', 'email', 'phone', 'url', 'select', 'autonumber'],
  stage: ['select'],
  amount: ['money'],
  startsAt: ['date', 'datetime'],
  endsAt: ['date', 'datetime'],
  dueAt: ['date', 'datetime'],
  email: ['email'],
  phone: ['phone'],
}

type Candidate = Pick<CompiledField, 'key' | 'type' | 'computation'>

/**
 * Roles that name no field, or one of another type. Computed fields count by what they result in; a new one that has no
 * compiled type yet passes, and is looked at again when it has. Only a stage has to be moved by hand.
 */
export function roleProblems(roles: Partial<Record<FieldRole, string>>, fields: Candidate[]): FieldProblem[] {
  return Object.entries(roles).flatMap(([role, key]) => {
    const field = fields.find((candidate) => candidate.key === key)
    const problem = field ? unfit(role as FieldRole, field) : `“${key}” is not a field of this object`
    return problem ? [{ field: `roles.${role}`, message: problem }] : []
  })
}

function unfit(role: FieldRole, { type, computation }: Candidate): string | undefined {
  const isComputed = computation !== undefined || isComputedKind(type)
  if (role === 'stage' && isComputed) return 'must be a field that people change, not one that is worked out'
  const types = typesOfRole[role]
  if (isComputedKind(type) || types.includes(type)) return undefined
  return `must be a field of type ${types.join(' or ')}`
}
