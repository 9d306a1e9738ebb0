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

/**
 * In which languages a text is written where it is made: the reader's own, and English, which stands in for all that are
 * missing. The others have a page of their own, where texts are translated one after the other.
 */
export function readersFirst(language: string) {
  const own = languages.filter(({ code }) => code === language)
  return language === 'en' ? own : [...own, ...languages.filter(({ code }) => code === 'en')]
}

/** A text in the reader's language and in English; a language left empty is shown in English. */
export function LabelInputs({ label, value, onChange, error, autoFocus = false }: LabelInputsProps) {
  const { i18n } = useTranslation()
  const ordered = readersFirst(i18n.language)
  const first = ordered[0] ?? languages[0]
  return (
    <SimpleGrid cols={{ base: 1, xs: ordered.length }} spacing="sm" flex={1}>
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
