import { Code, Text } from '@mantine/core'
import type { Filter, ObjectMeta, ValidationRule } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFilterText } from './useFilterText.ts'

/** What a rule asks for and when, in words or as its formula. */
export function RuleText({ object, rule }: { object: ObjectMeta; rule: ValidationRule }) {
  const { t } = useTranslation('modelling')
  const check = typeof rule.check === 'string' ? null : ((rule.check as Filter | undefined) ?? null)
  const when = (rule.when as Filter | null | undefined) ?? null
  const say = useFilterText(object, [check, when])
  return (
    <Text size="xs" mt={2}>
      {typeof rule.check === 'string' ? <Code>{rule.check}</Code> : check && say(check)}
      {when && (
        <Text span inherit c="dimmed">
          {` · ${t('rules.onlyWhile', { condition: say(when) })}`}
        </Text>
      )}
    </Text>
  )
}
