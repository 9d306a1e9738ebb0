import { Anchor, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { FoundDuplicates, ObjectMeta } from '@oneforge/client'
import { IconCopyCheck } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../api/client.ts'
import { isEmptyValue } from '../fields/format.ts'
import { paths } from '../paths.ts'
import classes from './duplicates.module.css'
import { reasonText, tellingReasons } from './reasonText.ts'

/** Types that records are usually compared by; a change of any other asks nobody. */
const telling = new Set(['email', 'phone', 'url', 'date'])
/** Each question weighs on the workspace's quota: asked when somebody has stopped typing. */
const pauseMs = 700

interface DuplicateWarningProps {
  object: ObjectMeta
  values: Record<string, unknown>
}

/** Says while a record is being filled in that there is one like it already. */
export function DuplicateWarning({ object, values }: DuplicateWarningProps) {
  const { t } = useTranslation('duplicates')
  const told = Object.fromEntries(
    object.fields
      .filter(({ key, type }) => key === object.roles.title || telling.has(type))
      .map(({ key }) => [key, values[key]])
      .filter(([, value]) => !isEmptyValue(value)),
  )
  const [asked] = useDebouncedValue(JSON.stringify(told), pauseMs)
  const { data: found } = useQuery({
    queryKey: ['duplicates', object.slug, 'check', asked],
    queryFn: ({ signal }) => client.duplicates.check(object.slug, JSON.parse(asked), signal),
    enabled: asked !== '{}',
    placeholderData: keepPreviousData,
    // The answer does not outlive the form: it may name people.
    gcTime: 0,
    retry: false,
  })
  if (!found || asked === '{}' || (found.candidates.length === 0 && !found.beyond)) return null
  return (
    <div className={classes.warning} role="status">
      <IconCopyCheck size={16} aria-hidden className={classes.warningIcon} />
      <div>
        <Text size="sm" fw={600}>
          {t('warning.title')}
        </Text>
        {found.candidates.slice(0, 3).map((candidate) => (
          <Text key={candidate.id} size="sm">
            <Anchor component={Link} to={paths.record(object.slug, candidate.id)} target="_blank" inherit>
              {candidate.title ?? candidate.recordNumber}
            </Anchor>{' '}
            <Text span size="xs" c="dimmed">
              {candidate.recordNumber} ·{' '}
              {tellingReasons(candidate.reasons)
                .map((reason) => reasonText(t, reason))
                .join('; ')}
            </Text>
          </Text>
        ))}
        {found.beyond && <Beyond {...found.beyond} />}
      </div>
    </div>
  )
}

function Beyond({ ask }: NonNullable<FoundDuplicates['beyond']>) {
  const { t } = useTranslation('duplicates')
  const names = ask.map(({ name }) => name).join(', ')
  return <Text size="sm">{t(names ? 'warning.beyond' : 'warning.beyondNobody', { names })}</Text>
}
