import { NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './FilterBuilder.module.css'
import type { ValueProps } from './valueProps.ts'

/** Periods that move with the calendar: a view that asks for «this week» is right every week. */
const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'nextYear',
]
/** These need a number of days. */
const counted = ['lastNDays', 'nextNDays']
const usualDays = 7
const exact = 'exact'

interface RelativeDate {
  relative: string
  n?: number
}

/** A day, or a period relative to today. */
export function DateValue({ value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  const relative = isRelative(value) ? value : undefined

  function choose(choice: string | null): void {
    if (!choice) return
    if (choice === exact) onChange(null)
    else onChange(counted.includes(choice) ? { relative: choice, n: relative?.n ?? usualDays } : { relative: choice })
  }

  return (
    <div className={classes.date}>
      <Select
        className={classes.value}
        size="xs"
        aria-label={t('filter.value')}
        data={[
          { value: exact, label: t('filter.exactDate') },
          ...[...periods, ...counted].map((period) => ({ value: period, label: t(`filter.period.${period}`) })),
        ]}
        value={relative?.relative ?? exact}
        onChange={choose}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      {!relative && (
        <TextInput
          className={classes.value}
          size="xs"
          type="date"
          aria-label={t('filter.value')}
          value={typeof value === 'string' ? value.slice(0, 10) : ''}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      )}
      {relative && counted.includes(relative.relative) && (
        <NumberInput
          className={classes.days}
          size="xs"
          min={1}
          max={3660}
          aria-label={t('filter.days')}
          value={relative.n ?? usualDays}
          onChange={(n) => onChange({ relative: relative.relative, n: Number(n) || 1 })}
        />
      )}
    </div>
  )
}

function isRelative(value: unknown): value is RelativeDate {
  return typeof value === 'object' && value !== null && 'relative' in value
}
