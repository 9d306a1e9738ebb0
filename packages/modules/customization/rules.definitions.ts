/** From what an administrator sends of conditions, rules, unique keys and numbers to what is stored. */
import {
  type CompiledObject,
  type FieldConditions,
  type LocalizedText,
  localized,
  type Numbering,
  type ObjectDefinition,
  prefixNumbering,
  type UniqueKey,
  type ValidationRule,
} from '@oneforge/kernel/metadata'
import { keysOfSeveral } from '@oneforge/kernel/records'
import type { RuleInput, UniqueKeyInput } from './rules.schemas.ts'

type ConditionsInput = Omit<FieldConditions, 'options'> & { options?: { when?: unknown; values: string[] }[] }

/** Parts that are null are none; undefined where no part is left. */
export function conditionsOf(input: ConditionsInput | null | undefined): FieldConditions | undefined {
  const parts = Object.entries(input ?? {}).filter(
    ([, part]) => part != null && !(Array.isArray(part) && part.length === 0),
  )
  return parts.length > 0 ? (Object.fromEntries(parts) as FieldConditions) : undefined
}

export const rulesOf = (inputs: RuleInput[], locale: string, before: ValidationRule[]): ValidationRule[] =>
  inputs.map(({ key, message, when, check, field, active }) => ({
    key,
    message: localized(message, locale, before.find((rule) => rule.key === key)?.message),
    check,
    ...(when == null ? {} : { when }),
    ...(field == null ? {} : { field }),
    ...(active === false ? { active } : {}),
  }))

export const uniqueKeysOf = (
  inputs: UniqueKeyInput[],
  locale: string,
  before: { key: string; label?: LocalizedText }[],
): UniqueKey[] =>
  inputs.map(({ label, ...rest }) => {
    const known = before.find((one) => one.key === rest.key)?.label
    return {
      ...rest,
      ...(label == null
        ? label === null || !known
          ? {}
          : { label: known }
        : { label: localized(label, locale, known) }),
    }
  })

/** An object's row as it is stored, out of its compiled form. */
export function storedDefinition(object: CompiledObject): Omit<ObjectDefinition, 'slug' | 'fields' | 'views'> {
  const {
    label,
    labelPlural,
    description,
    icon,
    color,
    group,
    numberPrefix,
    located,
    activity,
    roles,
    rules,
    duplicates,
    pipelines,
    formerSlugs,
  } = object
  const uniqueKeys = keysOfSeveral(object).map(({ id: _id, keyId: _keyId, filledBy: _filledBy, ...key }) => key)
  const numbering = ownNumbering(object)
  return {
    label,
    labelPlural,
    description,
    icon,
    color,
    group,
    numberPrefix,
    numbering,
    located,
    activity,
    roles,
    rules,
    uniqueKeys,
    duplicates,
    pipelines,
    formerSlugs,
  }
}

/** The numbering that was set, undefined where the prefix makes the numbers. */
function ownNumbering({
  numbering: { pattern, restart, perLocation },
  numberPrefix,
}: CompiledObject): Numbering | undefined {
  const isPrefix = pattern === prefixNumbering(numberPrefix).pattern && restart === 'never' && !perLocation
  return isPrefix ? undefined : { pattern, restart, perLocation }
}
