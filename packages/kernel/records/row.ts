/** A record as it lies in the database, and as the API shows it to one caller. */
import { type AccessPolicy, fieldAccess, rowCondition, scopeOf } from '../access/index.ts'
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import type { CompiledObject, CompiledRelation, TenantModel } from '../metadata/index.ts'
import type { RecordData } from './project.ts'

export interface RecordRow extends Row {
  id: string
  version: number
  record_number: string
  title: string
  stage: string | null
  owner_id: string | null
  location_id: string | null
  created_at: string
  created_by: string | null
  updated_at: string
  updated_by: string | null
  deleted_at: string | null
  data: RecordData
  /** [relation id, other record's id, its title], in the order of the links. */
  links: [string, string, string][] | null
}

export type PresentedRecord = Record<string, unknown> & { id: string; object: string; version: number }

/** The outgoing relations whose other side the caller may read. */
export function readableRelations(
  model: TenantModel,
  policy: AccessPolicy,
  object: CompiledObject,
): CompiledRelation[] {
  return object.relations.filter((relation) => {
    if (relation.direction !== 'out' || fieldAccess(policy, object, relation.key) === 'hidden') return false
    const other = model.objectById.get(relation.objectId)
    return other !== undefined && scopeOf(policy, other, 'read') !== undefined
  })
}

/** The select list of records under the alias `r`. */
export function recordColumns(model: TenantModel, policy: AccessPolicy, object: CompiledObject): RawBuilder<unknown> {
  return sql`r.id, r.version, r.record_number, r.title, r.stage, r.owner_id, r.location_id, r.created_at, r.created_by,
    r.updated_at, r.updated_by, r.deleted_at, r.data, ${linksColumn(model, policy, object)} as links`
}

function linksColumn(model: TenantModel, policy: AccessPolicy, object: CompiledObject): RawBuilder<unknown> {
  const relations = readableRelations(model, policy, object)
  if (relations.length === 0) return sql`null::jsonb`
  const ids = relations.map((relation) => relation.relationId)
  return sql`(select jsonb_agg(jsonb_build_array(l.relation_id, t.id, t.title) order by l.position, l.created_at, t.id)
    from links l join records t on t.tenant_id = ${model.tenantId} and t.id = l.to_id and t.deleted_at is null
    where l.tenant_id = ${model.tenantId} and l.from_id = r.id and l.relation_id = any(${ids}::uuid[])
      ${limitedTargets(model, policy, relations)})`
}

/** Where the caller sees only some records of the other side, the links to the rest stay out. */
function limitedTargets(model: TenantModel, policy: AccessPolicy, relations: CompiledRelation[]): RawBuilder<unknown> {
  const limited = [...new Set(relations.map((relation) => relation.objectId))].flatMap((objectId) => {
    const other = model.objectById.get(objectId)!
    const condition = rowCondition(policy, scopeOf(policy, other, 'read')!, 't')
    return condition ? [sql`and (t.object_id <> ${objectId} or ${condition})`] : []
  })
  return limited.length === 0 ? sql`` : sql.join(limited, sql` `)
}

const systemAttributes = [
  'id',
  'object',
  'recordNumber',
  'version',
  'title',
  'stage',
  'ownerId',
  'locationId',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'deletedAt',
] as const

export const isSystemAttribute = (key: string): boolean => (systemAttributes as readonly string[]).includes(key)

/** The record as this caller may see it; `only` keeps the named attributes (id and object always). */
export function presentRecord(
  model: TenantModel,
  policy: AccessPolicy,
  object: CompiledObject,
  row: RecordRow,
  only?: Set<string>,
): PresentedRecord {
  const record: PresentedRecord = {
    id: row.id,
    object: object.slug,
    recordNumber: row.record_number,
    version: row.version,
    title: row.title,
    stage: row.stage,
    ownerId: row.owner_id,
    locationId: row.location_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    deletedAt: row.deleted_at,
  }
  hideRoles(record, policy, object)
  for (const field of object.fields) {
    if (fieldAccess(policy, object, field.key) === 'hidden') continue
    record[field.key] =
      field.storage.kind === 'links' ? linkValue(model, object, field.key, row) : (row.data[field.key] ?? null)
  }
  return only ? pick(record, only) : record
}

/** A hidden field does not show through the attribute that mirrors it. */
function hideRoles(record: PresentedRecord, policy: AccessPolicy, object: CompiledObject): void {
  if (fieldAccess(policy, object, object.roles.title) === 'hidden') record.title = null
  if (object.roles.stage && fieldAccess(policy, object, object.roles.stage) === 'hidden') record.stage = null
}

function linkValue(model: TenantModel, object: CompiledObject, key: string, row: RecordRow): unknown {
  const relation = object.relation.get(key)
  if (!relation) return null
  const slug = model.objectById.get(relation.objectId)?.slug
  const found = (row.links ?? [])
    .filter(([relationId]) => relationId === relation.relationId)
    .map(([, id, title]) => ({ id, object: slug, title }))
  return relation.many ? found : (found[0] ?? null)
}

function pick(record: PresentedRecord, only: Set<string>): PresentedRecord {
  const picked: PresentedRecord = { id: record.id, object: record.object, version: record.version }
  for (const key of only) if (key in record) picked[key] = record[key]
  return picked
}
