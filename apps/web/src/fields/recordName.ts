/** What a record is called where it stands alone: a visit by its patient, and then by its reason. */
import type { FieldMeta, ObjectMeta, RecordData, RecordLink } from '@oneforge/client'

/** The record that another one is for: without it, it would not be there at all. */
export const subjectField = ({ fields }: Pick<ObjectMeta, 'fields'>): FieldMeta | undefined =>
  fields.find(({ relation, required }) => required && relation?.onDelete === 'cascade' && !relation.many)

/** Whom it is for, where that was read with it, and what it is about, unless that names them already. */
export const recordName = (object: Pick<ObjectMeta, 'fields'>, record: RecordData): string =>
  nameBy(subjectField(object), record)

/** The same, where it is known which field says whom it is for. */
export function nameBy(field: FieldMeta | undefined, record: RecordData): string {
  const title = record.title || record.recordNumber
  const subject = field && (record[field.key] as RecordLink | null | undefined)?.title
  return subject && !title.includes(subject) ? `${subject} · ${title}` : title
}
