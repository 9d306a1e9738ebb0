/** Turns the rows of metadata into the model that requests work with. */
import { parseNetwork } from '../tenancy/index.ts'
import type {
  FieldDefinition,
  FieldRole,
  ObjectDefinition,
  PipelineDefinition,
  RelationTarget,
  RoleDefinition,
} from './definition.ts'
import type {
  CompiledField,
  CompiledObject,
  CompiledRelation,
  FieldStorage,
  ModelLocation,
  RoleColumn,
  SlotColumn,
  TenantModel,
} from './model.ts'

export interface TenantRow {
  id: string
  version: number
  name: string
  slug: string
  plan: string
  trial_ends_at: string | null
  locale: string
  currency: string
  time_zone: string
  template_slug: string | null
  template_version: string | null
}
export interface ObjectRow {
  id: string
  slug: string
  definition: Omit<ObjectDefinition, 'slug' | 'fields' | 'views'>
  position: number
}
export interface FieldRow {
  id: string
  object_id: string
  key: string
  definition: Omit<FieldDefinition, 'key'>
  slot: number | null
  position: number
}
export interface RelationRow {
  id: string
  from_object_id: string
  field_id: string
  to_object_id: string
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
export interface ModelRows {
  tenant: TenantRow
  objects: ObjectRow[]
  fields: FieldRow[]
  relations: RelationRow[]
  roles: RoleRow[]
  locations: ModelLocation[]
  networks: NetworkRow[]
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
  const { tenant } = rows
  return {
    tenantId: tenant.id,
    version: tenant.version,
    name: tenant.name,
    slug: tenant.slug,
    plan: tenant.plan,
    trialEndsAt: tenant.trial_ends_at,
    locale: tenant.locale,
    currency: tenant.currency,
    timeZone: tenant.time_zone,
    template: tenant.template_slug ? { slug: tenant.template_slug, version: tenant.template_version ?? '' } : null,
    objects,
    object: new Map(objects.map((object) => [object.slug, object])),
    objectById,
    roles: new Map(rows.roles.map((role) => [role.key, { ...role.definition, key: role.key, id: role.id }])),
    locations: new Map(rows.locations.map((location) => [location.id, location])),
    networks: rows.networks.map((row) => ({ network: parseNetwork(row.network)!, locationId: row.location_id })),
  }
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
    fields,
    field: new Map(fields.map((field) => [field.key, field])),
    pipelines,
    stages: stagePipeline?.stages ?? [],
    relations: [],
    relation: new Map(),
  }
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
  return {
    ...field,
    key: row.key,
    id: row.id,
    position: row.position,
    storage: storageOf(row, roles, relationId),
    optionByValue: new Map((options ?? []).map((option) => [option.value, option])),
  }
}

function storageOf(row: FieldRow, roles: CompiledObject['roles'], relationId: string | undefined): FieldStorage {
  if (row.definition.type === 'relation' && relationId) return { kind: 'links', relationId, direction: 'out' }
  for (const [role, key] of Object.entries(roles)) {
    if (key === row.key) return { kind: 'role', role: role as FieldRole, column: columnOfRole[role as FieldRole] }
  }
  return row.slot ? { kind: 'slot', column: `s${row.slot}` as SlotColumn } : { kind: 'json' }
}

/** Gives each relation to both of its objects, under the name it has there. */
function addRelations(rows: ModelRows, objectById: Map<string, CompiledObject>): void {
  for (const row of rows.relations) {
    const from = objectById.get(row.from_object_id)
    const to = objectById.get(row.to_object_id)
    const field = from?.fields.find((candidate) => candidate.id === row.field_id)
    if (!from || !to || !field?.relation) continue
    add(from, outgoing(row.id, field, field.relation, to))
    add(to, incoming(row.id, field, field.relation, from))
  }
}

function add(object: CompiledObject, relation: CompiledRelation): void {
  object.relations.push(relation)
  object.relation.set(relation.key, relation)
}

function outgoing(
  relationId: string,
  field: CompiledField,
  target: RelationTarget,
  to: CompiledObject,
): CompiledRelation {
  return {
    relationId,
    key: field.key,
    label: field.label,
    direction: 'out',
    object: to.slug,
    objectId: to.id,
    many: target.many ?? false,
    inverse: target.inverse.key,
    onDelete: target.onDelete ?? 'keep',
  }
}

function incoming(
  relationId: string,
  field: CompiledField,
  target: RelationTarget,
  from: CompiledObject,
): CompiledRelation {
  return {
    relationId,
    key: target.inverse.key,
    label: target.inverse.label,
    direction: 'in',
    object: from.slug,
    objectId: from.id,
    many: target.inverse.many ?? true,
    inverse: field.key,
    onDelete: target.onDelete ?? 'keep',
  }
}
