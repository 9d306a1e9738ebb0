/** Which values are protected health information: of fields that are marked as such, and what is worked out from them. */
import type { CompiledField, CompiledObject, TenantModel } from '../metadata/index.ts'
import { type ComputedField, computedGraph } from './computed-graph.ts'

const known = new WeakMap<CompiledField, boolean>()

/** Whether the field is protected itself, or shows anything of one that is. */
export function isProtectedField(model: TenantModel, field: CompiledField): boolean {
  if (field.phi) return true
  if (!field.computation) return false
  const remembered = known.get(field)
  if (remembered !== undefined) return remembered
  // What stands in a circle is worked out from itself, which protects nothing.
  known.set(field, false)
  const computed = computedGraph(model).byField.get(field)
  const found = computed !== undefined && fieldsShown(computed).some((source) => isProtectedField(model, source))
  known.set(field, found)
  return found
}

/** Whether what records of the object are called is protected, as the names of patients are. */
export function isTitleProtected(model: TenantModel, { field, roles }: CompiledObject): boolean {
  const title = field.get(roles.title)
  return title !== undefined && isProtectedField(model, title)
}

/** The fields that a computed one tells something of; how many there are tells nothing of what is counted, but what it is counted by does. */
function fieldsShown({ field, sources }: ComputedField): CompiledField[] {
  const shown = field.computation?.op === 'count' ? sources.slice(1) : sources
  return shown.flatMap(({ object, key }) => (key === undefined ? [] : (object.field.get(key) ?? [])))
}
