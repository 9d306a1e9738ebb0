import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { durationText, scheduleText } from '../canvas/timeWords.ts'
import { readDuration } from '../flow/duration.ts'
import type { Trigger } from '../flow/flow.ts'

/** When a workflow begins, without the names of fields, which a list of all objects does not know. */
export function useTriggerWords(): (trigger: Trigger) => string {
  const { t, i18n } = useTranslation('automation')
  return (trigger) => triggerWords(t, trigger, i18n.language)
}

function triggerWords(t: TFunction<'automation'>, trigger: Trigger, language: string): string {
  if (trigger.type === 'schedule') return scheduleText(t, trigger, language)
  if (trigger.type === 'stage_changed' && trigger.to) return t('when.stage_changed_to', { stage: trigger.to })
  if (trigger.type !== 'date_relative') return t(`triggerName.${trigger.type}`)
  const offset = readDuration(trigger.offset)
  if (offset?.amount === 0) return t('triggerName.date_relative')
  return t(offset?.before ? 'list.before' : 'list.after', { time: durationText(t, offset, trigger.offset) })
}
