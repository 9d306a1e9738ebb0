/** A record as it lies in the database, and as the API shows it to one caller. */
import { type AccessPolicy, atBest, rowCondition, scopeOf, voicesColumn } from '../access/index.ts'
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import { furtherPipelines, stayPlace } from '../expressions/index.ts'
import { type CompiledObject, type PipelineDefinition, storedKey, type TenantModel } from '../metadata/index.ts'
import { filesColumn, type ShownFile, shownFiles } from './files.ts'
import type { RecordData } from './project.ts'
import { type Shown, type ShownLink, shownOf } from './shown.ts'

export type RowLink = [relationId: string, otherId: string, title: string, objectId: string]

export interface RecordRow extends Row {
  id: string
  version: number
  record_number: string
  title: string
  stage: string | null
  /** Since when it is in the stage. */
  stage_since: string
  /** Since when it is in the stages of further pipelines, by field id; what is missing: since it was made. */
  stages_since: Record<string, string>
  owner_id: string | null
  location_id: string | null
  created_at: string
  created_by: string | null
  updated_at: string
  updated_by: string | null
  deleted_at: string | null
  data: RecordData
  /** Of the links that the caller sees, in their order. */
  links: RowLink[] | null
  /** That its fields hold. */
  files?: ShownFile[] | null
  /** Which of the caller's roles grant it, where they show different fields; see `voicesColumn`. */
  voices?: string | null
}

export type PresentedRecord = Record<string, unknown> & { id: string; object: string; version: number }

/** The select list of records under the alias `r`; `only` the values of these fields, where not all are shown. */
export function recordColumns(
  model: TenantModel,
  policy: AccessPolicy,
  object: CompiledObject,
  only?: Set<string>,
): RawBuilder<unknown> {
  return sql`r.id, r.version, r.record_number, r.title, r.stage,
    coalesce(r.stage_since, r.created_at) as stage_since, r.stages_since, r.owner_id, r.location_id, r.created_at, r.created_by,
    r.updated_at, r.updated_by, r.deleted_at, ${only ? valuesOf(object, only) : dataColumn(object)} as data, ${linksColumn(model, policy, object, only)} as links,
    ${filesColumn(model.tenantId, object, only)} as files,
    ${voicesColumn(policy, object, 'r')} as voices`
}

/** The values of records `r` by the names of their fields. */
export function dataColumn({ storedNames: names }: CompiledObject): RawBuilder<unknown> {
  if (!names) return sql`r.data`
  const renamed = sql`coalesce(${JSON.stringify(Object.fromEntries(names.ofStored))}::jsonb ->> e.key, e.key)`
  return sql`(select coalesce(jsonb_object_agg(${renamed}, e.value), '{}'::jsonb) from jsonb_each(r.data) as e)`
}

/** A function takes a hundred arguments; whoever asks for more fields than that leaves room for is given all. */
const maxNamed = 50

function valuesOf(object: CompiledObject, only: Set<string>): RawBuilder<unknown> {
  const fields = object.fields.filter(({ key, storage }) => only.has(key) && storage.kind !== 'links')
  if (fields.length > maxNamed) return dataColumn(object)
  const pairs = fields.map((field) => sql`${sql.lit(field.key)}, r.data -> ${sql.lit(storedKey(field))}`)
  return sql`jsonb_build_object(${pairs.length === 0 ? sql`` : sql.join(pairs)})`
}

function linksColumn(
  model: TenantModel,
  policy: AccessPolicy,
  object: CompiledObject,
  only?: Set<string>,
): RawBuilder<unknown> {
  const shown = shownOf(model, atBest(policy), object).fields.flatMap(({ key, link }) =>
    link && (!only || only.has(key)) ? [link] : [],
  )
  if (shown.length === 0) return sql`null::jsonb`
  const ids = shown.map(({ relation }) => relation.relationId)
  return sql`(select jsonb_agg(jsonb_build_array(l.relation_id, t.id, t.title, t.object_id) order by l.position, l.created_at, t.id)
    from links l join records t on t.tenant_id = ${model.tenantId} and t.id = l.to_id and t.deleted_at is null
    where l.tenant_id = ${model.tenantId} and l.from_id = r.id and l.relation_id = any(${ids}::uuid[])
      ${limitedTargets(model, policy, shown)})`
}

