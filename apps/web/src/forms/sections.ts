import type { FieldMeta, LayoutSection } from '@oneforge/client'

export interface Section {
  key: string
  /** Null for fields without a heading. */
  title: string | null
  columns: 1 | 2
  /** Closed until somebody opens it. */
  collapsed: boolean
  fields: FieldMeta[]
}

/**
 * The sections of the layout with those of their fields that are among these; without any they are left out. What is no
 * field of the object, as the location of a new record, has no place in a layout: it stands before all, without a heading.
 */
export function sectionsOf(fields: FieldMeta[], layout: LayoutSection[]): Section[] {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const placed = new Set(layout.flatMap((section) => section.fields))
  const unplaced = fields.filter(({ key }) => !placed.has(key))
  const sections = layout.map(({ key, label, columns, collapsed, fields: keys }) => ({
    key,
    title: label,
    columns,
    collapsed,
    fields: keys.flatMap((one) => byKey.get(one) ?? []),
  }))
  const before: Section = { key: '', title: null, columns: 2, collapsed: false, fields: unplaced }
  return [before, ...sections].filter((section) => section.fields.length > 0)
}
