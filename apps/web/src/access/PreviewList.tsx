import { Text } from '@mantine/core'
import type { AccessPreview, PreviewedMember, PreviewedObject } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import classes from './access.module.css'
import { useVocabulary } from './rights.ts'

/** Each member that a change touches, with what they gain in green and what they lose in red. */
export function PreviewList({ preview }: { preview: AccessPreview }) {
  const { t } = useTranslation('access')
  const { members, totalMembers, truncated } = preview
  if (!members.length) {
    return (
      <Text size="sm" c="dimmed">
        {t('review.nobody')}
      </Text>
    )
  }
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('review.touched', { count: totalMembers })}
      </Text>
      {members.map((member) => (
        <Member key={member.userId} member={member} />
      ))}
      {truncated && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('review.more', { count: totalMembers - members.length })}
        </Text>
      )}
    </>
  )
}

function Member({ member }: { member: PreviewedMember }) {
  const { t } = useTranslation('access')
  const { data: vocabulary } = useVocabulary()
  const permissions = (keys: string[]) =>
    keys.map((key) => vocabulary?.admin.find((permission) => permission.key === key)?.label ?? key)
  const { admin } = member
  return (
    <section className={classes.person}>
      <PersonValue name={member.name} />
      <dl className={classes.effects}>
        {member.objects.map((object) => (
          <ObjectEffects key={object.object} object={object} />
        ))}
        {admin.gained.length + admin.lost.length > 0 && (
          <>
            <dt>{t('admin.title')}</dt>
            <dd>
              <Effect kind="gain" text={t('review.administers')} what={permissions(admin.gained)} />
              <Effect kind="loss" text={t('review.administersNoMore')} what={permissions(admin.lost)} />
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

function ObjectEffects({ object: { object, label, actions, fields, relations } }: { object: PreviewedObject }) {
  const { t } = useTranslation('access')
  const { data: meta } = useObject(object)
  const labelOf = (key: string) =>
    [...(meta?.fields ?? []), ...(meta?.relations ?? [])].find((part) => part.key === key)?.label ?? key
  const { locale } = useFormatContext()
  const records = (count: number, capped: boolean) =>
    t('review.records', { count, number: formatNumber(count, locale) + (capped ? '+' : '') })
  // With seeing the object come and go all its fields and links: to name them would say nothing more.
  const comesOrGoes = actions.some(({ action, right }) => action === 'read' && right)
  const fieldNames = (list: PreviewedObject['fields']['gained']) =>
    list.map(({ key, access }) => t('review.fieldNow', { field: labelOf(key), access: t(`fieldAccess.${access}`) }))
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {actions.map(({ action, right, gained, lost, capped }) => (
          <div key={action}>
            {t(`action.${action}`)}:{' '}
            {right && <span className={classes[effectOf[right]]}>{t(`review.right.${right}`)} </span>}
            {gained > 0 && <span className={classes.gain}>+{records(gained, capped)} </span>}
            {lost > 0 && <span className={classes.loss}>−{records(lost, capped)}</span>}
          </div>
        ))}
        {!comesOrGoes && (
          <>
            <Effect kind="gain" text={t('review.fields')} what={fieldNames(fields.gained)} />
            <Effect kind="loss" text={t('review.fields')} what={fieldNames(fields.lost)} />
            <Effect kind="gain" text={t('review.relations')} what={relations.gained.map(labelOf)} />
            <Effect kind="loss" text={t('review.relations')} what={relations.lost.map(labelOf)} />
          </>
        )}
      </dd>
    </>
  )
}

const effectOf = { gained: 'gain', lost: 'loss' } as const

/** So many are named; the others are counted. */
const named = 5

function Effect({ kind, text, what }: { kind: 'gain' | 'loss'; text: string; what: string[] }) {
  const { t } = useTranslation('access')
  if (!what.length) return null
  const others = what.length - named
  return (
    <div>
      {text}:{' '}
      <span className={classes[kind]}>
        {kind === 'gain' ? '+ ' : '− '}
        {what.slice(0, named).join(', ')}
        {others > 0 && ` ${t('review.others', { count: others })}`}
      </span>
    </div>
  )
}
