import { ActionIcon, Anchor } from '@mantine/core'
import type { LinkChange, LinkedRecord, RelationMeta } from '@oneforge/client'
import { IconPencil, IconStar, IconStarFilled, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useObject } from '../api/objects.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatValue, isEmptyValue } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import { onDemand } from '../ui/onDemand.tsx'
import { attributeField } from './linkAttributes.ts'
import classes from './RelatedPanel.module.css'

const LinkForm = onDemand(async () => (await import('./LinkForm.tsx')).LinkForm)

interface RelatedItemProps {
  other: LinkedRecord
  relation: RelationMeta
  editable: boolean
  isPending: boolean
  onChange: (change: LinkChange) => Promise<unknown>
  onUnlink: (() => void) | undefined
}

/** One linked record, with what is said of the link, changed where it stands. */
export function RelatedItem({ other, relation, editable, isPending, onChange, onUnlink }: RelatedItemProps) {
  const { t } = useTranslation('record')
  const { data: object } = useObject(other.object)
  const format = useFormatContext()
  const [editing, setEditing] = useState(false)
  const stage = object?.stages.find(({ value }) => value === other.stage)
  // Two visits for the same reason are told apart by their day.
  const startField = object?.fields.find(({ key }) => key === object.roles.startsAt && !isEmptyValue(other[key]))
  const said = relation.attributes.flatMap((attribute) => {
    const value = other.attributes?.[attribute.key]
    return isEmptyValue(value) ? [] : `${attribute.label}: ${formatValue(attributeField(attribute), value, format)}`
  })
  return (
    <div className={classes.entry}>
      <div className={classes.item}>
        <div className={classes.naming}>
          <Anchor
            component={Link}
            to={paths.record(other.object, other.id)}
            size="sm"
            truncate
            display="block"
            title={other.title}
          >
            {other.title}
          </Anchor>
          {startField && (
            <span className={classes.number}>{formatValue(startField, other[startField.key], format)}</span>
          )}
          {said.length > 0 && <span className={classes.said}>{said.join(' · ')}</span>}
        </div>
        {stage ? (
          <OptionBadge label={stage.label} color={stage.color} />
        ) : (
          <span className={classes.number}>{other.recordNumber}</span>
        )}
        {other.primary && <IconStarFilled size={13} className={classes.star} aria-label={t('related.primary')} />}
        <span className={classes.actions}>
          {relation.primary && editable && (
            <PrimaryToggle other={other} onToggle={() => void onChange({ primary: !other.primary })} />
          )}
          {editable && relation.attributes.length > 0 && (
            <ActionIcon
              size="xs"
              aria-expanded={editing}
              aria-label={t('related.editLink', { title: other.title })}
              onClick={() => setEditing(!editing)}
            >
              <IconPencil size={13} />
            </ActionIcon>
          )}
          {onUnlink && (
            <ActionIcon
              size="xs"
              aria-label={t('related.unlink', { title: other.title })}
              title={t('related.unlink', { title: other.title })}
              onClick={onUnlink}
            >
              <IconX size={13} />
            </ActionIcon>
          )}
        </span>
      </div>
      {editing && (
        <LinkForm
          relation={relation}
          title={other.title}
          attributes={other.attributes ?? {}}
          isPending={isPending}
          onCancel={() => setEditing(false)}
          onSave={(attributes) =>
            // A refusal is told by a toast; the form stays open with what was typed.
            void onChange({ attributes }).then(
              () => setEditing(false),
              () => undefined,
            )
          }
        />
      )}
    </div>
  )
}

/** A star that is pressed for the one that is the primary one of its record. */
function PrimaryToggle({ other, onToggle }: { other: LinkedRecord; onToggle: () => void }) {
  const { t } = useTranslation('record')
  const label = t('related.makePrimary', { title: other.title })
  return (
    <ActionIcon size="xs" aria-label={label} aria-pressed={other.primary} title={label} onClick={onToggle}>
      {other.primary ? <IconStarFilled size={13} /> : <IconStar size={13} />}
    </ActionIcon>
  )
}
