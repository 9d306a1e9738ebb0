import { NumberInput, SimpleGrid, TextInput } from '@mantine/core'
import type { FieldRules, FieldType } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { dayRules, numberRules, typesWithPattern } from './fieldTypes.ts'

interface FieldLimitsProps {
  type: FieldType
  rules: FieldRules
  onChange: (rules: FieldRules) => void
}

/** Limits that every value keeps to: how long, how much, how many, from when to when. */
export function FieldLimits({ type, rules, onChange }: FieldLimitsProps) {
  const { t } = useTranslation('settings')
  const numbers = numberRules[type] ?? []
  const days = dayRules[type] ?? []
  const set = (part: Partial<Record<keyof FieldRules, unknown>>) => onChange({ ...rules, ...part } as FieldRules)
  return (
    <>
      {(numbers.length > 0 || days.length > 0) && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {numbers.map((rule) => (
            <NumberInput
              key={rule}
              label={t(`rule.${rule}`)}
              value={rules[rule] ?? ''}
              onChange={(value) => set({ [rule]: value === '' ? undefined : Number(value) })}
            />
          ))}
          {days.map((rule) => (
            <TextInput
              key={rule}
              label={t(`rule.${rule}`)}
              placeholder="today, 2026-12-31"
              value={rules[rule] ?? ''}
              onChange={(event) => set({ [rule]: event.currentTarget.value.trim() || undefined })}
            />
          ))}
        </SimpleGrid>
      )}
      {typesWithPattern.includes(type) && (
        <TextInput
          label={t('rule.pattern')}
          description={t('rule.patternHelp')}
          value={rules.pattern ?? ''}
          onChange={(event) => set({ pattern: event.currentTarget.value || undefined })}
        />
      )}
    </>
  )
}
