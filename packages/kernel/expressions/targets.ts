/** From the name in a filter to what it means: a field, a system attribute, or a way over relations to one. */
import {
  type CompiledField,
  type CompiledObject,
  type CompiledRelation,
  type FieldType,
  maxDepth,
  namesObject,
  stepTo,
  type TenantModel,
} from '../metadata/index.ts'
import type { ValueField } from '../metadata/values/index.ts'
import type { FilterAccess, Hop, Operator, Source, Target } from './filter.ts'
import { stayPlace } from './stage-age.ts'

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

/** Null: since the record was made; see `columnAt` in to-sql.ts. */
export const stageSince = 'stage_since'

const systemAttributes: Record<string, { field: ValueField; source: Source }> = {
  id: reference('id'),
  recordNumber: { field: systemField('text'), source: { form: 'column', column: 'record_number', type: 'text' } },
  ownerId: person('owner_id'),
  locationId: reference('location_id'),
  createdAt: moment('created_at'),
  createdBy: person('created_by'),
  updatedAt: moment('updated_at'),
  updatedBy: person('updated_by'),
  stageSince: moment(stageSince),
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

/** The step over a relation to one of its objects, if it may be gone: it is the field that holds it that decides. */
function visibleHop(
  object: CompiledObject,
  relation: CompiledRelation,
  target: CompiledRelation['objects'][number],
  model: TenantModel,
  access: FilterAccess | undefined,
): Hop | undefined {
  const other = model.objectById.get(target.id)
  if (!other) return undefined
  const [holder, field] = relation.direction === 'out' ? [object, relation.key] : [other, relation.inverse]
  if (access && !access.field(holder, field)) return undefined
  const narrowed = relation.objects.length > 1
  return { tenantId: model.tenantId, relation, object: other, ...(narrowed ? { narrowed } : {}) }
}

/** `title` and `stage` are attributes of every record and mean the field that fills that role. */
function fieldNamed(object: CompiledObject, name: string): CompiledField | undefined {
  const role = name === 'title' || name === 'stage' ? object.roles[name] : undefined
  return object.field.get(name) ?? (role === undefined ? undefined : object.field.get(role))
}

/** Since when a record is in the stage of the pipeline with this key. */
function sinceIn(object: CompiledObject, key: string, access: FilterAccess | undefined): Target | undefined {
  const pipeline = object.pipelines.find((one) => one.key === key)
  if (!pipeline) return undefined
  if (pipeline.field === object.roles.stage) return valueNamed(object, 'stageSince', access)
  if (access && !access.field(object, pipeline.field)) return undefined
  const source = { form: 'moment', column: 'stages_since', stay: stayPlace(object, pipeline) } as const
  return {
    kind: 'value',
    key: `stageSince.${key}`,
    field: systemField('datetime'),
    source,
    system: true,
    of: pipeline.field,
  }
}

function valueNamed(object: CompiledObject, name: string, access: FilterAccess | undefined): Target | undefined {
  if (Object.hasOwn(systemAttributes, name)) {
    const of = name === 'stageSince' ? object.roles.stage : undefined
    const isHidden = of === undefined ? name === 'stageSince' : access && !access.field(object, of)
    return isHidden
      ? undefined
      : { kind: 'value', key: name, system: true, ...systemAttributes[name]!, ...(of ? { of } : {}) }
  }
  const field = fieldNamed(object, name)
  if (!field || field.type === 'relation' || (access && !access.field(object, field.key))) return undefined
  return { kind: 'value', key: field.key, field, source: sourceOf(field), system: false }
}

/** What a name leads to, and the way there. */
export interface Meant {
  path: Hop[]
  target: Target
}

/**
 * What a name stands for, seen from `object`: one thing, or one of each object that a relation on the way leads to and
 * that the name leaves open. Nothing for what there is not and for what the caller may not know of: the two must not be
 * told apart.
 */
export function resolveName(
  name: string,
  object: CompiledObject,
  model: TenantModel,
  access: FilterAccess | undefined,
): Meant[] {
  const meant = resolveFrom(object, name.split('.'), [], { from: object, model, access })
  return meant.every(({ path }) => path.length <= maxDepth) ? meant : []
}

interface Lookup {
  from: CompiledObject
  model: TenantModel
  access: FilterAccess | undefined
}

function resolveFrom(at: CompiledObject, names: string[], path: Hop[], lookup: Lookup): Meant[] {
  const [first = '', ...others] = names
  const relation = Object.hasOwn(systemAttributes, first) ? undefined : at.relation.get(first)
  if (!relation) {
    const target = valueAt(at, first, others, lookup.access)
    return target && isOnOpenWay(target, path, lookup) ? [{ path, target }] : []
  }
  if (path.length > maxDepth) return []
  const named = namesObject(relation, others[0])
  const rest = named ? others.slice(1) : others
  const hops = relation.objects
    .filter(({ slug }) => !named || slug === others[0])
    .flatMap((target) => visibleHop(at, relation, target, lookup.model, lookup.access) ?? [])
    .filter((hop) => isOpen([...path, hop], rest.length > 0, lookup))
  const found = hops.map((hop): Meant[] =>
    rest.length === 0
      ? [{ path, target: { kind: 'relation', hop } }]
      : resolveFrom(hop.object, rest, [...path, hop], lookup),
  )
  // A name that some of the objects do not have says nothing about those: which are meant has to be said.
  return found.every((meant) => meant.length > 0) ? found.flat() : []
}

function valueAt(
  object: CompiledObject,
  first: string,
  [second, ...others]: string[],
  access: FilterAccess | undefined,
): Target | undefined {
  if (second === undefined) return valueNamed(object, first, access)
  return first === 'stageSince' && others.length === 0 ? sinceIn(object, second, access) : undefined
}

const stepsOf = (path: Hop[]): string[] => path.map(({ relation, object }) => stepTo(relation, object.slug))

function isOpen(path: Hop[], goesOn: boolean, { from, access }: Lookup): boolean {
  if (goesOn && access?.rows(path.at(-1)!.object, 'r') === 'none') return false
  return !access?.way || access.way(from, stepsOf(path)) !== undefined
}

/** Whether the caller, having come this way, sees the value at its end. */
function isOnOpenWay(target: Target, path: Hop[], { from, access }: Lookup): boolean {
  if (!access?.way || path.length === 0 || target.kind === 'relation') return true
  const sees = access.way(from, stepsOf(path))
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
  checklist: presence,
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
