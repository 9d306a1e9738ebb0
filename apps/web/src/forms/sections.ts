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

/** The sections of the layout with those of their fields that are among these; without any they are left out. */
export function sectionsOf(fields: FieldMeta[], layout: LayoutSection[]): Section[] {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const sections = layout.map(({ key, label, columns, collapsed, fields: keys }) => ({
    key,
    title: label,
    columns,
    collapsed,
    fields: keys.flatMap((one) => byKey.get(one) ?? []),
  }))
  return sections.filter((section) => section.fields.length > 0)
}
