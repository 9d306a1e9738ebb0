import { useTranslation } from 'react-i18next'
import { asList } from '../../fields/format.ts'
import { MultiSelect, Select } from '../../ui/Select.tsx'

interface ChoiceProps {
  label: string
  help: string | null
  required: boolean
  many: boolean
  choices: { id: string; title: string }[]
  /** An id, or several. */
  value: unknown
  error: string | undefined
  onChange: (value: unknown) => void
}

/** A choice among the records that a public form offers. */
export function ChoiceQuestion({ label, help, required, many, choices, value, error, onChange }: ChoiceProps) {
  const { t } = useTranslation('filling')
  const input = {
    label,
    description: help,
    withAsterisk: required,
    error,
    data: choices.map(({ id, title }) => ({ value: id, label: title })),
    searchable: true,
    nothingFoundMessage: t('nothingToChoose'),
  }
  const chosen = asList(value) as string[]
  if (many) {
    return (
      <MultiSelect {...input} placeholder={chosen.length === 0 ? t('choose') : ''} value={chosen} onChange={onChange} />
    )
  }
  return (
    <Select {...input} placeholder={t('choose')} clearable={!required} value={chosen[0] ?? null} onChange={onChange} />
  )
}
