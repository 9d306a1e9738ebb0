/** Which filters stay out of addresses, and where they wait for the list. */
import type { FieldMeta, Filter } from '@oneforge/client'

/** The name of the draft that holds what stays out of the address. */
export const keptParameter = 'kept'
/** `4f1c2a90.3` in the address is the third state of the draft 4f1c2a90. */
export const draftOf = (name: string): string => `list ${name.split('.')[0]}`

/** Whether a filter must not stand in an address. */
export const namesProtected = (filter: Filter, fields: FieldMeta[]): boolean =>
  fieldsOf(filter).some((name) => isProtectedField(name, fields))

/** Fields of other records, named over a relation, are taken for protected ones: the other object is not asked. */
function isProtectedField(name: string, fields: FieldMeta[]): boolean {
  return name.includes('.') || (fields.find(({ key }) => key === name)?.phi ?? false)
}

function fieldsOf(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(fieldsOf)
  if ('or' in filter) return filter.or.flatMap(fieldsOf)
  return 'not' in filter ? fieldsOf(filter.not) : [filter.field]
}
