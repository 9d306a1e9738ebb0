import type { SelectProps } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/Select.tsx'
import { countryChoices } from './currencies.ts'

type CountrySelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchable'> & {
  /** ISO 3166; null where none is known. */
  value: string | null
  onChange: (country: string) => void
}

/** One of all countries, found by its name in the reader's language. */
export function CountrySelect({ value, onChange, ...props }: CountrySelectProps) {
  const { t, i18n } = useTranslation('fields')
  const choices = useMemo(() => countryChoices(i18n.language), [i18n.language])
  return (
    <Select
      searchable
      nothingFoundMessage={t('country.none')}
      allowDeselect={false}
      data={choices}
      value={value}
      onChange={(next) => next && onChange(next)}
      {...props}
    />
  )
}
