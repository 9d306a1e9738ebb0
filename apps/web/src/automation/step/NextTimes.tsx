import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import { cronText, scheduleText } from '../canvas/timeWords.ts'
import type { ScheduleSource } from '../flow/comingTimes.ts'
import { readSchedule } from '../flow/schedule.ts'
import classes from './step.module.css'

const shown = 5

/** A schedule in words, and when it comes next; what reads cron lines and rules is loaded for it alone. */
export function NextTimes({ cron, rrule, timeZone }: ScheduleSource & { timeZone: string }) {
  const { t, i18n } = useTranslation('automation')
  const context = useFormatContext()
  const { data } = useQuery({
    queryKey: ['schedule', cron, rrule, timeZone],
    queryFn: async () => {
      const { comingTimes, cronParts } = await import('../flow/comingTimes.ts')
      const times = comingTimes({ cron, rrule }, timeZone, new Date(), shown)
      return { times, parts: rrule === undefined ? cronParts(cron ?? '') : undefined }
    },
    retry: false,
    staleTime: 60_000,
  })
  if (!data) return null
  const isOwn = rrule === undefined && readSchedule(cron).rhythm === 'own'
  const words =
    isOwn && data.parts ? cronText(t, data.parts, i18n.language) : scheduleText(t, { cron, rrule }, i18n.language)
  return (
    <section aria-label={t('schedule.next')}>
      <Text size="sm">{words}</Text>
      <Text size="sm" fw={600} mt={4}>
        {t('schedule.next')}
      </Text>
      {data.times.length === 0 && <Text size="sm">{t('schedule.never')}</Text>}
      <ul className={classes.times}>
        {data.times.map((time) => (
          <li key={time}>{formatDateTime(time, { ...context, timeZone })}</li>
        ))}
      </ul>
    </section>
  )
}
