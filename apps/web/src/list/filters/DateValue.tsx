import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ValueProps } from './ConditionValue.tsx'
import classes from './FilterBuilder.module.css'

export function DateValue({ value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  return (
    <TextInput
      className={classes.value}
      size="xs"
      type="date"
      aria-label={t('filter.value')}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}
