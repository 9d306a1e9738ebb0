import type { SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/Select.tsx'
import { currencyChoices } from './currencies.ts'
import { useFormatContext } from './FormatProvider.tsx'

type CurrencySelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchable'> & {
  /** ISO 4217; '' for none. */
  value: string
  onChange: (currency: string) => void
}

/** One of all currencies, found by code or name; that of the workspace stands where none is chosen. */
export function CurrencySelect({ value, onChange, ...props }: CurrencySelectProps) {
  const { t, i18n } = useTranslation('fields')
  const { currency } = useFormatContext()
  return (
    <Select
      searchable
      placeholder={currency}
      nothingFoundMessage={t('currency.none')}
      allowDeselect={false}
      data={currencyChoices(i18n.language)}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      {...props}
    />
  )
}
