import { Anchor, Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWorkspace } from '../api/workspace.ts'
import home from '../app/HomePage.module.css'
import { hasDay } from '../app/landing.ts'
import { paths } from '../paths.ts'
import { ActivityLine } from './ActivityLine.tsx'
import classes from './activities.module.css'
import { BookingLines } from './BookingLines.tsx'
import { lateFirst, linesOf } from './day.ts'
import { useBookings } from './useBookings.ts'
import { useDay } from './useDay.ts'

/** As many lines as one takes in at a glance. */
const shown = 8

/** The person's day on the landing: what is overdue, meetings and tasks by the clock, and what is booked. */
export function HomeDay() {
  const { t } = useTranslation('activities')
  const workspace = useWorkspace()
  const day = useDay()
  const bookings = useBookings()
  if (!hasDay(workspace)) return null
  const { task, meeting } = day
  const lines = lateFirst([...linesOf(task, [...day.overdue, ...day.today]), ...linesOf(meeting, day.meetings)])
  const heading = <h2 className={home.heading}>{t('home.today')}</h2>
  if (day.isPending || bookings.isPending) {
    return (
      <section aria-label={t('home.today')} aria-busy="true">
        {heading}
        <Skeleton height={72} />
      </section>
    )
  }
  return (
    <section aria-label={t('home.today')}>
      {heading}
      {lines.length + bookings.entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('home.nothing')}
        </Text>
      )}
      <ul className={classes.lines}>
        {lines.slice(0, shown).map(({ object, record }) => (
          <li key={record.id}>
            <ActivityLine object={object} record={record} withDate={day.overdue.includes(record)} saysLate />
          </li>
        ))}
      </ul>
      <BookingLines bookings={bookings} most={shown} />
      <Anchor component={Link} to={paths.day()} size="sm">
        {t('home.open')}
      </Anchor>
    </section>
  )
}
