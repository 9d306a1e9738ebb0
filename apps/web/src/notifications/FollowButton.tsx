import { Button, Popover, Text } from '@mantine/core'
import type { RecordData } from '@oneforge/client'
import { IconBell, IconBellOff, IconBellRinging } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../api/viewAs.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import classes from './FollowButton.module.css'
import { useFollowing } from './useFollowing.ts'

/** Whether the person hears of changes to the record, the switch for it, and who else does. */
export function FollowButton({ record }: { record: RecordData }) {
  const { t } = useTranslation('following')
  const { followers, choose } = useFollowing(record)
  if (!followers) return null
  const { following, followers: people } = followers
  const Mark = following ? IconBellRinging : IconBell
  const state = t(following ? 'follow.yes' : 'follow.no')
  return (
    <Popover position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Mark size={15} aria-hidden />}
          aria-label={t('follow.label', { state, count: people.length })}
        >
          {state}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t('follow.followers', { count: people.length })}>
        {!viewedPerson() && (
          <Button
            variant="light"
            fullWidth
            mb="sm"
            leftSection={following ? <IconBellOff size={15} /> : <IconBell size={15} />}
            onClick={() => choose(!following)}
          >
            {t(following ? 'follow.stop' : 'follow.start')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {t('follow.followers', { count: people.length })}
        </Text>
        <ul className={classes.people}>
          {people.map(({ id, name, why }) => (
            <li key={id} className={classes.person}>
              <PersonValue name={name} />
              {why !== 'chosen' && (
                <Text span size="xs" c="dimmed">
                  {t(`follow.${why}`)}
                </Text>
              )}
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
