import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { useWorkspace } from '../api/workspace.ts'

/** Where a link leads, or what a computed field is made of: «→ Wineries», «price * stock», «Count: Wines». */
export function useFieldSource(object: ObjectMeta, field: FieldMeta): string | undefined {
  const { t } = useTranslation('modelling')
  const { objects } = useWorkspace()
  const { computed, relation } = field
  const over = object.relations.find(({ key }) => key === computed?.relation)
  const { data: other } = useObject(over?.object ?? '', over !== undefined && computed?.field !== undefined)
  if (relation) {
    const labelOf = (slug: string) => objects.find((one) => one.slug === slug)?.labelPlural ?? slug
    return `→ ${[relation.object, ...(relation.others ?? [])].map(labelOf).join(', ')}`
  }
  if (computed?.expression) return computed.expression
  if (!computed?.relation) return undefined
  const source = other?.fields.find(({ key }) => key === computed.field)?.label ?? computed.field
  const way = [over?.label ?? computed.relation, source].filter(Boolean).join(' › ')
  return computed.op ? `${t(`computed.ops.${computed.op}`)}: ${way}` : way
}
