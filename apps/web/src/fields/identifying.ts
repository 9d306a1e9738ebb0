import type { FieldType, ObjectMeta, RecordData } from '@oneforge/client'
import { type FormatContext, formatValue, isEmptyValue } from './format.ts'

/** What tells two of the same name apart, the surest first: when they were born, how they are called up, where they belong. */
const telling: FieldType[] = ['date', 'phone', 'relation', 'email', 'select']
const most = 2

/** A few values of a record beside its title, such as birth date and phone; '' where it has none. */
export function identifyingText(object: ObjectMeta | undefined, record: RecordData, context: FormatContext): string {
  if (!object) return ''
  const found = telling.flatMap((type) => {
    const field = object.fields.find(
      (one) => one.type === type && one.key !== object.roles.title && !isEmptyValue(record[one.key]),
    )
    return field ? [formatValue(field, record[field.key], context)] : []
  })
  return found.filter(Boolean).slice(0, most).join(' · ')
}
