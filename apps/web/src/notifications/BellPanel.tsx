import { Anchor, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { MarkAllRead } from './MarkAllRead.tsx'
import { NotificationItem } from './NotificationItem.tsx'
import { useNotifications } from './notificationQueries.ts'
import classes from './notifications.module.css'

const shown = 8

/** The latest, over whatever page one is at. */
export default function BellPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('notifications')
  const { data } = useNotifications(false)
  const items = data?.pages[0]?.items ?? []
  return (
    <>
      <Group justify="space-between" className={classes.panelHead}>
        <Text fw={600} size="sm">
          {t('title')}
        </Text>
        <MarkAllRead newest={items[0]} />
      </Group>
      {data && items.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          {t('empty.text')}
        </Text>
      )}
      <ul className={classes.list}>
        {items.slice(0, shown).map((one) => (
          <NotificationItem key={one.id} notification={one} onOpen={onClose} />
        ))}
      </ul>
      <Group justify="space-between" className={classes.panelFoot}>
        <Anchor component={Link} to={paths.notifications()} size="sm">
          {t('all')}
        </Anchor>
        <Anchor component={Link} to={`${paths.profile()}#notifications`} size="sm">
          {t('settings')}
        </Anchor>
      </Group>
    </>
  )
}
