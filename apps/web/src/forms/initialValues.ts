import type { FieldMeta, FieldType, RecordData } from '@oneforge/client'
import { isEmptyValue } from '../fields/format.ts'

export type Values = Record<string, unknown>

/** Their defaults may be words such as `today`, which the server resolves when it saves. */
const resolvedByServer: FieldType[] = ['date', 'datetime', 'time', 'user', 'relation']

/** The server works the value out when the record is saved and the field was left empty. */
export function isWorkedOut(field: FieldMeta): boolean {
  return typeof field.default === 'object' && field.default !== null && 'formula' in field.default
}

/** What a new record starts with: the fields' defaults, under what the caller brings. */
export function initialValuesOf(fields: FieldMeta[], given: Values = {}): Values {
  const defaults = fields
    .filter((field) => !isEmptyValue(field.default) && !isWorkedOut(field) && !resolvedByServer.includes(field.type))
    .map((field) => [field.key, field.default])
  return { ...Object.fromEntries(defaults), ...given }
}

/** A copy of a record to start from: what must be unique is left out, and files, which belong to their record. */
export function copyOf(fields: FieldMeta[], record: RecordData): Values {
  const kept = fields.filter((field) => !field.unique && field.type !== 'file' && !isEmptyValue(record[field.key]))
  return Object.fromEntries(kept.map((field) => [field.key, record[field.key]]))
}

/** Only what was filled in travels, so that the server's own defaults can fill the rest. */
export function filledValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmptyValue(value)))
}

/** Keys of required fields that are still empty. A box that is not ticked is an answer. */
export function missingKeys(fields: FieldMeta[], values: Values): string[] {
  return fields
    .filter((field) => field.required && field.type !== 'boolean' && isEmptyValue(values[field.key]))
    .map(({ key }) => key)
}
