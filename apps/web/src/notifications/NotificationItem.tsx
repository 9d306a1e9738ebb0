import type { Notification } from '@oneforge/client'
import {
  IconAlarm,
  IconArrowRight,
  IconAt,
  IconChecklist,
  IconMail,
  IconMessage,
  IconNote,
  IconPencil,
  IconRoute,
  IconUserCheck,
  IconUserPlus,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { viewedPerson } from '../api/viewAs.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { useMarkRead } from './notificationQueries.ts'
import classes from './notifications.module.css'
import { detailsOf, sentenceOf, whereTo } from './notificationText.ts'

const icons: Record<Notification['kind'], typeof IconAt> = {
  mention: IconAt,
  assigned: IconUserCheck,
  answered: IconMail,
  moved: IconArrowRight,
  noted: IconNote,
  commented: IconMessage,
  changed: IconPencil,
  reminder: IconAlarm,
  workflow: IconRoute,
  job_ended: IconChecklist,
  invitation_accepted: IconUserPlus,
}

/** One line of what is new; following it marks it as read. */
export function NotificationItem({ notification, onOpen }: { notification: Notification; onOpen?: () => void }) {
  const { t } = useTranslation('notifications')
  const { mutate } = useMarkRead()
  const context = useFormatContext()
  const { id, kind, read, at } = notification
  const Mark = icons[kind]
  const details = detailsOf(t, notification, context)
  const open = () => {
    if (!read && !viewedPerson()) mutate({ ids: [id] })
    onOpen?.()
  }
  return (
    <li>
      <Link to={whereTo(notification)} className={classes.item} data-unread={!read || undefined} onClick={open}>
        <span className={classes.mark}>
          <Mark size={15} stroke={1.7} aria-hidden />
        </span>
        <span className={classes.text}>
          <span className={classes.sentence}>{sentenceOf(t, notification)}</span>
          <span className={classes.small}>
            {details && `${details} · `}
            <RelativeTime at={at} />
          </span>
        </span>
        {!read && <span className={classes.dot} role="img" aria-label={t('unread')} />}
      </Link>
    </li>
  )
}
