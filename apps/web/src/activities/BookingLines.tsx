import { SegmentedControl, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './activities.module.css'
import { BookingLine } from './BookingLine.tsx'
import type { Bookings } from './useBookings.ts'

interface BookingLinesProps {
  bookings: Bookings
  /** As many as are shown; all of them without it. */
  most?: number
}

/** What is booked today, in its order, with the choice between one's own and everybody's. */
export function BookingLines({ bookings: { entries, areThere, isPending, whose, setWhose }, most }: BookingLinesProps) {
  const { t } = useTranslation('activities')
  if (!areThere) return null
  const now = Date.now()
  // On a landing there is no room for what is over.
  const ahead = most === undefined ? entries : entries.filter(({ entry }) => entry.end > now).slice(0, most)
  return (
    <>
      <SegmentedControl
        size="xs"
        mt={8}
        mb={4}
        aria-label={t('bookings.whose')}
        value={whose}
        onChange={(value) => setWhose(value as Bookings['whose'])}
        data={(['mine', 'all'] as const).map((value) => ({ value, label: t(`bookings.${value}`) }))}
      />
      {ahead.length === 0 && !isPending && (
        <Text size="sm" c="dimmed">
          {t('bookings.none')}
        </Text>
      )}
      <ul className={classes.lines}>
        {ahead.map((booked) => (
          <li key={booked.entry.record.id}>
            <BookingLine {...booked} />
          </li>
        ))}
      </ul>
    </>
  )
}
