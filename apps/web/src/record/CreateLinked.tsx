import type { RecordData, RelationMeta } from '@oneforge/client'
import { useObject } from '../api/objects.ts'
import CreateRecord from './CreateRecord.tsx'

interface CreateLinkedProps {
  record: RecordData
  relation: RelationMeta
  /** Which of the objects that the relation leads to. */
  slug: string
  onClose: () => void
  onCreated: (other: RecordData) => void
}

/** A new record that points back here from the start, so that a required relation is already filled. */
export function CreateLinked({ record, relation, slug, onClose, onCreated }: CreateLinkedProps) {
  const { data: other } = useObject(slug)
  const field = other?.fields.find(({ key }) => key === relation.inverse)
  if (!other) return null
  const here = { id: record.id, object: record.object, title: record.title }
  const initialValues = field ? { [field.key]: field.relation?.many ? [here] : here } : undefined
  return (
    <CreateRecord
      object={slug}
      opened
      onClose={onClose}
      onCreated={onCreated}
      initialValues={relation.direction === 'in' ? initialValues : undefined}
    />
  )
}
