/** Values that a new record has although nobody gave them. */
import { type RecordValues, storedResult } from '../../expressions/index.ts'
import type { CompiledField, CompiledObject, DefaultFormula } from '../../metadata/index.ts'
import { parseValue, type StoredValue } from '../../metadata/values/index.ts'
import { type RecordContext, valueContext } from '../context.ts'
import type { InputContext } from '../parsed.ts'
import { formulaValue, objectFormula } from './formulas.ts'

export const isDefaultFormula = (value: unknown): value is DefaultFormula =>
  typeof value === 'object' && value !== null && typeof (value as Partial<DefaultFormula>).formula === 'string'

/**
 * The defaults of the fields that are not among `given`: first the plain ones and the first stage, then the formulas, in
 * the order of the fields; each sees what was given and what came before it.
 */
export function defaultValues(
  context: InputContext,
  object: CompiledObject,
  given: ReadonlyMap<string, StoredValue | null>,
  locationId: string | null,
): Map<string, StoredValue> {
  const found = new Map<string, StoredValue>()
  const take = (field: CompiledField, value: unknown): void => {
    const parsed = parseValue(field, value, context.values)
    if (parsed.ok && parsed.value !== null) found.set(field.key, parsed.value)
  }
  const open = object.fields.filter((field) => field.default !== undefined && !given.has(field.key))
  for (const field of open) if (!isDefaultFormula(field.default)) take(field, plainDefault(field.default, context))
  const { stage } = object.roles
  const first = object.stages[0]
  if (stage && first && (found.get(stage) ?? given.get(stage)) == null) found.set(stage, first.value)
  for (const field of open) {
    if (!isDefaultFormula(field.default)) continue
    const values = { ...Object.fromEntries(given), ...Object.fromEntries(found), ownerId: context.userId, locationId }
    take(field, formulaDefault(context, object, field, values))
  }
  return found
}

/** What a form for a new record opens with. */
export function openingValues(
  context: RecordContext,
  object: CompiledObject,
  locationId: string | null,
): Record<string, StoredValue> {
  const input = {
    model: context.model,
    policy: context.policy,
    values: valueContext(context),
    userId: context.policy.userId,
  }
  return Object.fromEntries(defaultValues(input, object, new Map(), locationId))
}

function plainDefault(value: unknown, context: InputContext): unknown {
  if (value === 'today') return context.values.today
  if (value === 'now') return new Date().toISOString()
  if (value === 'me') return context.userId
  return value
}

/** A formula that gives nothing, because something it reads is empty, leaves the field empty. */
function formulaDefault(
  context: InputContext,
  object: CompiledObject,
  field: CompiledField,
  values: RecordValues,
): StoredValue | null {
  const compiled = objectFormula(object, (field.default as DefaultFormula).formula)
  if ('problems' in compiled) return null
  const { model, userId: me, values: moment } = context
  return storedResult(formulaValue(compiled.formula, values, { model, me, moment }), field, moment)
}
