import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useActivityObjects } from '../../activities/kinds.ts'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { useObject } from '../../api/objects.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import { paths } from '../../paths.ts'
import { isId, isMoment, isRecordLike, namedParts, type RecordLike } from './stepValues.ts'

/** A value of a step as a person reads it: fields by their labels, records by their titles, people by their names. */
export function StepValue({ value, object }: { value: unknown; object?: string | undefined }) {
  const { t } = useTranslation('automation')
  const context = useFormatContext()
  if (value === null || value === undefined || value === '') return t('nothing')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'string') {
    const person = context.members.get(value)
    if (person) return person
    if (isId(value)) return t('data.aRecord')
    return isMoment(value) ? formatDateTime(value, context) : value
  }
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return <Listed values={value} object={object} />
  if (isRecordLike(value)) return <RecordValue record={value} />
  return <Parts value={value as Record<string, unknown>} object={object} />
}

function Listed({ values, object }: { values: unknown[]; object?: string | undefined }) {
  const { t } = useTranslation('automation')
  const { members } = useFormatContext()
  if (values.length === 0) return t('nothing')
  if (values.every((one) => isId(one) && !members.has(one as string)))
    return t('data.records', { count: values.length })
  return (
    <ul>
      {values.map((one, index) => (
        <li key={index}>
          <StepValue value={one} object={object} />
        </li>
      ))}
    </ul>
  )
}

/** The way to a record, by its title where the step told it. */
function RecordValue({ record }: { record: RecordLike }) {
  const { objects } = useWorkspace()
  const label = objects.find(({ slug }) => slug === record.object)?.label ?? record.object
  const name = [record.title || label, record.recordNumber].filter(Boolean).join(' · ')
  return (
    <Anchor component={Link} to={paths.record(record.object, record.id)} size="sm">
      {name}
    </Anchor>
  )
}

/** Names and values as lines, further in what lies deeper. */
function Parts({ value, object: around }: { value: Record<string, unknown>; object?: string | undefined }) {
  const { t, i18n } = useTranslation('automation')
  const { objects } = useWorkspace()
  const given = typeof value.object === 'string' ? value.object : around
  const isKnown = objects.some(({ slug }) => slug === given)
  const { data: object } = useObject(given ?? '', isKnown)
  const parts = namedParts(value)
  if (parts.length === 0) return t('nothing')
  const labelOf = (name: string): string => {
    const field = object?.fields.find(({ key }) => key === name)
    if (field) return field.label
    if (name === 'to' && 'from' in value) return t('data.became')
    return i18n.exists(`automation:data.${name}`) ? i18n.t(`automation:data.${name}`) : name
  }
  return (
    <dl>
      {parts.map(([name, item]) => (
        <div key={name}>
          <dt>{labelOf(name)}</dt>
          <dd>
            <Part name={name} item={item} around={value} object={given} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface PartProps {
  name: string
  item: unknown
  /** What it is a part of. */
  around: Record<string, unknown>
  object: string | undefined
}

/** What the name of a part tells of its value: that it names an object, a field, a message, or is of that field. */
function Part({ name, item, around, object: slug }: PartProps) {
  const { i18n } = useTranslation('automation')
  const { objects } = useWorkspace()
  const { data: object } = useObject(
    slug ?? '',
    objects.some((one) => one.slug === slug),
  )
  const fieldOf = (key: unknown) => object?.fields.find((field) => field.key === key)
  if (name === 'object') return objects.find((one) => one.slug === item)?.labelPlural ?? String(item)
  if (name === 'message' && isId(item)) return <MessageLink id={String(item)} />
  if (name === 'field') return fieldOf(item)?.label ?? String(item)
  if (name === 'fields' && Array.isArray(item)) return item.map((key) => fieldOf(key)?.label ?? key).join(', ')
  if (name === 'outcome' && i18n.exists(`automation:formOutcome.${item}`))
    return i18n.t(`automation:formOutcome.${item}`)
  const changed = name === 'from' || name === 'to' ? fieldOf(around.field) : undefined
  if (changed && item !== null) return <FieldValue field={changed} value={item} />
  return <StepValue value={item} object={slug} />
}

/** The way to an e-mail, by its subject where the viewer may see it. */
function MessageLink({ id }: { id: string }) {
  const { t } = useTranslation('automation')
  const { email } = useActivityObjects()
  const { data: message } = useQuery({
    queryKey: keys.record(email?.slug ?? '', id),
    queryFn: ({ signal }) => client.records.get(email?.slug ?? '', id, [], { signal }),
    enabled: email !== undefined,
  })
  if (!email || !message) return t('data.aMessage')
  return (
    <Anchor component={Link} to={paths.record(email.slug, id)} size="sm">
      {message.title || email.label}
    </Anchor>
  )
}
