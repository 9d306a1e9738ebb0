import { type FieldDefinition, type FieldType, slotCount } from '@oneforge/kernel/metadata'
import { checkFieldDefinition, isOrdered } from '@oneforge/kernel/metadata/values'
import type { CatalogueEntry } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import type { Report } from './problem.ts'

const computedTypes: FieldType[] = ['formula', 'lookup', 'rollup']
const searchableTypes: FieldType[] = [
  ...(['text', 'longtext', 'richtext', 'email', 'phone', 'url', 'autonumber', 'address', 'tags', 'date'] as const),
]
const uniqueTypes: FieldType[] = ['text', 'email', 'phone', 'url', 'number', 'integer', 'autonumber']

/** An object's fields: each as the kernel would accept it from an administrator, and all of them together. */
export function checkFields({ definition, path }: CatalogueEntry, report: Report): void {
  checkUnique(
    definition.fields.map(({ key }, index) => ({ value: key, path: `${path}.fields[${index}].key` })),
    'a field of this object',
    report,
  )
  for (const [index, field] of definition.fields.entries()) {
    const fieldPath = `${path}.fields[${index}]`
    for (const problem of checkFieldDefinition(field, definition.roles)) {
      report(`${fieldPath}.${problem.field}`, problem.message)
    }
    checkAttachments(field, fieldPath, report)
    checkFlags(field, fieldPath, report)
  }
  const sortable = definition.fields.filter((field) => field.sortable).length
  if (sortable > slotCount) {
    report(`${path}.fields`, `${sortable} fields are sortable; at most ${slotCount} can be kept in order`)
  }
}

function checkAttachments({ type, computed, currency }: FieldDefinition, path: string, report: Report): void {
  const isComputed = computedTypes.includes(type)
  if (isComputed && !computed) report(`${path}.computed`, `is missing; a ${type} field needs it`)
  if (!isComputed && computed) report(`${path}.computed`, `means nothing for the type ${type}`)
  if (currency !== undefined && type !== 'money') report(`${path}.currency`, `means nothing for the type ${type}`)
}

function checkFlags(field: FieldDefinition, path: string, report: Report): void {
  const fits = {
    sortable: isOrdered(field.type) || computedTypes.includes(field.type),
    searchable: searchableTypes.includes(field.type),
    unique: uniqueTypes.includes(field.type),
  }
  for (const flag of ['sortable', 'searchable', 'unique'] as const) {
    if (field[flag] && !fits[flag]) report(`${path}.${flag}`, `a ${field.type} field cannot be ${flag}`)
  }
}
