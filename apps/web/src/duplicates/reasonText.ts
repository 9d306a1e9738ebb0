/** Why two records may be the same, in words. */
import type { DuplicateReason } from '@oneforge/client'
import type { TFunction } from 'i18next'

/** «same E-mail», «similar Name and same Born». */
export function reasonText(t: TFunction<'duplicates'>, { parts }: Pick<DuplicateReason, 'parts'>): string {
  return parts.map(({ label, compare }) => t(`compare.${compare}`, { field: label })).join(t('and'))
}

/** A rule that says no more than another one goes without saying. */
export const tellingReasons = (reasons: DuplicateReason[]): DuplicateReason[] =>
  reasons.filter(
    (one) => !reasons.some((other) => other !== one && other.parts.length > one.parts.length && isWithin(one, other)),
  )

const isWithin = (one: DuplicateReason, other: DuplicateReason): boolean =>
  one.parts.every(({ field, compare }) => other.parts.some((part) => part.field === field && part.compare === compare))
