import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { Link } from 'react-router'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { paths } from '../../paths.ts'
import classes from './RecordTable.module.css'

interface CellContentProps {
  field: FieldMeta
  record: RecordData
  object: ObjectMeta
  isTitle: boolean
}

/** A cell as it is read. The title leads to the record. */
export function CellContent({ field, record, object, isTitle }: CellContentProps) {
  if (!isTitle) return <FieldValue field={field} value={record[field.key]} record={record} />
  return (
    <Link
      to={paths.record(object.slug, record.id)}
      className={classes.title}
      tabIndex={-1}
      onClick={(event) => event.stopPropagation()}
    >
      {record.title || record.recordNumber}
    </Link>
  )
}
