/** Values of computed fields that follow from a record's own: worked out in memory, whenever it is written. */
import { type ComputedField, computedGraph, FormulaFailure, storedResult } from '../../expressions/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { StoredValue } from '../../metadata/values/index.ts'
import { type RecordContext, valueContext } from '../context.ts'
import type { RecordData } from '../project.ts'
import { sameValue } from '../rules/state.ts'

/** Values over relations by the name that the formula has for them. */
export type FarValues = Record<string, StoredValue | null>

/** The record with its formulas worked out anew, as far as they need nothing else, and the keys of those that changed. */
export function ownFormulas(
  context: RecordContext,
  object: CompiledObject,
  before: RecordData,
): { data: RecordData; derived: string[] } {
  const fields = computedGraph(context.model).byObject.get(object.id)
  if (!fields) return { data: before, derived: [] }
  const data = { ...before }
  const derived: string[] = []
  for (const computed of fields) {
    if (!isOwn(computed)) continue
    const value = formulaValue(context, computed, data)
    if (sameValue(data[computed.field.key], value ?? undefined)) continue
    put(data, computed, value)
    derived.push(computed.field.key)
  }
  return { data, derived }
}

/** Whether a field needs nothing but the record: what cannot be worked out needs nothing at all. */
export const isOwn = ({ plan }: ComputedField): boolean =>
  plan.kind === 'broken' || (plan.kind === 'formula' && plan.far.length === 0)

export function put(data: RecordData, { field }: ComputedField, value: StoredValue | null): void {
  if (value === null) delete data[field.key]
  else data[field.key] = value
}

/** A formula's value; what goes wrong in working it out leaves the record without one. */
export function formulaValue(
  context: RecordContext,
  computed: ComputedField,
  data: RecordData,
  far: FarValues = {},
): StoredValue | null {
  try {
    return formulaOutcome(context, computed, data, far)
  } catch (error) {
    if (error instanceof FormulaFailure) return null
    throw error
  }
}

/** The same, but throws `FormulaFailure` where a record has no value for a reason. */
export function formulaOutcome(
  context: RecordContext,
  { plan, field }: ComputedField,
  data: RecordData,
  far: FarValues = {},
): StoredValue | null {
  if (plan.kind !== 'formula') return null
  const moment = valueContext(context)
  const farNames = new Set(plan.far.map(({ name }) => name))
  const ownKeys = new Map(plan.own.map(({ name, key }) => [name, key]))
  const read = (name: string) => (farNames.has(name) ? far[name] : data[ownKeys.get(name)!])
  return storedResult(plan.formula.evaluate(read, moment), field, moment)
}
