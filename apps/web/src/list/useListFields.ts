import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What lists can show, filter and sort by: the object's own fields and the attributes that every record has. */
export function useListFields(object: ObjectMeta): FieldMeta[] {
  const { t } = useTranslation('list')
  return useMemo(() => [...object.fields, ...systemFields(object, t)], [object, t])
}

function systemFields(object: ObjectMeta, t: TFunction<'list'>): FieldMeta[] {
  const attribute = (key: string, type: FieldMeta['type']): FieldMeta => ({
    id: key,
    key,
    type,
    label: t(`attribute.${key}`),
    labels: { en: key },
    help: null,
    section: null,
    required: false,
    unique: false,
    sortable: key !== 'ownerId',
    searchable: false,
    phi: false,
    system: true,
    options: [],
    rules: null,
    default: null,
    currency: null,
    position: 0,
    access: key === 'ownerId' && object.permissions.assign ? 'write' : 'read',
  })
  const own = new Set(object.fields.map(({ key }) => key))
  return [
    attribute('recordNumber', 'text'),
    attribute('ownerId', 'user'),
    attribute('createdAt', 'datetime'),
    attribute('updatedAt', 'datetime'),
  ].filter(({ key }) => !own.has(key))
}

/** Whether lists may be put in this field's order without reading the whole object. */
export function isSortable(object: ObjectMeta, field: FieldMeta): boolean {
  return field.sortable || Object.values(object.roles).includes(field.key)
}
