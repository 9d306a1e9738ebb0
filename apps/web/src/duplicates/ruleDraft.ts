/** Rules while they are edited. */
import type { DuplicateSettings } from '@oneforge/client'

export type RuleDraft = DuplicateSettings['rules'][number]
type Part = RuleDraft['parts'][number]
type Comparable = DuplicateSettings['comparable']

/** Forgiving comparisons come first: they are what people mean. */
const preferred = ['normalised', 'exact', 'similar', 'domain'] as const

/** A part as it is to be; one that is new takes a field that the rule does not have yet. */
export function withPart(rule: RuleDraft, at: number, change: Partial<Part>, comparable: Comparable): RuleDraft {
  const taken = rule.parts.map(({ field }) => field)
  const field = change.field ?? rule.parts[at]?.field ?? freeField(taken, comparable)
  const compares = comparable.find((one) => one.field === field)?.compares ?? []
  const wanted = change.compare ?? rule.parts[at]?.compare
  const compare =
    wanted && compares.includes(wanted) ? wanted : (preferred.find((one) => compares.includes(one)) ?? 'exact')
  const parts = [...rule.parts]
  parts[at] = { field, compare }
  return { ...rule, parts }
}

const freeField = (taken: string[], comparable: Comparable): string =>
  (comparable.find(({ field }) => !taken.includes(field)) ?? comparable[0])!.field

export function freshRule(rules: RuleDraft[], comparable: Comparable): RuleDraft {
  let number = rules.length + 1
  while (rules.some(({ key }) => key === `rule_${number}`)) number += 1
  return withPart({ key: `rule_${number}`, weight: 80, parts: [] }, 0, {}, comparable)
}
