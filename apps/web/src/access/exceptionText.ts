import type { AccessVocabulary, ExceptionRule, ObjectMeta } from '@oneforge/client'
import type { TFunction } from 'i18next'

/** One exception in words: «Patients, delete: own». Keys stand in for labels that are not known. */
export function exceptionText(
  rule: ExceptionRule,
  t: TFunction<'access'>,
  known: { objects: Pick<ObjectMeta, 'slug' | 'labelPlural'>[]; vocabulary: AccessVocabulary | undefined },
): string {
  if (rule.kind === 'admin') {
    return known.vocabulary?.admin.find(({ key }) => key === rule.permission)?.label ?? rule.permission
  }
  const object = known.objects.find(({ slug }) => slug === rule.object)?.labelPlural ?? rule.object
  if (rule.kind === 'field') return `${object}, ${rule.field}: ${t(`fieldAccess.${rule.access}`)}`
  if (rule.kind === 'relation') return `${object}, ${rule.relation}`
  return `${object}, ${t(`action.${rule.action}`)}: ${t(`scope.${rule.scope}.long`)}`
}
