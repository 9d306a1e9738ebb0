import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface KeyLimitInputProps {
  /** Requests a minute; null: no limit of its own. */
  value: number | null
  onChange: (value: number | null) => void
}

export function KeyLimitInput({ value, onChange }: KeyLimitInputProps) {
  const { t } = useTranslation('security')
  return (
    <NumberInput
      label={t('keys.perMinute')}
      description={t('keys.perMinuteHelp')}
      placeholder={t('keys.ofPlan')}
      min={1}
      max={100_000}
      allowDecimal={false}
      thousandSeparator=" "
      value={value ?? ''}
      onChange={(next) => onChange(Number(next) || null)}
    />
  )
}
