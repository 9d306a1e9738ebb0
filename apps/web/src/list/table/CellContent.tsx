import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { Link } from 'react-router'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatValue, isEmptyValue, shownType } from '../../fields/format.ts'
import { recordName } from '../../fields/recordName.ts'
import { paths } from '../../paths.ts'
import classes from './RecordTable.module.css'

interface CellContentProps {
  field: FieldMeta
  record: RecordData
  object: ObjectMeta
  isTitle: boolean
}

/** In a table a click chooses the cell, so what is a link elsewhere is text here: nobody dials by pointing at a row. */
const linkedTypes = new Set<FieldMeta['type']>(['email', 'phone', 'url', 'relation'])

/** A cell as it is read. The title leads to the record. */
export function CellContent({ field, record, object, isTitle }: CellContentProps) {
  const format = useFormatContext()
  const value = record[field.key]
  if (isTitle) {
    return (
      <Link
        to={paths.record(object.slug, record.id)}
        className={classes.title}
        tabIndex={-1}
        draggable={false}
        onClick={(event) => event.stopPropagation()}
      >
        {recordName(object, record)}
      </Link>
    )
  }
  if (!linkedTypes.has(shownType(field))) return <FieldValue field={field} value={value} record={record} />
  return <span className={classes.ellipsis}>{isEmptyValue(value) ? '' : formatValue(field, value, format)}</span>
}
