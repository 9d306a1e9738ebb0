import { SimpleGrid, TextInput } from '@mantine/core'
import type { LocalizedText } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { languages } from '../i18n/index.ts'

interface LabelInputsProps {
  /** What is named: «Name», «Plural». */
  label: string
  value: LocalizedText
  onChange: (value: LocalizedText) => void
  error?: string | undefined
  autoFocus?: boolean
}

/** The languages of the page, the reader's own before the others. */
export function readersFirst(language: string) {
  return [...languages].sort((a, b) => Number(b.code === language) - Number(a.code === language))
}

/** A text in each language of the page; a language left empty is shown in English. */
export function LabelInputs({ label, value, onChange, error, autoFocus = false }: LabelInputsProps) {
  const { i18n } = useTranslation()
  const ordered = readersFirst(i18n.language)
  const first = ordered[0] ?? languages[0]
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" flex={1}>
      {ordered.map(({ code, name }) => (
        <TextInput
          key={code}
          label={`${label} (${name})`}
          value={value[code] ?? ''}
          placeholder={code === first.code ? undefined : value[first.code]}
          error={code === first.code ? error : undefined}
          data-autofocus={(autoFocus && code === first.code) || undefined}
          onChange={(event) => onChange({ ...value, [code]: event.currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  )
}
