import { Anchor, Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApprovals } from '../automation/queries.ts'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { MarkAllRead } from './MarkAllRead.tsx'
import { NotificationItem } from './NotificationItem.tsx'
import { useNotifications } from './notificationQueries.ts'
import classes from './notifications.module.css'
import { useListKeys } from './useListKeys.ts'

/** All that the person was told, by j and k or by hand. */
export default function NotificationsPage() {
  const { t } = useTranslation('notifications')
  const [unread, setUnread] = useState(false)
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useNotifications(unread)
  const list = useListKeys()
  if (error && !data) return <PageError error={error} />
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <PageHeader title={t('title')}>
        <WaitingDecisions />
        <MarkAllRead newest={items[0]} />
        <SegmentedControl
          size="xs"
          aria-label={t('show')}
          value={unread ? 'unread' : 'all'}
          onChange={(value) => setUnread(value === 'unread')}
          data={[
            { value: 'all', label: t('filter.all') },
            { value: 'unread', label: t('filter.unread') },
          ]}
        />
      </PageHeader>
      <div className={classes.page}>
        {!data && <Skeleton height={220} />}
        {data && items.length === 0 && (
          <EmptyPage icon="bell" title={t(unread ? 'empty.read' : 'empty.title')} text={t('empty.text')} />
        )}
        <ul className={classes.list} ref={list}>
          {items.map((one) => (
            <NotificationItem key={one.id} notification={one} />
          ))}
        </ul>
        {hasNextPage && (
          <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  )
}

/** What workflows ask the person stays to be found here, also once its notification is read. */
function WaitingDecisions() {
  const { t } = useTranslation('notifications')
  const { data: approvals = [] } = useApprovals()
  if (approvals.length === 0) return null
  return (
    <Anchor component={Link} to={paths.approvals()} size="sm">
      {t('decide', { count: approvals.length })}
    </Anchor>
  )
}
