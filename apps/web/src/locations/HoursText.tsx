import { Text } from '@mantine/core'
import type { OpenInterval } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../fields/format.ts'

/** Hours as they are read: `08:00 – 13:00, 14:00 – 18:30`. */
export function HoursText({ intervals, locale }: { intervals: OpenInterval[]; locale: string }) {
  const { t } = useTranslation('locationsettings')
  if (!intervals.length) {
    return (
      <Text size="sm" c="dimmed" span>
        {t('hours.closed')}
      </Text>
    )
  }
  const text = intervals.map(({ from, to }) => `${formatTime(from, locale)} – ${formatTime(to, locale)}`).join(', ')
  return (
    <Text size="sm" span>
      {text}
    </Text>
  )
}
