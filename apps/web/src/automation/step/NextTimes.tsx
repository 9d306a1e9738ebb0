import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import classes from './step.module.css'

const shown = 5

/** When a schedule comes next; what reads cron lines is loaded for it alone. */
export function NextTimes({ cron, timeZone }: { cron: string; timeZone: string }) {
  const { t } = useTranslation('automation')
  const context = useFormatContext()
  const { data: times = [] } = useQuery({
    queryKey: ['cron', cron, timeZone],
    queryFn: async () => {
      const { CronExpressionParser } = await import('cron-parser')
      const line = CronExpressionParser.parse(cron, { tz: timeZone })
      return Array.from({ length: shown }, () => line.next().toDate().toISOString())
    },
    retry: false,
    staleTime: 60_000,
  })
  if (times.length === 0) return null
  return (
    <section aria-label={t('schedule.next')}>
      <strong>{t('schedule.next')}</strong>
      <ul className={classes.times}>
        {times.map((time) => (
          <li key={time}>{formatDateTime(time, { ...context, timeZone })}</li>
        ))}
      </ul>
    </section>
  )
}
