import { Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './usage.module.css'

interface MeterProps {
  label: string
  used: number
  /** Null: without limit. */
  limit: number | null
  format: (amount: number) => string
  /** What else there is to know, below. */
  note?: string
}

/** What is used of a limit: calm until nine tenths of it, a warning then, red when nothing is left. */
export function Meter({ label, used, limit, format, note }: MeterProps) {
  const { t } = useTranslation('usage')
  const share = limit ? Math.min(100, (used / limit) * 100) : 0
  const color = share >= 100 ? 'red' : share >= 90 ? 'yellow' : undefined
  return (
    <section className={classes.meter} aria-label={label}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div>
        <span className={classes.amount}>{format(used)}</span>{' '}
        <span className={classes.limit}>
          {limit === null ? t('meter.unlimited') : t('meter.of', { limit: format(limit) })}
        </span>
      </div>
      {limit !== null && (
        <Progress.Root size={6} mt={8}>
          <Progress.Section
            value={share}
            color={color}
            aria-label={label}
            aria-valuetext={t('meter.value', { used: format(used), limit: format(limit) })}
          />
        </Progress.Root>
      )}
      {note && (
        <Text size="xs" c="dimmed" mt={6}>
          {note}
        </Text>
      )}
    </section>
  )
}
