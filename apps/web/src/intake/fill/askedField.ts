/** A field that a form asks for, as inputs and conditions know fields. */
import type { AskedField, FieldMeta, RelationTarget } from '@oneforge/client'

/** What a form says of a field, with all else as it is for a plain one. */
export function askedField({ files: _files, relation, ...asked }: AskedField): FieldMeta {
  return {
    ...asked,
    relation: relation?.object ? targetOf(relation.object, relation.many) : null,
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

/** What a member searches; how the other side calls it is asked nowhere. */
const targetOf = (object: string, many: boolean): RelationTarget => ({
  object,
  others: [],
  many,
  inverse: { key: '', label: '', many: true },
  onDelete: 'keep',
  attributes: [],
  primary: false,
})
