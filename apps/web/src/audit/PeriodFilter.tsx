import { Group, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import classes from './audit.module.css'
import { type Days, daysOf, type Period, periodOf, periods, todayIn } from './period.ts'

/** Today, a stretch of days up to today, or days chosen one by one. */
export function PeriodFilter({ days, onChange }: { days: Partial<Days>; onChange: (days: Days) => void }) {
  const { t } = useTranslation('audit')
  const { timeZone } = useWorkspace()
  const today = todayIn(timeZone)
  const known = periodOf(days, today)
  const [isChoosing, setChoosing] = useState(false)
  const showsDays = isChoosing || (!known && Boolean(days.from ?? days.to))

  function choose(value: string | null): void {
    setChoosing(value === 'custom')
    if (value !== 'custom') onChange(value ? daysOf(value as Period, today) : { from: undefined, to: undefined })
  }

  return (
    <Group gap={8} wrap="nowrap" className={classes.period}>
      <Select
        size="xs"
        className={classes.periodName}
        aria-label={t('filter.period')}
        placeholder={t('filter.always')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.always') }}
        comboboxProps={{ width: 180, position: 'bottom-start' }}
        value={showsDays ? 'custom' : (known ?? null)}
        onChange={choose}
        data={[...periods, 'custom' as const].map((value) => ({ value, label: t(`filter.${value}`) }))}
      />
      {showsDays && (
        <>
          <Day name="from" days={days} onChange={onChange} />
          <Day name="to" days={days} onChange={onChange} />
        </>
      )}
    </Group>
  )
}

interface DayProps {
  name: keyof Days
  days: Partial<Days>
  onChange: (days: Days) => void
}

function Day({ name, days, onChange }: DayProps) {
  const { t } = useTranslation('audit')
  return (
    <TextInput
      size="xs"
      type="date"
      aria-label={t(`filter.${name}`)}
      value={days[name]?.slice(0, 10) ?? ''}
      onChange={({ currentTarget }) =>
        onChange({ from: days.from, to: days.to, [name]: currentTarget.value || undefined })
      }
    />
  )
}