/** Where the caller sees only some records of the other side, the links to the rest stay out. */
function limitedTargets(model: TenantModel, policy: AccessPolicy, shown: ShownLink[]): RawBuilder<unknown> {
  const seen = [...new Set(shown.flatMap(({ titled }) => [...titled.keys()]))]
  const limited = seen.flatMap((objectId) => {
    const other = model.objectById.get(objectId)!
    const condition = rowCondition(policy, scopeOf(policy, other, 'read')!, 't')
    return condition ? [sql`and (t.object_id <> ${objectId} or ${condition})`] : []
  })
  const closed = shown.flatMap(({ relation, titled }) =>
    relation.objects
      .filter(({ id }) => !titled.has(id))
      .map(({ id }) => sql`and not (l.relation_id = ${relation.relationId} and t.object_id = ${id})`),
  )
  const conditions = [...limited, ...closed]
  return conditions.length === 0 ? sql`` : sql.join(conditions, sql` `)
}

const systemAttributes = [
  'id',
  'object',
  'recordNumber',
  'version',
  'title',
  'stage',
  'stageSince',
  'stagesSince',
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
  shown: Shown = shownOf(model, policy, object, row.voices),
): PresentedRecord {
  const record: PresentedRecord = {
    id: row.id,
    object: object.slug,
    recordNumber: row.record_number,
    version: row.version,
    title: shown.title ? row.title : null,
    stage: shown.stage ? row.stage : null,
    stageSince: shown.stage && row.stage !== null ? row.stage_since : null,
    ownerId: row.owner_id,
    locationId: row.location_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    deletedAt: row.deleted_at,
  }
  if (object.pipelines.length > 1) record.stagesSince = stagesSince(object, row, shown)
  for (const { key, link, files } of shown.fields) {
    if (only && !only.has(key)) continue
    if (link) record[key] = linkValue(model, link, row)
    else if (files) record[key] = shownFiles(row.data[key], files.many, row.files ?? [])
    else record[key] = row.data[key] ?? null
  }
  return only ? pick(record, only) : record
}

/** Since when it is in the stages of its further pipelines, by their keys; the caller sees which stages these are. */
function stagesSince(object: CompiledObject, row: RecordRow, shown: Shown): Record<string, string> {
  const standing = furtherPipelines(object).filter(
    ({ field }) => row.data[field] != null && shown.fields.some(({ key }) => key === field),
  )
  return Object.fromEntries(standing.map((pipeline) => [pipeline.key, enteredAt(object, row, pipeline)]))
}

/** Since when a record in a stage of a further pipeline is there. */
export function enteredAt(
  object: CompiledObject,
  { stages_since, created_at }: Pick<RecordRow, 'stages_since' | 'created_at'>,
  pipeline: PipelineDefinition,
): string {
  const since = stages_since[stayPlace(object, pipeline).fieldId]
  return since === undefined ? created_at : new Date(since).toISOString()
}

function linkValue(model: TenantModel, { relation, titled }: ShownLink, row: RecordRow): unknown {
  const found = (row.links ?? []).flatMap(([relationId, id, title, objectId]) => {
    // A relation that leads everywhere keeps links to records of objects that have been taken out of sight since.
    const slug = model.objectById.get(objectId)?.slug
    if (relationId !== relation.relationId || slug === undefined) return []
    return [{ id, object: slug, title: titled.get(objectId) ? title : null }]
  })
  return relation.many ? found : (found[0] ?? null)
}

function pick(record: PresentedRecord, only: Set<string>): PresentedRecord {
  const picked: PresentedRecord = { id: record.id, object: record.object, version: record.version }
  for (const key of only) if (key in record) picked[key] = record[key]
  return picked
}
