import { Anchor } from '@mantine/core'
import type { FieldMeta, RecordLink, RelationMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRecord } from '../api/records.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { asList, type FormatContext, formatValue, isEmptyValue } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { attributeField } from './linkAttributes.ts'

interface PastValueProps {
  value: unknown
  field: FieldMeta | undefined
  relation: RelationMeta | undefined
}

/** A value as it was then. History keeps the ids of linked records, so their present titles are looked up. */
export function PastValue({ value, field, relation }: PastValueProps) {
  const context = useFormatContext()
  if (relation) {
    return (
      <>
        {asList(value).map((item, index) => {
          const link = linkIn(item, relation)
          return (
            <span key={link.id}>
              {index > 0 && ', '}
              <LinkedTitle {...link} />
              {saidOf(item, relation, context)}
            </span>
          )
        })}
      </>
    )
  }
  if (field) return <span>{formatValue(field, value, context)}</span>
  return (
    <span>
      {context.members.get(String(value)) ?? (typeof value === 'object' ? JSON.stringify(value) : String(value))}
    </span>
  )
}

type PastLink = Pick<RecordLink, 'id' | 'object'>

/** A link as the history has it: an id, a link, or a link with what was said of it. */
function linkIn(item: unknown, { object }: RelationMeta): PastLink {
  const link = typeof item === 'object' && item !== null && 'other' in item ? item.other : item
  return typeof link === 'object' && link !== null ? (link as RecordLink) : { id: String(link), object }
}

/** What was said of the link, in brackets. */
function saidOf(item: unknown, { attributes }: RelationMeta, context: FormatContext): string {
  if (typeof item !== 'object' || item === null || !('attributes' in item)) return ''
  const values = (item.attributes ?? {}) as Record<string, unknown>
  const said = attributes.flatMap((attribute) => {
    const value = values[attribute.key]
    return isEmptyValue(value) ? [] : `${attribute.label}: ${formatValue(attributeField(attribute), value, context)}`
  })
  return said.length > 0 ? ` (${said.join(', ')})` : ''
}

function LinkedTitle({ object: slug, id }: PastLink) {
  const { t } = useTranslation('record')
  const { data, isError } = useRecord(slug, id)
  if (isError) return <>{t('history.goneRecord')}</>
  return data ? (
    <Anchor component={Link} to={paths.record(slug, id)} inherit>
      {data.title || data.recordNumber}
    </Anchor>
  ) : (
    <>…</>
  )
}
