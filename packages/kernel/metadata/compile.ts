/** Turns the rows of metadata into the model that requests work with. */
import { createHash } from 'node:crypto'
import { parseNetwork } from '../tenancy/index.ts'
import type { Arrangements, LayoutArrangement, NavigationArrangement } from './arrangements.ts'
import { isComputedKind, resolveComputations } from './computation.ts'
import { countryOfCurrency } from './country.ts'
import type {
  FieldDefinition,
  FieldRole,
  LinkAttribute,
  ObjectDefinition,
  PipelineDefinition,
  RelationTarget,
  RoleDefinition,
} from './definition.ts'
import { leadsEverywhere, objectsEverywhere } from './every-object.ts'
import type {
  CompiledAttribute,
  CompiledField,
  CompiledObject,
  CompiledRelation,
  CompiledUniqueKey,
  FieldStorage,
  ModelLocation,
  RoleColumn,
  SlotColumn,
  TenantModel,
} from './model.ts'
import { compileNumbering, prefixNumbering } from './numbering.ts'
import { storedNames } from './stored-keys.ts'

export interface TenantRow {
  id: string
  version: number
  name: string
  slug: string
  plan: string
  trial_ends_at: string | null
  suspended_reason: string | null
  locale: string
  currency: string
  country?: string | null
  time_zone: string
  template_slug: string | null
  template_version: string | null
  navigation?: Arrangements<NavigationArrangement> | null
}
export interface ObjectRow {
  id: string
  slug: string
  definition: Omit<ObjectDefinition, 'slug' | 'fields' | 'views'>
  position: number
  changed_in?: number
  layout?: Arrangements<LayoutArrangement> | null
}
export interface FieldRow {
  id: string
  object_id: string
  key: string
  definition: Omit<FieldDefinition, 'key'>
  slot: number | null
  position: number
  /** The job that derives its values anew, if one is under way. */
  derive_job?: string | null
}
export interface RelationRow {
  id: string
  from_object_id: string
  field_id: string
  to_object_id: string
  /** Further objects that the field may point at. */
  other_object_ids?: string[]
}
export interface RoleRow {
  id: string
  key: string
  definition: Omit<RoleDefinition, 'key'>
}
export interface NetworkRow {
  network: string
  location_id: string | null
}
/** Of unique keys whose values stand elsewhere than under their own id, or are not complete. */
export interface UniqueKeyRow {
  key_id: string
  values_id: string
  job_id: string | null
}
export interface ModelRows {
  tenant: TenantRow
  objects: ObjectRow[]
  fields: FieldRow[]
  relations: RelationRow[]
  roles: RoleRow[]
  locations: ModelLocation[]
  networks: NetworkRow[]
  uniqueKeys?: UniqueKeyRow[]
}

export const columnOfRole: Record<FieldRole, RoleColumn> = {
  title: 'title',
  stage: 'stage',
  amount: 'amount_minor',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  dueAt: 'due_at',
  email: 'email',
  phone: 'phone',
}

export function compileModel(rows: ModelRows): TenantModel {
  const objects = rows.objects.map((row) => compileObject(row, rows))
  const objectById = new Map(objects.map((object) => [object.id, object]))
  addRelations(rows, objectById)
  resolveComputations(objectById)
  const { tenant } = rows
  return {
    tenantId: tenant.id,
    version: tenant.version,
    name: tenant.name,
    slug: tenant.slug,
    plan: tenant.plan,
    trialEndsAt: tenant.trial_ends_at,
    suspendedReason: tenant.suspended_reason,
    locale: tenant.locale,
    currency: tenant.currency,
    country: tenant.country ?? countryOfCurrency(tenant.currency),
    timeZone: tenant.time_zone,
    template: tenant.template_slug ? { slug: tenant.template_slug, version: tenant.template_version ?? '' } : null,
    ...(tenant.navigation ? { navigation: tenant.navigation } : {}),
    objects,
    object: byNames(objects, ({ slug, formerSlugs }) => [slug, formerSlugs]),
    objectById,
    roles: new Map(rows.roles.map((role) => [role.key, { ...role.definition, key: role.key, id: role.id }])),
    locations: new Map(rows.locations.map((location) => [location.id, location])),
    networks: rows.networks.map((row) => ({ network: parseNetwork(row.network)!, locationId: row.location_id })),
  }
}

