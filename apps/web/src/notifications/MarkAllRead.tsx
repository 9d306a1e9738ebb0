import { Button } from '@mantine/core'
import type { Notification } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../api/viewAs.ts'
import { useMarkRead, useUnread } from './notificationQueries.ts'

/** Up to the newest that is shown: what has come since then is not missed. */
export function MarkAllRead({ newest }: { newest: Notification | undefined }) {
  const { t } = useTranslation('notifications')
  const unread = useUnread()
  const { mutate, isPending } = useMarkRead()
  if (!newest || unread === 0 || viewedPerson()) return null
  return (
    <Button variant="subtle" size="compact-sm" loading={isPending} onClick={() => mutate({ upTo: newest.id })}>
      {t('markAll')}
    </Button>
  )
}
