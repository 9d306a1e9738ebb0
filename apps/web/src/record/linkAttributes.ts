import type { FieldMeta, LinkAttribute } from '@oneforge/client'
import { plainField } from '../fields/plainField.ts'

/** What is said of a link, as a field: shown and typed like any other. */
export function attributeField({ key, label, labels, type, required, options, rules }: LinkAttribute): FieldMeta {
  return plainField(key, type, label, { labels, required, options, rules })
}
