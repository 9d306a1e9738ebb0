import { Select } from '@mantine/core'
import type { FieldMeta, WidgetGroup, WidgetInterval } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { shownType } from '../../fields/format.ts'
import classes from './Editing.module.css'
import { canGroup, isDate } from './kinds.ts'
import { withOwn } from './MeasureChoice.tsx'

const intervals: WidgetInterval[] = ['day', 'week', 'month', 'quarter', 'year', 'weekday', 'hour']

interface GroupChoiceProps {
  label: string
  fields: FieldMeta[]
  group: WidgetGroup | undefined
  /** Whether it may be left out. */
  isOptional?: boolean
  onChange: (group: WidgetGroup | undefined) => void
}

/** By what figures are told apart; dates by a step. */
export function GroupChoice({ label, fields, group, isOptional = false, onChange }: GroupChoiceProps) {
  const { t } = useTranslation('dashboards')
  const field = fields.find(({ key }) => key === group?.field)
  function choose(key: string | null): void {
    const chosen = fields.find((one) => one.key === key)
    if (key) onChange(isDate(chosen) ? { field: key, interval: group?.interval ?? 'month' } : { field: key })
    else if (isOptional) onChange(undefined)
  }
  return (
    <div className={classes.pair}>
      <Select
        label={label}
        searchable
        allowDeselect={false}
        clearable={isOptional && group !== undefined}
        clearButtonProps={{ 'aria-label': t('form.nothing') }}
        placeholder={isOptional ? t('form.nothing') : undefined}
        value={group?.field ?? null}
        onChange={choose}
        data={withOwn(fields.filter(canGroup), group?.field)}
      />
      {group?.interval || isDate(field) ? (
        <Select
          label={t('form.interval')}
          allowDeselect={false}
          value={group?.interval ?? 'month'}
          onChange={(interval) => group && onChange({ ...group, interval: interval as WidgetInterval })}
          data={intervals
            .filter((interval) => interval !== 'hour' || !field || shownType(field) === 'datetime')
            .map((interval) => ({ value: interval, label: t(`interval.${interval}`) }))}
        />
      ) : (
        <span />
      )}
    </div>
  )
}
