import { Button, Checkbox, SegmentedControl, Select, Skeleton, Text } from '@mantine/core'
import type { FieldAccess, FieldMeta, ObjectGrants, RelationMeta, RelationRule } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import classes from './access.module.css'
import { everyOther, fieldAccess, grantFor, scopeOf, withField, withRelation } from './grants.ts'

interface DetailsProps {
  slug: string
  objects: ObjectGrants
  onChange: ((objects: ObjectGrants) => void) | undefined
  /** Gives up the object's own line. */
  onReset: (() => void) | undefined
}

/** Behind an object of the matrix: its fields, hidden, read or written, and the relations that may be followed. */
export function RoleObjectDetails({ slug, objects, onChange, onReset }: DetailsProps) {
  const { t } = useTranslation('access')
  if (slug === everyOther) {
    return (
      <Text size="sm" c="dimmed" className={classes.fold}>
        {t('matrix.everyOtherHelp')}
      </Text>
    )
  }
  return <ObjectDetails slug={slug} objects={objects} onChange={onChange} onReset={onReset} />
}

function ObjectDetails({ slug, objects, onChange, onReset }: DetailsProps) {
  const { t } = useTranslation('access')
  const { data: object } = useObject(slug)
  if (!object) return <Skeleton height={80} />
  const grant = grantFor(objects, slug)
  if (!scopeOf(grant.read)) {
    return (
      <Text size="sm" c="dimmed" className={classes.fold}>
        {t('fields.unread', { objects: object.labelPlural })}
      </Text>
    )
  }
  return (
    <div className={classes.fold}>
      {onReset && (
        <Button variant="default" onClick={onReset} mb="sm">
          {t('matrix.asOthers')}
        </Button>
      )}
      <h3 className={classes.foldHeading}>{t('fields.title')}</h3>
      <ul className={classes.fieldGrid}>
        {object.fields.map((field) => (
          <FieldLine
            key={field.key}
            field={field}
            access={fieldAccess(grant, field.key)}
            onChange={onChange && ((access) => onChange(withField(objects, slug, field.key, access)))}
          />
        ))}
      </ul>
      {object.relations.length > 0 && <h3 className={classes.foldHeading}>{t('relations.title')}</h3>}
      <ul className={classes.fieldGrid}>
        {object.relations.map((relation) => (
          <RelationLine
            key={relation.key}
            relation={relation}
            rule={grant.relations?.[relation.key] ?? {}}
            onChange={onChange && ((rule) => onChange(withRelation(objects, slug, relation.key, rule)))}
          />
        ))}
      </ul>
    </div>
  )
}

interface FieldLineProps {
  field: FieldMeta
  access: FieldAccess
  onChange: ((access: FieldAccess) => void) | undefined
}

function FieldLine({ field, access, onChange }: FieldLineProps) {
  const { t } = useTranslation('access')
  return (
    <li className={classes.fieldLine} data-limited={access !== 'write' || undefined}>
      <span className={classes.fieldName}>{field.label}</span>
      <SegmentedControl
        size="xs"
        aria-label={t('fields.accessTo', { field: field.label })}
        readOnly={!onChange}
        value={access}
        onChange={(next) => onChange?.(next as FieldAccess)}
        data={(['hidden', 'read', 'write'] as const).map((value) => ({ value, label: t(`fieldAccess.${value}`) }))}
      />
    </li>
  )
}

interface RelationLineProps {
  relation: RelationMeta
  rule: RelationRule
  onChange: ((rule: RelationRule) => void) | undefined
}

function RelationLine({ relation, rule, onChange }: RelationLineProps) {
  const { t } = useTranslation('access')
  const follows = rule.follow !== false
  return (
    <li className={classes.fieldLine} data-limited={!follows || undefined}>
      <Checkbox
        size="xs"
        label={relation.label}
        checked={follows}
        disabled={!onChange}
        onChange={(event) => onChange?.({ follow: event.currentTarget.checked })}
      />
      {follows && (
        <Select
          size="xs"
          w={132}
          aria-label={t('relations.depthOf', { relation: relation.label })}
          allowDeselect={false}
          readOnly={!onChange}
          value={String(rule.depth ?? '')}
          data={[
            { value: '', label: t('relations.anyDepth') },
            ...[1, 2, 3, 4, 5].map((depth) => ({
              value: String(depth),
              label: t('relations.depth', { count: depth }),
            })),
          ]}
          onChange={(depth) => onChange?.({ ...rule, depth: depth ? Number(depth) : undefined } as RelationRule)}
        />
      )}
    </li>
  )
}
