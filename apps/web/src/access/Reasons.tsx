import { Text } from '@mantine/core'
import type { ActionRight, FieldAccess, FieldRight, GivenScope, RelationRight } from '@oneforge/client'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import classes from './access.module.css'
import { SourceName } from './SourceName.tsx'
import { fieldColors, scopeColors } from './scopeColors.ts'

/** Who allows an action and how far, and who takes some of it away. */
export function ActionReasons({ right }: { right: ActionRight | undefined }) {
  const { t } = useTranslation('access')
  if (!right || (!right.granted.length && !right.denied.length)) {
    return (
      <Text size="sm" c="dimmed" p={4}>
        {t('reason.none')}
      </Text>
    )
  }
  return (
    <ul className={classes.reasons}>
      {right.granted.map((grant, index) => (
        <Reason key={index} grant={grant} />
      ))}
      {right.denied.map((grant, index) => (
        <Reason key={index} grant={grant} isDenial />
      ))}
      {isUnreadable(right) && <li className={classes.loss}>{t('reason.unread')}</li>}
    </ul>
  )
}

/** Granted and not taken away, and yet not allowed: who may not see records does nothing with them. */
const isUnreadable = ({ allowed, granted, denied }: ActionRight): boolean =>
  !allowed && denied.length === 0 && granted.every(({ matches }) => matches === undefined)

/** With `matches` it also says whether the record at hand lies in the scope. */
function Reason({ grant, isDenial = false }: { grant: GivenScope; isDenial?: boolean }) {
  const { t } = useTranslation('access')
  const { scope, filter, by, matches } = grant
  return (
    <li>
      {matches === true && <IconCheck size={13} className={classes.gain} aria-label={t('reason.matches')} />}
      {matches === false && <IconX size={13} className={classes.loss} aria-label={t('reason.matchesNot')} />}{' '}
      {isDenial ? (
        <span className={classes.loss}>{t('reason.takesAway', { scope: t(`scope.${scope}.long`) })}</span>
      ) : (
        <OptionBadge label={t(`scope.${scope}.long`)} color={scopeColors[scope]} />
      )}{' '}
      <SourceName source={by} link />
      {filter && <span className={classes.choiceHelp}>{t('reason.filtered')}</span>}
    </li>
  )
}

interface FieldReasonsProps {
  fields: FieldRight[]
  relations: RelationRight[]
  /** Whether records can be changed or created at all; without it what may be written is only read. */
  mayWrite: boolean
}

/** Each field with what may be done to it and who says so. */
export function FieldReasons({ fields, relations, mayWrite }: FieldReasonsProps) {
  const { t } = useTranslation('access')
  const closed = relations.filter(({ follow }) => !follow)
  return (
    <div className={classes.fold}>
      <h3 className={classes.foldHeading}>{t('fields.title')}</h3>
      <ul className={classes.fieldGrid}>
        {fields.map((field) => (
          <li key={field.key} className={classes.fieldLine}>
            <span className={classes.fieldName}>{field.label}</span>
            <span className={classes.fieldReason}>
              <FieldAccessBadges field={field} mayWrite={mayWrite} />
              <span className={classes.by}>
                {field.limitedBy ? (
                  <SourceName source={field.limitedBy} />
                ) : (
                  field.by.map((source, index) => (
                    <span key={index}>
                      {index > 0 && ', '}
                      <SourceName source={source} />
                    </span>
                  ))
                )}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {closed.length > 0 && (
        <Text size="sm" mt="sm">
          {t('relations.notFollowed', { relations: closed.map(({ label }) => label).join(', ') })}
        </Text>
      )}
    </div>
  )
}

/** What holds on every record, and what some records show beyond it. */
function FieldAccessBadges({ field, mayWrite }: { field: FieldRight; mayWrite: boolean }) {
  const { t } = useTranslation('access')
  const shown = (access: FieldAccess): FieldAccess => (access === 'write' && !mayWrite ? 'read' : access)
  const [least, most] = [shown(field.least ?? field.access), shown(field.access)]
  if (least === most) return <AccessBadge access={most} />
  return (
    <>
      <AccessBadge access={least} />
      <span className={classes.choiceHelp}>{t('fields.onSome')}</span>
      <AccessBadge access={most} />
    </>
  )
}

function AccessBadge({ access }: { access: FieldAccess }) {
  const { t } = useTranslation('access')
  return <OptionBadge label={t(`fieldAccess.${access}`)} color={fieldColors[access]} />
}
