import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { plainField } from '../fields/plainField.ts'
import { useLocationField } from '../locations/useLocationField.ts'

/** What lists can show, filter and sort by: the object's own fields and the attributes that every record has. */
export function useListFields(object: ObjectMeta): FieldMeta[] {
  const { t } = useTranslation('list')
  const location = useLocationField(object)
  return useMemo(
    () => [...object.fields, ...(location ? [location] : []), ...systemFields(object, t)],
    [object, location, t],
  )
}

function systemFields(object: ObjectMeta, t: TFunction<'list'>): FieldMeta[] {
  const attribute = (key: string, type: FieldMeta['type'], parts: Partial<Pick<FieldMeta, 'access' | 'sortable'>>) =>
    plainField(key, type, t(`attribute.${key}`), { access: 'read', ...parts })
  const own = new Set(object.fields.map(({ key }) => key))
  return [
    attribute('recordNumber', 'text', { sortable: true }),
    attribute('ownerId', 'user', { access: object.permissions.assign ? 'write' : 'read' }),
    attribute('createdAt', 'datetime', { sortable: true }),
    attribute('updatedAt', 'datetime', { sortable: true }),
  ].filter(({ key }) => !own.has(key))
}

/** Whether lists may be put in this field's order without reading the whole object. */
export function isSortable(object: ObjectMeta, field: FieldMeta): boolean {
  return field.sortable || Object.values(object.roles).includes(field.key)
}
