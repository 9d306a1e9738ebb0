import { Anchor, Avatar } from '@mantine/core'
import type { FieldMeta, FileValue, RecordData, RecordLink } from '@oneforge/client'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { NextActivity } from '../activities/NextActivity.tsx'
import { Thumbnail } from '../files/Thumbnail.tsx'
import { loadWords } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { holdsRecurrence } from '../recurrence/recurrenceField.ts'
import { onDemand } from '../ui/onDemand.tsx'
import { ChecklistProgress } from './checklist/ChecklistProgress.tsx'
import classes from './FieldValue.module.css'
import { useFormatContext } from './FormatProvider.tsx'
import { asList, formatValue, isEmptyValue, isNumeric, optionLabel, shownType } from './format.ts'
import { OptionBadge, OptionBadges } from './OptionBadge.tsx'

/** What reads rules weighs more than it is seldom needed for. */
const RecurrenceValue = onDemand(async () => {
  const [{ RecurrenceValue: Value }] = await Promise.all([
    import('../recurrence/RecurrenceValue.tsx'),
    loadWords('recurrence'),
  ])
  return Value
})

interface FieldValueProps {
  field: FieldMeta
  value: unknown
  /** The record the value belongs to; only needed where a value is shown by means of another. */
  record?: RecordData
}

/** A field's value as it is read: links where one can go somewhere, colours where they mean something, else text. */
export function FieldValue({ field, value }: FieldValueProps): ReactNode {
  const context = useFormatContext()
  if (isEmptyValue(value)) return null
  if (field.computed?.activities === 'next') return <NextActivity at={String(value)} />
  if (holdsRecurrence(field)) return <RecurrenceValue rule={String(value)} />
  const text = formatValue(field, value, context)
  switch (shownType(field)) {
    case 'boolean':
      return <BooleanValue value={value === true} label={text} />
    case 'select':
      return <OptionBadge label={text} color={colorOf(field, value)} />
    case 'multiselect':
    case 'tags':
      return (
        <OptionBadges
          options={asList(value).map((item) => ({
            label: optionLabel(field, String(item)),
            color: colorOf(field, item),
          }))}
        />
      )
    case 'email':
      return <OutsideLink href={`mailto:${text}`}>{text}</OutsideLink>
    case 'phone':
      return <OutsideLink href={`tel:${value}`}>{text}</OutsideLink>
    case 'url':
      return <UrlValue url={text} />
    case 'user':
      return <PersonValue name={text} />
    case 'relation':
      return <References references={asList(value) as RecordLink[]} />
    case 'file':
      return <Files files={asList(value) as FileValue[]} />
    case 'rating':
      return <RatingValue value={Number(value)} />
    case 'checklist':
      return <ChecklistProgress value={value} />
    case 'json':
      return <span className={classes.code}>{text}</span>
    default:
      return <span className={isNumeric(field) ? classes.number : classes.text}>{text}</span>
  }
}

function colorOf(field: FieldMeta, value: unknown): string | null | undefined {
  return field.options.find((option) => option.value === value)?.color
}

/** Following a link must not open the editor of the cell around it. */
function keepClick(event: MouseEvent): void {
  event.stopPropagation()
}

function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor href={href} inherit onClick={keepClick}>
      {children}
    </Anchor>
  )
}

/** Only web addresses become links: a `javascript:` address stays text. */
function UrlValue({ url }: { url: string }) {
  if (!/^https?:\/\//i.test(url)) return <span className={classes.text}>{url}</span>
  return (
    <Anchor href={url} target="_blank" rel="noopener noreferrer" inherit onClick={keepClick} className={classes.text}>
      {url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}
    </Anchor>
  )
}

function BooleanValue({ value, label }: { value: boolean; label: string }) {
  return value ? (
    <IconCheck size={16} stroke={2} role="img" aria-label={label} />
  ) : (
    <IconX size={16} className={classes.no} role="img" aria-label={label} />
  )
}

/** A member of the workspace: initials and name. */
export function PersonValue({ name }: { name: string }) {
  return (
    <span className={classes.person}>
      <Avatar name={name} size={20} color="initials" aria-hidden />
      <span>{name}</span>
    </span>
  )
}

function References({ references }: { references: RecordLink[] }) {
  return (
    <span className={classes.references}>
      {references.map((reference, index) => (
        <span key={reference.id}>
          <Anchor component={Link} to={paths.record(reference.object, reference.id)} inherit onClick={keepClick}>
            {reference.title}
          </Anchor>
          {index < references.length - 1 && ','}
        </span>
      ))}
    </span>
  )
}

function Files({ files }: { files: FileValue[] }) {
  return (
    <span className={classes.files}>
      {files.map((file) => (
        <span key={file.id} className={classes.person} title={file.name}>
          <Thumbnail file={file} size={22} />
          <span className={classes.ellipsis}>{file.name}</span>
        </span>
      ))}
    </span>
  )
}

function RatingValue({ value }: { value: number }) {
  const { t } = useTranslation('fields')
  return (
    <span className={classes.rating} role="img" aria-label={t('rating.outOf', { value, most: 5 })}>
      {'★'.repeat(value)}
      {'☆'.repeat(Math.max(0, 5 - value))}
    </span>
  )
}
