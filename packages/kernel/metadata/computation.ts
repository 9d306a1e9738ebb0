/**
 * Which type the values of computed fields have. Everything that sorts, filters, shows or exports goes by that type, so
 * it is settled when the model is compiled.
 */
import type { FieldDefinition, FieldType } from './definition.ts'
import { type CompiledField, type CompiledObject, type ComputedKind, computedKinds } from './model.ts'

export const isComputedKind = (type: string): type is ComputedKind =>
  (computedKinds as readonly string[]).includes(type)

/** Computed fields are filled in by the system, as is the number that a record is given. */
export const isSetBySystem = (field: Pick<CompiledField, 'type' | 'computation'>): boolean =>
  field.computation !== undefined || field.type === 'autonumber'

/** The field of that name, or the one that fills the role of that name: `title` and `stage` are attributes as well. */
export function fieldOrRole(object: CompiledObject, name: string): CompiledField | undefined {
  const role = name === 'title' || name === 'stage' ? object.roles[name] : undefined
  return object.field.get(name) ?? (role === undefined ? undefined : object.field.get(role))
}

/** Settles types, options and currencies of lookups and rollups, in whatever order they build on one another. */
export function resolveComputations(objectById: Map<string, CompiledObject>): void {
  const settled = new Set<CompiledField>()
  for (const object of objectById.values()) {
    for (const field of object.fields) settle(field, object, objectById, settled)
  }
}

function settle(
  field: CompiledField,
  object: CompiledObject,
  objectById: Map<string, CompiledObject>,
  settled: Set<CompiledField>,
): void {
  if (!field.computation || field.computation.kind === 'formula' || settled.has(field)) return
  // A circle ends at the field it began with, which has no type yet: it is named where fields are defined.
  settled.add(field)
  const { computation } = field
  if (computation.activities) {
    field.type = 'datetime'
    return
  }
  const relation = object.relation.get(computation.relation ?? '')
  const other = relation && objectById.get(relation.objectId)
  if (!relation || !other || relation.objects.length > 1) {
    computation.problem = other
      ? `“${relation!.key}” points at records of several objects`
      : `“${computation.relation ?? ''}” is not a relation of ${object.slug}`
    return
  }
  if (computation.field === undefined) {
    if (computation.kind === 'rollup' && computation.op === 'count') field.type = 'integer'
    else computation.problem = `no field of ${other.slug} is named`
    return
  }
  const source = fieldOrRole(other, computation.field)
  if (!source || source.type === 'relation') {
    computation.problem = `“${computation.field}” is not a field of ${other.slug} that has values`
    return
  }
  settle(source, other, objectById, settled)
  if (computation.kind === 'rollup') settleRollup(field, source)
  else settleLookup(field, source, relation.many)
}

function settleLookup(field: CompiledField, source: CompiledField, many: boolean): void {
  field.type = many ? listTypeOf(source.type) : source.type === 'autonumber' ? 'text' : source.type
  field.currency = source.currency
  const hasOptions = field.type === 'select' || field.type === 'multiselect'
  field.options = hasOptions ? source.options : undefined
  if (hasOptions) field.optionByValue = source.optionByValue
}

const listTypes: Partial<Record<FieldType, FieldType>> = {
  select: 'multiselect',
  text: 'tags',
  email: 'tags',
  phone: 'tags',
  url: 'tags',
  autonumber: 'tags',
}

/** Several values together: options stay options, short texts become tags, anything else a plain list. */
const listTypeOf = (type: FieldType): FieldType => listTypes[type] ?? 'json'

const measured = new Set<FieldType>(['number', 'integer', 'percent', 'duration', 'money', 'rating'])
const ordered = new Set<FieldType>(['date', 'datetime', 'time'])

/** What a rollup of this kind over values of that type has for its values; undefined where it makes no sense. */
export function rollupType(op: string | undefined, source: FieldType): FieldType | undefined {
  if (op === 'count') return 'integer'
  if (ordered.has(source)) return op === 'min' || op === 'max' ? source : undefined
  if (!measured.has(source)) return undefined
  if (op === 'avg' && (source === 'integer' || source === 'rating')) return 'number'
  return source === 'rating' ? 'integer' : source
}

function settleRollup(field: CompiledField, source: CompiledField): void {
  const type = rollupType(field.computation?.op, source.type)
  if (!type) {
    field.computation!.problem = `“${field.computation?.op}” does not apply to ${source.type} fields`
    return
  }
  field.type = type
  field.currency = source.currency
}

/** What an administrator defined, without what the model added to it. */
export function definitionOf(field: CompiledField): FieldDefinition {
  const { id: _id, position: _p, storage: _s, optionByValue: _o, derivedBy: _d, filling: _f, ...rest } = field
  const { computation, compiledNumbering: _n, options, currency, ...definition } = rest
  if (!computation) return { ...definition, ...(options ? { options } : {}), ...(currency ? { currency } : {}) }
  // Lookups and rollups have options and currency from where they look.
  const own = computation.kind === 'formula' && currency ? { currency } : {}
  return { ...definition, ...own, type: computation.kind }
}
