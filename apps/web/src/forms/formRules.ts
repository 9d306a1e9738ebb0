/** What conditions make of a form: which fields are shown, needed, locked, and which of their options may be chosen. */
import type { FieldMeta, Filter, ObjectMeta } from '@oneforge/client'
import { isEmptyValue } from '../fields/format.ts'
import type { Values } from './initialValues.ts'
import { type Asker, type Facts, matches } from './matches.ts'

/** A field as the form shows it now; `locked` is shown and not typed into. */
export interface FormField {
  field: FieldMeta
  locked: boolean
}

/** The fields to show. What was typed into one that is hidden now is kept aside and does not travel. */
export function shownFields(fields: FieldMeta[], initial: Facts, now: Facts, asker: Asker): FormField[] {
  return fields.flatMap((field) => {
    if (isHidden(field, now, asker)) return []
    const { required, readOnly, options = [] } = field.conditions ?? {}
    const isNeeded = field.required || holds(required, now, asker)
    const locked = holds(readOnly, initial, asker) && holds(readOnly, now, asker)
    const allowed = options.find(({ when }) => holds(when, now, asker))?.values
    const choices = allowed ? field.options.filter(({ value }) => allowed.includes(value)) : field.options
    const isSame = isNeeded === field.required && !allowed
    return [{ field: isSame ? field : { ...field, required: isNeeded, options: choices }, locked }]
  })
}

export function isHidden(field: FieldMeta, now: Facts, asker: Asker): boolean {
  const visible = field.conditions?.visible
  return visible !== undefined && visible !== null && !holds(visible, now, asker)
}

function holds(filter: unknown, facts: Facts, asker: Asker): boolean {
  return filter !== undefined && filter !== null && matches(filter as Filter, facts, asker)
}

/** Names of the fields that a filter looks at: of the record itself, the relation where it looks further. */
export function namesIn(filter: unknown): string[] {
  const part = filter as Filter | null | undefined
  if (!part) return []
  if ('and' in part) return part.and.flatMap(namesIn)
  if ('or' in part) return part.or.flatMap(namesIn)
  return 'not' in part ? namesIn(part.not) : [part.field]
}

/** Every name that the conditions and rules of an object look at. */
export function namesAsked({ fields, rules }: Pick<ObjectMeta, 'fields' | 'rules'>): string[] {
  const conditions = fields.flatMap(({ conditions: given }) => [
    ...[given?.visible, given?.required, given?.readOnly].flatMap(namesIn),
    ...(given?.options ?? []).flatMap(({ when }) => namesIn(when)),
  ])
  const checks = (rules ?? []).flatMap(({ when, check }) => [...namesIn(when), ...filterNames(check)])
  return [...new Set([...conditions, ...checks])]
}

/** Formulas are asked by the server alone. */
function filterNames(check: unknown): string[] {
  return typeof check === 'string' ? [] : namesIn(check)
}

/**
 * Messages of the rules that are broken now, by the field where each stands. Only rules that look at one of the fields
 * in `about` are asked: nobody is told of what they have not come to yet.
 */
export function brokenRules(
  { fields, rules }: Pick<ObjectMeta, 'fields' | 'rules'>,
  now: Facts,
  asker: Asker,
  about: ReadonlySet<string>,
): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const { when, check, field, message, active } of rules ?? []) {
    if (!active || typeof check === 'string' || !check) continue
    const looked = [...namesIn(when), ...namesIn(check)].map((name) => name.split('.')[0] ?? name)
    if (!looked.some((name) => about.has(name))) continue
    if ((when && !holds(when, now, asker)) || holds(check, now, asker)) continue
    const place = field ?? looked.find((name) => fields.some(({ key }) => key === name)) ?? looked[0]
    if (place) messages[place] ??= message
  }
  return messages
}

/** What travels: values of fields that are shown. */
export function shownValues(values: Values, fields: FieldMeta[], now: Facts, asker: Asker): Values {
  const hidden = new Set(fields.filter((field) => isHidden(field, now, asker)).map(({ key }) => key))
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !hidden.has(key) && !isEmptyValue(value)))
}