/** By their names, and by those they had that nothing else has by now. */
function byNames<T>(things: T[], namesOf: (thing: T) => [string, string[] | undefined]): Map<string, T> {
  const named = new Map(things.map((thing) => [namesOf(thing)[0], thing]))
  for (const thing of things) {
    for (const former of namesOf(thing)[1] ?? []) if (!named.has(former)) named.set(former, thing)
  }
  return named
}

function compileObject(row: ObjectRow, rows: ModelRows): CompiledObject {
  const { definition } = row
  const pipelines = definition.pipelines ?? []
  const relationOfField = new Map(rows.relations.map((relation) => [relation.field_id, relation.id]))
  const fields = rows.fields
    .filter((field) => field.object_id === row.id)
    .map((field) => compileField(field, definition.roles, pipelines, relationOfField.get(field.id)))
  const stagePipeline = pipelines.find((pipeline) => pipeline.field === definition.roles.stage)
  return {
    ...definition,
    id: row.id,
    slug: row.slug,
    order: row.position,
    changedIn: row.changed_in ?? 0,
    numbering: compileNumbering(definition.numbering ?? prefixNumbering(definition.numberPrefix)),
    rules: definition.rules ?? [],
    uniqueKeys: uniqueKeysOf(row, fields, rows.uniqueKeys ?? []),
    fields,
    field: byNames(fields, ({ key, formerKeys }) => [key, formerKeys]),
    ...namesOf(fields),
    pipelines,
    stages: stagePipeline?.stages ?? [],
    relations: [],
    relation: new Map(),
    ...(row.layout ? { layout: row.layout } : {}),
  }
}

function namesOf(fields: CompiledField[]): Pick<CompiledObject, 'storedNames'> {
  const names = storedNames(fields)
  return names ? { storedNames: names } : {}
}

function compileField(
  row: FieldRow,
  roles: CompiledObject['roles'],
  pipelines: PipelineDefinition[],
  relationId: string | undefined,
): CompiledField {
  const stages = pipelines.find((pipeline) => pipeline.field === row.key)?.stages
  const options = stages ?? row.definition.options
  const field = { ...row.definition, ...(options ? { options } : {}) }
  const storage = storageOf(row, roles, relationId)
  const isOrdered = storage.kind === 'role' || storage.kind === 'slot'
  return {
    ...field,
    ...valuesOf(row.definition),
    key: row.key,
    id: row.id,
    position: row.position,
    storage: row.derive_job && isOrdered ? { kind: 'json' } : storage,
    ...(row.derive_job ? { derivedBy: row.derive_job } : {}),
    ...(row.derive_job && isOrdered ? { filling: storage } : {}),
    optionByValue: new Map((options ?? []).map((option) => [option.value, option])),
    ...(field.type === 'autonumber'
      ? { compiledNumbering: compileNumbering(field.numbering ?? prefixNumbering('')) }
      : {}),
  }
}

function uniqueKeysOf(
  { id: objectId, definition }: ObjectRow,
  fields: CompiledField[],
  rows: UniqueKeyRow[],
): CompiledUniqueKey[] {
  const single = fields
    .filter((field) => field.unique)
    .map(({ id, key, label, ignoreAccents = false }) => ({ keyId: id, key, label, fields: [key], ignoreAccents }))
  const several = (definition.uniqueKeys ?? []).map((key) => ({ ...key, keyId: idOfKey(objectId, key.key) }))
  return [...single, ...several].map((key) => {
    const row = rows.find((one) => one.key_id === key.keyId)
    const standing = { id: row?.values_id ?? key.keyId, ...(row?.job_id ? { filledBy: row.job_id } : {}) }
    return { ignoreCase: true, ignoreAccents: false, ignoreSpaces: false, ...key, ...standing }
  })
}

