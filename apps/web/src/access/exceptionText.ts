import type { AccessVocabulary, ExceptionRule, ObjectMeta } from '@oneforge/client'
import type { TFunction } from 'i18next'

/** One exception in words: «Delete · Patients · Own». Keys stand in for labels that are not known. */
export function exceptionText(
  rule: ExceptionRule,
  t: TFunction<'access'>,
  known: { object: ObjectMeta | undefined; vocabulary: AccessVocabulary | undefined },
): string {
  if (rule.kind === 'admin') {
    return known.vocabulary?.admin.find(({ key }) => key === rule.permission)?.label ?? rule.permission
  }
  const object = known.object?.labelPlural ?? rule.object
  if (rule.kind === 'field') {
    const field = known.object?.fields.find(({ key }) => key === rule.field)?.label ?? rule.field
    return [object, field, t(`fieldAccess.${rule.access}`)].join(' · ')
  }
  if (rule.kind === 'relation') {
    const relation = known.object?.relations.find(({ key }) => key === rule.relation)?.label ?? rule.relation
    return [object, relation].join(' · ')
  }
  return [t(`action.${rule.action}`), object, t(`scope.${rule.scope}.long`)].join(' · ')
}
