/** What of the rules a caller is told: nothing that names what they may not see. All rules hold for everybody. */
import { filterAccess } from '../../access/index.ts'
import { parseFilter } from '../../expressions/index.ts'
import type {
  CompiledField,
  CompiledObject,
  CompiledUniqueKey,
  FieldConditions,
  ValidationRule,
} from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { accessOfField } from '../relations.ts'
import { isDefaultFormula } from './defaults.ts'
import { keysOfSeveral } from './definition.ts'
import { fieldsRead, objectFormula } from './formulas.ts'

type Viewer = Pick<RecordContext, 'model' | 'policy'>

export function seenConditions(viewer: Viewer, object: CompiledObject, field: CompiledField): FieldConditions | null {
  const { visible, required, readOnly, options } = field.conditions ?? {}
  const isSeen = (filter: unknown): boolean => filter != null && seesFilter(viewer, object, filter)
  const seen: FieldConditions = {
    ...(isSeen(visible) ? { visible } : {}),
    ...(isSeen(required) ? { required } : {}),
    ...(isSeen(readOnly) ? { readOnly } : {}),
    ...(options?.every(({ when }) => isSeen(when)) ? { options } : {}),
  }
  return Object.keys(seen).length > 0 ? seen : null
}

export const seenRules = (viewer: Viewer, object: CompiledObject): ValidationRule[] =>
  object.rules.filter(({ when, check, field }) => {
    const parts = [when ?? { and: [] }, typeof check === 'string' ? { and: [] } : check]
    const named = [...(field ? [field] : []), ...(typeof check === 'string' ? fieldsOfFormula(object, check) : [])]
    return (
      parts.every((part) => seesFilter(viewer, object, part)) && named.every((key) => seesField(viewer, object, key))
    )
  })

export const seenUniqueKeys = (viewer: Viewer, object: CompiledObject): CompiledUniqueKey[] =>
  keysOfSeveral(object).filter((key) =>
    key.fields.every((name) => !object.field.has(name) || seesField(viewer, object, name)),
  )

const seesFilter = ({ model, policy }: Viewer, object: CompiledObject, filter: unknown): boolean =>
  'filter' in parseFilter(filter, object, model, filterAccess(policy, model))

function fieldsOfFormula(object: CompiledObject, source: string): string[] {
  const compiled = objectFormula(object, source)
  return 'formula' in compiled ? [...fieldsRead(compiled.formula)] : []
}

function seesField(viewer: Viewer, object: CompiledObject, key: string): boolean {
  const field = object.field.get(key)
  return field !== undefined && accessOfField(viewer, object, field) !== 'hidden'
}

/** The default of a field; a formula only where the caller sees all that it reads. */
export function seenDefault(viewer: Viewer, object: CompiledObject, field: CompiledField): unknown {
  if (!isDefaultFormula(field.default)) return field.default ?? null
  const isSeen = fieldsOfFormula(object, field.default.formula).every((key) => seesField(viewer, object, key))
  return isSeen ? field.default : null
}
