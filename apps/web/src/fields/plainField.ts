import type { FieldMeta, FieldType } from '@oneforge/client'

/** A field that no metadata describe: an attribute that every record has, or an input of a settings page. */
export function plainField(
  key: string,
  type: FieldType,
  label: string,
  parts: Partial<Pick<FieldMeta, 'access' | 'help' | 'options' | 'position' | 'required' | 'sortable'>> = {},
): FieldMeta {
  return {
    id: key,
    key,
    type,
    label,
    labels: { en: key },
    help: null,
    section: null,
    required: false,
    unique: false,
    sortable: false,
    searchable: false,
    phi: false,
    system: true,
    options: [],
    rules: null,
    default: null,
    currency: null,
    position: 0,
    access: 'write',
    ...parts,
  }
}
