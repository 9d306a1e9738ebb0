/** A field that a form asks for, as inputs and conditions know fields. */
import type { AskedField, FieldMeta } from '@oneforge/client'

/** What a form says of a field, with all else as it is for a plain one. */
export function askedField(asked: AskedField): FieldMeta {
  return {
    ...asked,
    id: asked.key,
    labels: { en: asked.label },
    resultType: asked.type,
    section: null,
    unique: false,
    ignoreAccents: false,
    sortable: false,
    searchable: false,
    phi: false,
    system: false,
    conditions: null,
    default: null,
    numbering: null,
    computing: false,
    jobId: null,
    position: 0,
    access: 'write',
  }
}
