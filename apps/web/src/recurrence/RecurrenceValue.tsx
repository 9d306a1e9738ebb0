import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { wholeRuleText } from './recurrenceWords.ts'

/** A rule in words; as it is written where it has none. */
export function RecurrenceValue({ rule }: { rule: string }) {
  const { t, i18n } = useTranslation('recurrence')
  const { timeZone } = useFormatContext()
  return <span title={rule}>{wholeRuleText(t, rule, i18n.language, timeZone) ?? rule}</span>
}