/** A key has no row of its own: its id is made of its object and its name, so that it is the same in every server. */
function idOfKey(objectId: string, key: string): string {
  const hex = createHash('sha256').update(`${objectId} ${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A formula says what its values are; lookups and rollups learn it from where they look, see `resolveComputations`. */
function valuesOf({ type, computed = {} }: FieldRow['definition']): Pick<CompiledField, 'type' | 'computation'> {
  if (!isComputedKind(type)) return { type }
  return {
    type: type === 'formula' ? (computed.resultType ?? 'text') : 'json',
    computation: { ...computed, kind: type },
  }
}

function storageOf(row: FieldRow, roles: CompiledObject['roles'], relationId: string | undefined): FieldStorage {
  if (row.definition.type === 'relation' && relationId) return { kind: 'links', relationId, direction: 'out' }
  for (const [role, key] of Object.entries(roles)) {
    if (key === row.key) return { kind: 'role', role: role as FieldRole, column: columnOfRole[role as FieldRole] }
  }
  return row.slot ? { kind: 'slot', column: `s${row.slot}` as SlotColumn } : { kind: 'json' }
}

/** Gives each relation to all of its objects, under the name it has there. */
function addRelations(rows: ModelRows, objectById: Map<string, CompiledObject>): void {
  for (const row of rows.relations) {
    const from = objectById.get(row.from_object_id)
    const field = from?.fields.find((candidate) => candidate.id === row.field_id)
    if (!from || !field?.relation) continue
    const targets = leadsEverywhere(field.relation)
      ? objectsEverywhere([...objectById.values()], field.relation)
      : [row.to_object_id, ...(row.other_object_ids ?? [])].flatMap((id) => objectById.get(id) ?? [])
    if (targets.length === 0) continue
    const { outgoing, incoming } = bothDirections(row.id, field, field.relation, from, targets)
    add(from, outgoing)
    for (const target of targets) add(target, incoming)
  }
}

function add(object: CompiledObject, relation: CompiledRelation): void {
  object.relations.push(relation)
  object.relation.set(relation.key, relation)
}

function bothDirections(
  relationId: string,
  field: CompiledField,
  target: RelationTarget,
  from: CompiledObject,
  targets: CompiledObject[],
): { outgoing: CompiledRelation; incoming: CompiledRelation } {
  const settings = {
    relationId,
    required: field.required ?? false,
    onDelete: target.onDelete ?? 'keep',
    attributes: (target.attributes ?? []).map(compileAttribute),
    primary: target.primary ?? false,
  }
  const many = target.many ?? false
  const inverseMany = target.inverse.many ?? true
  const [inverse, { label }] = [target.inverse.key, target.inverse]
  return {
    outgoing: {
      ...settings,
      ...otherSide(targets),
      key: field.key,
      label: field.label,
      direction: 'out',
      many,
      inverse,
      inverseMany,
    },
    incoming: {
      ...settings,
      ...otherSide([from]),
      key: inverse,
      label,
      direction: 'in',
      many: inverseMany,
      inverse: field.key,
      inverseMany: many,
    },
  }
}

function otherSide(objects: CompiledObject[]): Pick<CompiledRelation, 'object' | 'objectId' | 'objects'> {
  const [first] = objects
  return { object: first!.slug, objectId: first!.id, objects: objects.map(({ slug, id }) => ({ slug, id })) }
}

const compileAttribute = (attribute: LinkAttribute): CompiledAttribute => ({
  ...attribute,
  optionByValue: new Map((attribute.options ?? []).map((option) => [option.value, option])),
})
