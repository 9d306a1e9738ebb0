import type { FieldMeta } from '@oneforge/client'

export interface Section {
  /** Null for fields without a heading. */
  title: string | null
  fields: FieldMeta[]
}

/** Fields grouped under their headings, headings and fields in the order of the metadata. */
export function sectionsOf(fields: FieldMeta[]): Section[] {
  const sections = new Map<string | null, FieldMeta[]>()
  for (const field of [...fields].sort((a, b) => a.position - b.position)) {
    const title = field.section || null
    sections.set(title, [...(sections.get(title) ?? []), field])
  }
  return [...sections].map(([title, members]) => ({ title, fields: members }))
}
