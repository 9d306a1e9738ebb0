/** Formulas over one record: those of rules and of defaults, read once per version of the metadata. */
import {
  compileRecordFormula,
  FormulaFailure,
  type FormulaMoment,
  type FormulaProblem,
  type RecordFormula,
  type RecordValues,
} from '../../expressions/index.ts'
import type { CompiledObject, FieldType, TenantModel } from '../../metadata/index.ts'
import type { StoredValue } from '../../metadata/values/index.ts'

/** Names that formulas know beside the fields: who writes the record, and where it belongs. */
const places: Record<string, FieldType> = { me: 'text', locationName: 'text' }

type Compiled = { formula: RecordFormula } | { problems: FormulaProblem[] }

const known = new WeakMap<CompiledObject, Map<string, Compiled>>()

export function objectFormula(object: CompiledObject, source: string): Compiled {
  const formulas = known.get(object) ?? new Map<string, Compiled>()
  known.set(object, formulas)
  const found = formulas.get(source) ?? compileRecordFormula(source, (name) => resolve(object, name))
  formulas.set(source, found)
  return found
}

function resolve(object: CompiledObject, name: string): { type: FieldType } | { problem: string } {
  const type = places[name] ?? object.field.get(name)?.type
  return type ? { type } : { problem: `“${name}” is not a field of ${object.slug}` }
}

/** The fields that a formula reads. */
export const fieldsRead = ({ names }: RecordFormula): Set<string> => new Set(names.filter((name) => !(name in places)))

/** What a formula gives for a record; null where it gives nothing, or cannot be worked out. */
export function formulaValue(
  formula: RecordFormula,
  values: RecordValues,
  { model, me, moment }: { model: TenantModel; me: string | null; moment: FormulaMoment },
): ReturnType<RecordFormula['evaluate']> {
  const read = (name: string): StoredValue | null => {
    if (name === 'me') return me
    if (name === 'locationName') return model.locations.get(values.locationId as string)?.name ?? null
    return (values[name] ?? null) as StoredValue | null
  }
  try {
    return formula.evaluate(read, moment)
  } catch (error) {
    if (error instanceof FormulaFailure) return null
    throw error
  }
}
