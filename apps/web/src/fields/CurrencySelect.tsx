import { Select, type SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { currencyChoices } from './currencies.ts'

type CurrencySelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchable'> & {
  /** ISO 4217; '' for none. */
  value: string
  onChange: (currency: string) => void
}

/** One of all currencies, found by code or name. */
export function CurrencySelect({ value, onChange, ...props }: CurrencySelectProps) {
  const { t, i18n } = useTranslation('fields')
  return (
    <Select
      searchable
      nothingFoundMessage={t('currency.none')}
      allowDeselect={false}
      data={currencyChoices(i18n.language)}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      {...props}
    />
  )
}
