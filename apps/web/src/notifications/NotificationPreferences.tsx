import { Checkbox, NativeSelect, Switch, Text, TextInput } from '@mantine/core'
import type { NotificationWish, NotificationPreferences as Preferences } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showError } from '../ui/toast.tsx'
import { useNotificationPreferences, usePrefer } from './notificationQueries.ts'
import classes from './notifications.module.css'

const kinds = [
  'mention',
  'assigned',
  'answered',
  'moved',
  'noted',
  'commented',
  'changed',
  'reminder',
  'workflow',
  'job_ended',
  'invitation_accepted',
] as const
const mails = ['at_once', 'hourly', 'daily', 'never'] as const

/** What the person wishes to be told of, and how; each choice counts at once. */
export function NotificationPreferences({ className, headingClass }: { className?: string; headingClass?: string }) {
  const { t } = useTranslation('notifications')
  const { data } = useNotificationPreferences()
  if (!data) return null
  return (
    <section id="notifications" className={className} aria-labelledby="notification-wishes">
      <h2 id="notification-wishes" className={headingClass}>
        {t('preferences.title')}
      </h2>
      {!data.mails && (
        <Text size="sm" c="dimmed">
          {t('preferences.noMails')}
        </Text>
      )}
      <WishTable preferences={data} />
      <DailyAt key={data.dailyAt} dailyAt={data.dailyAt} />
      <FollowWishes />
    </section>
  )
}

function WishTable({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation('notifications')
  const { mutate } = usePrefer()
  const change = (kind: string, wish: Partial<NotificationWish>) => mutate({ kinds: { [kind]: wish } })
  return (
    <table className={classes.wishes}>
      <thead>
        <tr>
          <th scope="col">{t('preferences.what')}</th>
          <th scope="col">{t('preferences.page')}</th>
          <th scope="col">{t('preferences.mail')}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => {
          const wish = preferences.kinds[kind]
          if (!wish) return null
          const what = t(`kind.${kind}`)
          return (
            <tr key={kind}>
              <th scope="row">{what}</th>
              <td>
                <Checkbox
                  aria-label={t('preferences.pageFor', { what })}
                  checked={wish.page}
                  onChange={(event) => change(kind, { page: event.currentTarget.checked })}
                />
              </td>
              <td>
                <NativeSelect
                  size="xs"
                  miw={112}
                  aria-label={t('preferences.mailFor', { what })}
                  value={wish.mail}
                  data={mails.map((value) => ({ value, label: t(`mail.${value}`) }))}
                  onChange={(event) => change(kind, { mail: event.currentTarget.value as NotificationWish['mail'] })}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function DailyAt({ dailyAt }: { dailyAt: string }) {
  const { t } = useTranslation('notifications')
  const { mutate } = usePrefer()
  return (
    <TextInput
      type="time"
      size="sm"
      w={160}
      label={t('preferences.dailyAt')}
      defaultValue={dailyAt}
      onBlur={({ currentTarget: { value } }) => value && value !== dailyAt && mutate({ dailyAt: value })}
    />
  )
}

/** Whether one's own records are followed without a choice. */
function FollowWishes() {
  const { t } = useTranslation('notifications')
  const cache = useQueryClient()
  const { data } = useQuery({ queryKey: keys.followSettings(), queryFn: client.following.settings })
  const change = useMutation({
    mutationFn: client.following.change,
    onSuccess: (settings) => cache.setQueryData(keys.followSettings(), settings),
    onError: showError,
  })
  if (!data) return null
  return (['owned', 'created'] as const).map((which) => (
    <Switch
      key={which}
      label={t(`preferences.${which}`)}
      checked={data[which]}
      onChange={(event) => change.mutate({ [which]: event.currentTarget.checked })}
    />
  ))
}
