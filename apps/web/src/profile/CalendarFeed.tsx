import { Alert, Button, CopyButton, Group, Switch, Text, TextInput } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { CalendarFeed as Feed } from '@oneforge/client'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { overlays } from '../ui/overlays.ts'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './ProfilePage.module.css'

const key = ['calendar feed']

/** The address by which the person's own calendar is subscribed to elsewhere. It is shown when it is made, and never again. */
export function CalendarFeed() {
  const { t } = useTranslation('profile')
  const { data: feed } = useQuery({ queryKey: key, queryFn: client.account.calendarFeed })
  const [url, setUrl] = useState<string | null>(null)
  const renew = useFeedChange(async () => {
    const { url, ...made } = await client.account.renewCalendarFeed()
    setUrl(url)
    return made
  })
  const remove = useFeedChange(async () => {
    await client.account.removeCalendarFeed()
    setUrl(null)
    return client.account.calendarFeed()
  })
  if (!feed) return null
  return (
    <section className={classes.section} aria-labelledby="calendar-feed">
      <h2 id="calendar-feed" className={classes.heading}>
        {t('calendar.title')}
      </h2>
      <Text size="sm" c="dimmed">
        {t('calendar.explanation')} {!feed.names && t('calendar.protected')}
      </Text>
      {url && <NewAddress url={url} />}
      {feed.since ? (
        <OwnFeed
          feed={feed}
          onRenew={() => renew.mutate(t('calendar.made'))}
          onRemove={() => remove.mutate(t('calendar.removed'))}
          isBusy={renew.isPending || remove.isPending}
        />
      ) : (
        <Group justify="space-between">
          <Text size="sm">{t('calendar.none')}</Text>
          <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate(t('calendar.made'))}>
            {t('calendar.make')}
          </Button>
        </Group>
      )}
    </section>
  )
}

function NewAddress({ url }: { url: string }) {
  const { t } = useTranslation('profile')
  return (
    <Alert variant="light">
      <Text size="sm" mb="xs">
        {t('calendar.once')}
      </Text>
      <TextInput
        aria-label={t('calendar.address')}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        rightSection={
          <CopyButton value={url}>
            {({ copied, copy }) => (
              <IconButton
                label={t(copied ? 'calendar.copied' : 'calendar.copy')}
                variant="subtle"
                size={28}
                onClick={copy}
              >
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </IconButton>
            )}
          </CopyButton>
        }
      />
    </Alert>
  )
}

interface OwnFeedProps {
  feed: Feed
  onRenew: () => void
  onRemove: () => void
  isBusy: boolean
}

function OwnFeed({ feed, onRenew, onRemove, isBusy }: OwnFeedProps) {
  const { t } = useTranslation('profile')
  const change = useFeedChange(() => client.account.updateCalendarFeed({ tasks: !feed.tasks }))
  const ask = (what: 'renew' | 'remove', onConfirm: () => void) => async () => {
    await overlays()
    openConfirmModal({
      title: t(`calendar.${what}Title`),
      children: <Text size="sm">{t(`calendar.${what}Text`)}</Text>,
      labels: { confirm: t(`calendar.${what}`), cancel: t('calendar.cancel') },
      onConfirm,
    })
  }
  return (
    <>
      <Text size="sm">
        {t('calendar.since')} <RelativeTime at={feed.since!} />
        {' · '}
        {feed.fetchedAt ? (
          <>
            {t('calendar.fetched')} <RelativeTime at={feed.fetchedAt} />
          </>
        ) : (
          t('calendar.unfetched')
        )}
      </Text>
      <Switch
        label={t('calendar.tasks')}
        checked={feed.tasks}
        disabled={change.isPending}
        onChange={() => change.mutate(t('calendar.saved'))}
      />
      <Group gap="xs">
        <Button variant="default" loading={isBusy} onClick={ask('renew', onRenew)}>
          {t('calendar.renew')}
        </Button>
        <Button variant="subtle" loading={isBusy} onClick={ask('remove', onRemove)}>
          {t('calendar.remove')}
        </Button>
      </Group>
    </>
  )
}

/** A change of the feed; its variable is what is said once it is made. */
function useFeedChange(change: () => Promise<Feed>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (_said: string) => change(),
    onSuccess: (feed, message) => {
      cache.setQueryData(key, feed)
      showToast({ message })
    },
    onError: showError,
  })
}
