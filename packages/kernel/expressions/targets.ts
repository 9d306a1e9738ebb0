/** From the name in a filter to what it means: a field, a system attribute, or a way over relations to one. */
import type { CompiledField, CompiledObject, CompiledRelation, FieldType, TenantModel } from '../metadata/index.ts'
import type { ValueField } from '../metadata/values/index.ts'
import type { FilterAccess, Hop, Operator, Source, Target } from './filter.ts'

const maxHops = 5

const systemField = (type: FieldType): ValueField => ({ type, optionByValue: new Map() })
const moment = (column: string) => ({ field: systemField('datetime'), source: { form: 'moment', column } as const })
const person = (column: string) => ({
  field: systemField('user'),
  source: { form: 'column', column, type: 'uuid' } as const,
})
const reference = (column: string) => ({
  field: systemField('relation'),
  source: { form: 'column', column, type: 'uuid' } as const,
})

const systemAttributes: Record<string, { field: ValueField; source: Source }> = {
  id: reference('id'),
  recordNumber: { field: systemField('text'), source: { form: 'column', column: 'record_number', type: 'text' } },
  ownerId: person('owner_id'),
  locationId: reference('location_id'),
  createdAt: moment('created_at'),
  createdBy: person('created_by'),
  updatedAt: moment('updated_at'),
  updatedBy: person('updated_by'),
  deletedAt: moment('deleted_at'),
  version: { field: systemField('integer'), source: { form: 'column', column: 'version', type: 'bigint' } },
}

/** A role's column holds what its name says only for the types it was made for; otherwise the JSON is read. */
function sourceOf({ storage, type }: CompiledField): Source {
  if (storage.kind === 'slot') return { form: 'key', column: storage.column }
  if (storage.kind !== 'role') return { form: 'data' }
  const { role, column } = storage
  if (role === 'title' && type === 'text') return { form: 'key', column: 'title_key' }
  if (role === 'amount' && type === 'money') return { form: 'minor', column }
  if (column.endsWith('_at') && (type === 'date' || type === 'datetime')) return { form: 'moment', column }
  if ((role === 'stage' && type === 'select') || role === type) return { form: 'column', column, type: 'text' }
  return { form: 'data' }
}

/** The relation, if it may be followed: seen from its other side it is still the field that holds it that decides. */
function visibleHop(
  object: CompiledObject,
  key: string,
  model: TenantModel,
  access: FilterAccess | undefined,
): Hop | undefined {
  const relation: CompiledRelation | undefined = object.relation.get(key)
  const other = relation && model.objectById.get(relation.objectId)
  if (!relation || !other) return undefined
  const [holder, field] = relation.direction === 'out' ? [object, relation.key] : [other, relation.inverse]
  return access && !access.field(holder, field) ? undefined : { tenantId: model.tenantId, relation, object: other }
}

/** `title` and `stage` are attributes of every record and mean the field that fills that role. */
function fieldNamed(object: CompiledObject, name: string): CompiledField | undefined {
  const role = name === 'title' || name === 'stage' ? object.roles[name] : undefined
  return object.field.get(name) ?? (role === undefined ? undefined : object.field.get(role))
}

function targetNamed(
  object: CompiledObject,
  name: string,
  model: TenantModel,
  access: FilterAccess | undefined,
): Target | undefined {
  if (Object.hasOwn(systemAttributes, name)) {
    return { kind: 'value', key: name, system: true, ...systemAttributes[name]! }
  }
  const hop = visibleHop(object, name, model, access)
  if (hop) return { kind: 'relation', hop }
  const field = fieldNamed(object, name)
  if (!field || field.type === 'relation' || (access && !access.field(object, field.key))) return undefined
  return { kind: 'value', key: field.key, field, source: sourceOf(field), system: false }
}

/**
 * What a name stands for, seen from `object`; undefined for what there is not and for what the caller may not know of:
 * the two must not be told apart.
 */
export function resolveName(
  name: string,
  object: CompiledObject,
  model: TenantModel,
  access: FilterAccess | undefined,
): { path: Hop[]; target: Target } | undefined {
  const names = name.split('.')
  const last = names.pop()!
  if (names.length > maxHops) return undefined
  const path: Hop[] = []
  let at = object
  for (const step of names) {
    const hop = visibleHop(at, step, model, access)
    if (!hop || access?.rows(hop.object, 'r') === 'none') return undefined
    path.push(hop)
    at = hop.object
  }
  const target = targetNamed(at, last, model, access)
  return target && isOnOpenWay(target, object, names, access) ? { path, target } : undefined
}

/** Whether the caller may go the whole way, and sees the target at its end. */
function isOnOpenWay(
  target: Target,
  from: CompiledObject,
  relations: string[],
  access: FilterAccess | undefined,
): boolean {
  if (!access?.way) return true
  if (target.kind === 'relation') return access.way(from, [...relations, target.hop.relation.key]) !== undefined
  if (relations.length === 0) return true
  const sees = access.way(from, relations)
  return sees !== undefined && (target.system || sees(target.key))
}

const equality: Operator[] = ['eq', 'ne', 'in', 'nin']
const ordering: Operator[] = ['gt', 'gte', 'lt', 'lte', 'between']
const searching: Operator[] = ['contains', 'startsWith']
const presence: Operator[] = ['empty', 'notEmpty']

const quantity = [...equality, ...ordering, ...presence]
const choice = [...equality, ...presence]
const words = [...equality, ...ordering, ...searching, ...presence]

const operatorsByType: Record<FieldType, Operator[]> = {
  text: words,
  longtext: words,
  richtext: [...searching, ...presence],
  number: quantity,
  integer: quantity,
  money: quantity,
  percent: quantity,
  boolean: choice,
  date: quantity,
  datetime: quantity,
  time: quantity,
  duration: quantity,
  select: choice,
  multiselect: [...choice, 'contains'],
  tags: [...choice, 'contains'],
  email: words,
  phone: words,
  url: words,
  address: [...searching, ...presence],
  user: choice,
  relation: choice,
  file: presence,
  rating: quantity,
  autonumber: [...equality, ...searching, ...presence],
  formula: [],
  lookup: [],
  rollup: [],
  json: presence,
}

/** Why an operator cannot be asked of a target; undefined when it can. */
export function operatorProblem(target: Target, op: Operator): string | undefined {
  const type = target.kind === 'relation' ? 'relation' : target.field.type
  const known = operatorsByType[type]
  if (known.length === 0) return `is computed when it is read, so it cannot be filtered by`
  if (!known.includes(op)) return `cannot be compared with ${op}; a ${type} field knows ${known.join(', ')}`
  const unordered = target.kind === 'value' && target.source.form !== 'key' && known === words
  if (unordered && ordering.includes(op)) {
    return target.system
      ? `cannot be compared with ${op}`
      : `is not kept in order, so it cannot be compared with ${op}; make the field sortable first`
  }
  return undefined
}
