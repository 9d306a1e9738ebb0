/** What lists know of fields without being drawn. */
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { plainField } from '../fields/plainField.ts'

/** The attributes that every record has, as fields; `label` names them in the reader's language. */
export function systemFields(object: ObjectMeta, label: (key: string) => string): FieldMeta[] {
  const attribute = (key: string, type: FieldMeta['type'], parts: Partial<Pick<FieldMeta, 'access' | 'sortable'>>) =>
    plainField(key, type, label(key), { access: 'read', ...parts })
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

/** Whether the person may do anything with several records together. */
export const isSelectable = ({ permissions }: ObjectMeta): boolean =>
  Boolean(permissions.update || permissions.delete || permissions.export)
