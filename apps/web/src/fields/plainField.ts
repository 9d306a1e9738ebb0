import type { FieldMeta, FieldType } from '@oneforge/client'

/** A field that no metadata describe: an attribute that every record has, or an input of a settings page. */
export function plainField(
  key: string,
  type: FieldType,
  label: string,
  parts: Partial<
    Pick<
      FieldMeta,
      | 'access'
      | 'currency'
      | 'help'
      | 'labels'
      | 'options'
      | 'position'
      | 'relation'
      | 'required'
      | 'rules'
      | 'sortable'
    >
  > = {},
): FieldMeta {
  return {
    id: key,
    key,
    type,
    resultType: type,
    label,
    labels: { en: key },
    help: null,
    section: null,
    required: false,
    unique: false,
    ignoreAccents: false,
    sortable: false,
    searchable: false,
    phi: false,
    system: true,
    options: [],
    rules: null,
    conditions: null,
    default: null,
    numbering: null,
    currency: null,
    computing: false,
    jobId: null,
    position: 0,
    access: 'write',
    ...parts,
  }
}
