import type { FieldDefinition, FieldType } from '@oneforge/kernel/metadata'
import { parseValue } from '@oneforge/kernel/metadata/values'
import { Temporal } from 'temporal-polyfill'
import { quoted } from './problem.ts'

/** Types whose values the system makes, or that only a running workspace can hold. */
export const unwritableTypes: readonly FieldType[] = ['autonumber', 'formula', 'lookup', 'rollup', 'file', 'user']

export const today = (): Temporal.PlainDate => Temporal.Now.plainDateISO('UTC')

/**
 * What is wrong with a value of a field, judged by the same code that judges what people type; nothing if it is right.
 * Sample records write relations and dates in a notation of their own, which is resolved before.
 */
export function valueProblem(field: FieldDefinition, value: unknown): string | undefined {
  const optionByValue = new Map(field.options?.map((option) => [option.value, option]))
  const context = { currency: field.currency ?? 'USD', today: today().toString(), timeZone: 'UTC' }
  const parsed = parseValue({ ...field, optionByValue }, value, context)
  return parsed.ok ? undefined : `${quoted(value)} ${parsed.message}`
}
