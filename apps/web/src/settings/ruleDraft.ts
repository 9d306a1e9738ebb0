/** Rules that records must keep to, while they are described in the settings. */
import type { Filter, LocalizedText, ObjectMeta, RuleInput, ValidationRule } from '@oneforge/client'
import { anyLabel, completed, keyFrom } from './naming.ts'

export interface RuleDraft {
  /** '' for a new one: its key is made of its message. */
  key: string
  messages: LocalizedText
  /** Null: always. */
  when: Filter | null
  by: 'filter' | 'formula'
  filter: Filter | null
  formula: string
  /** Key of the field where the message stands; '' leaves it to the rule. */
  field: string
  active: boolean
}

export function emptyRule(): RuleDraft {
  return { key: '', messages: { en: '' }, when: null, by: 'filter', filter: null, formula: '', field: '', active: true }
}

export function draftOfRule({ key, message, messages, when, check, field, active }: ValidationRule): RuleDraft {
  const isFormula = typeof check === 'string'
  return {
    key,
    messages: messages ?? { en: message },
    when: (when as Filter | null | undefined) ?? null,
    by: isFormula ? 'formula' : 'filter',
    filter: isFormula ? null : ((check as Filter | undefined) ?? null),
    formula: isFormula ? check : '',
    field: field ?? '',
    active,
  }
}

export function isComplete({ messages, by, filter, formula }: RuleDraft): boolean {
  return anyLabel(messages) !== '' && (by === 'formula' ? formula.trim() !== '' : filter !== null)
}

export function ruleInput(draft: RuleDraft, taken: readonly string[]): RuleInput {
  return {
    key: draft.key || keyFrom(anyLabel(draft.messages), taken),
    message: completed(draft.messages),
    when: draft.when,
    check: draft.by === 'formula' ? draft.formula.trim() : draft.filter,
    field: draft.field || null,
    active: draft.active,
  }
}

/** The whole list as a request takes it, with one rule put in, replaced or (null) taken out. */
export function rulesWith(object: ObjectMeta, key: string, change: RuleDraft | null): RuleInput[] {
  const taken = object.rules.map((rule) => rule.key)
  const next = change ? [ruleInput(change, taken)] : []
  const kept = object.rules.map((rule) => ruleInput(draftOfRule(rule), taken))
  if (!taken.includes(key)) return [...kept, ...next]
  return kept.flatMap((rule) => (rule.key === key ? next : rule))
}
