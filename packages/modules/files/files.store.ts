/** Files, their versions and the parts that each version consists of. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { entriesInsert, fileKey, type RecordContext } from '@oneforge/kernel/records'

export interface FileRow extends Row {
  id: string
  object_id: string
  /** Null while no record holds it: it was uploaded for a field. */
  record_id: string | null
  /** Of the field that holds it. */
  field_id: string | null
  name: string
  folder: string
  created_by: string | null
  created_at: string
  deleted_at: string | null
  /** Of the latest version. */
  number: number
  version_id: string
  size: number
  type: string
  updated_at: string
  updated_by: string | null
  updated_by_name: string | null
  thumbnail: boolean
}

export interface VersionRow extends Row {
  id: string
  number: number
  size: number
  type: string
  created_at: string
  created_by: string | null
  created_by_name: string | null
  thumbnail_key: string | null
}

/** An upload on its way in, with the file that it becomes a version of. */
export interface UploadRow extends Row {
  id: string
  file_id: string
  object_id: string
  record_id: string | null
  field_id: string | null
  name: string
  size: number
  received: number
  storage_key: string
  deleted: boolean
}

export interface PartRow extends Row {
  starts_at: number
  size: number
  storage_key: string
}

const fileColumns =
  sql.raw(`f.id, f.object_id, f.record_id, f.field_id, f.name, f.folder, f.created_by, f.created_at, f.deleted_at,
  v.number, v.id as version_id, v.size, v.type, v.created_at as updated_at, v.created_by as updated_by, u.name as updated_by_name,
  v.thumbnail_key is not null as thumbnail`)
const latestVersion = sql.raw(`join lateral (select l.* from file_versions l
    where l.tenant_id = f.tenant_id and l.file_id = f.id and l.number is not null order by l.number desc limit 1) v on true
  left join users u on u.id = v.created_by`)

/**
 * Files of these records, in the order in which people read folders. What fields hold is not among them; with those in the
 * trash, if these are meant, is what fields held.
 */
export const listFiles = (
  tx: Transaction,
  tenantId: string,
  recordIds: string[],
  { deleted, most }: { deleted: boolean; most: number },
): Promise<FileRow[]> =>
  tx.query<FileRow>(sql`select ${fileColumns} from record_files f ${latestVersion}
    where f.tenant_id = ${tenantId} and f.record_id = any(${recordIds}::uuid[])
      and ${deleted ? sql`f.deleted_at is not null` : sql`f.deleted_at is null and f.field_id is null`}
    order by f.folder, lower(f.name), f.id limit ${most}`)

/** Those of these records' files that are named, in fields and in the trash too. */
export const readNamed = (tx: Transaction, tenantId: string, recordIds: string[], ids: string[]): Promise<FileRow[]> =>
  tx.query<FileRow>(sql`select ${fileColumns} from record_files f ${latestVersion}
    where f.tenant_id = ${tenantId} and f.record_id = any(${recordIds}::uuid[]) and f.id = any(${ids}::uuid[])
    order by f.folder, lower(f.name), f.id`)

/** Also one in the trash; none whose first version is still on its way. */
export async function readFile(tx: Transaction, tenantId: string, id: string): Promise<FileRow | undefined> {
  const [row] = await tx.query<FileRow>(sql<FileRow>`select ${fileColumns} from record_files f ${latestVersion}
    where f.tenant_id = ${tenantId} and f.id = ${id}`)
  return row
}

/** The latest first. */
export const listVersions = (tx: Transaction, tenantId: string, fileId: string): Promise<VersionRow[]> =>
  tx.query<VersionRow>(sql`select v.id, v.number, v.size, v.type, v.created_at, v.created_by, u.name as created_by_name,
      v.thumbnail_key
    from file_versions v left join users u on u.id = v.created_by
    where v.tenant_id = ${tenantId} and v.file_id = ${fileId} and v.number is not null order by v.number desc`)

export async function insertFile(
  { tx, model, actor }: RecordContext,
  object: CompiledObject,
  file: { id: string; recordId: string | null; fieldId?: string; name: string; folder: string },
): Promise<void> {
  await tx.query(sql`insert into record_files (tenant_id, id, object_id, record_id, field_id, name, folder, created_by)
    values (${model.tenantId}, ${file.id}, ${object.id}, ${file.recordId}, ${file.fieldId ?? null}, ${file.name},
      ${file.folder}, ${actor.userId})`)
}

/** Its whole size counts from now on. */
export async function insertUpload(
  { tx, model, actor }: RecordContext,
  upload: { id: string; fileId: string; size: number; storageKey: string },
): Promise<void> {
  await tx.query(sql`insert into file_versions (tenant_id, id, file_id, size, storage_key, created_by)
    values (${model.tenantId}, ${upload.id}, ${upload.fileId}, ${upload.size}, ${upload.storageKey}, ${actor.userId})`)
}

/**
 * The caller's own upload that is not complete yet.
 *
 * @param options.held until the transaction ends: what follows is decided on what it says.
 */
export async function readUpload(
  { tx, model, actor }: RecordContext,
  id: string,
  options: { held?: boolean } = {},
): Promise<UploadRow | undefined> {
  const [row] =
    await tx.query<UploadRow>(sql<UploadRow>`select v.id, v.file_id, f.object_id, f.record_id, f.field_id, f.name, v.size,
      v.received, v.storage_key, f.deleted_at is not null as deleted
    from file_versions v join record_files f on f.tenant_id = v.tenant_id and f.id = v.file_id
    where v.tenant_id = ${model.tenantId} and v.id = ${id} and v.number is null and v.created_by = ${actor.userId}
    ${options.held ? sql`for update of v` : sql``}`)
  return row
}

export async function insertPart(
  { tx, model }: RecordContext,
  upload: Pick<UploadRow, 'id' | 'received'>,
  part: { size: number; storageKey: string },
): Promise<void> {
  const { tenantId } = model
  await tx.batch([
    sql`insert into file_parts (tenant_id, version_id, starts_at, size, storage_key)
      values (${tenantId}, ${upload.id}, ${upload.received}, ${part.size}, ${part.storageKey})`,
    sql`update file_versions set received = received + ${part.size} where tenant_id = ${tenantId} and id = ${upload.id}`,
  ])
}

export const listParts = (tx: Transaction, tenantId: string, versionId: string): Promise<PartRow[]> =>
  tx.query<PartRow>(sql`select starts_at, size, storage_key from file_parts
    where tenant_id = ${tenantId} and version_id = ${versionId} order by starts_at`)

/** Where the parts of these versions lie, in their order, by version. */
export async function partsByVersion(
  tx: Transaction,
  tenantId: string,
  versionIds: string[],
): Promise<Map<string, Pick<PartRow, 'storage_key'>[]>> {
  const rows = await tx.query<Row & { version_id: string; keys: string[] }>(sql`select version_id,
      array_agg(storage_key order by starts_at) as keys from file_parts
    where tenant_id = ${tenantId} and version_id = any(${versionIds}::uuid[]) group by version_id`)
  return new Map(rows.map(({ version_id, keys }) => [version_id, keys.map((storage_key) => ({ storage_key }))]))
}

/** Makes an upload that is complete the latest version. Two that end at the same time follow one another. */
export async function finishUpload(
  { tx, model }: RecordContext,
  upload: Pick<UploadRow, 'id' | 'file_id'>,
  type: string,
): Promise<number> {
  const { tenantId } = model
  await tx.query(sql`select id from record_files where tenant_id = ${tenantId} and id = ${upload.file_id} for update`)
  const [row] = await tx.query<Row & { number: number }>(sql<Row & { number: number }>`update file_versions v
    set type = ${type}, created_at = now(), number = 1 + coalesce((select max(o.number) from file_versions o
      where o.tenant_id = v.tenant_id and o.file_id = v.file_id), 0)
    where v.tenant_id = ${tenantId} and v.id = ${upload.id} returning v.number`)
  return row!.number
}

export async function updateFile(
  { tx, model }: RecordContext,
  id: string,
  { name, folder }: { name: string; folder: string },
): Promise<void> {
  await tx.query(sql`update record_files set name = ${name}, folder = ${folder}
    where tenant_id = ${model.tenantId} and id = ${id}`)
}

export async function moveFiles({ tx, model }: RecordContext, ids: string[], folder: string): Promise<void> {
  await tx.query(sql`update record_files set folder = ${folder}
    where tenant_id = ${model.tenantId} and id = any(${ids}::uuid[])`)
}

export async function markDeleted({ tx, model, actor }: RecordContext, ids: string[], deleted: boolean): Promise<void> {
  await tx.query(sql`update record_files set deleted_at = ${deleted ? sql`now()` : sql`null`},
      deleted_by = ${deleted ? actor.userId : null}
    where tenant_id = ${model.tenantId} and id = any(${ids}::uuid[])`)
}

/** All that the storage has of versions `v`. */
export const keptUnder = sql.raw(`unnest(array(select p.storage_key from file_parts p
  where p.tenant_id = v.tenant_id and p.version_id = v.id) || v.thumbnail_key) as storage_key`)

/** Removes a file with all its versions; gives the keys of what the storage has to let go of. */
export async function eraseFile({ tx, model }: RecordContext, id: string): Promise<string[]> {
  const [parts] = await tx.batch<Row & { storage_key: string }>([
    sql`select ${keptUnder} from file_versions v where v.tenant_id = ${model.tenantId} and v.file_id = ${id}`,
    sql`delete from record_files where tenant_id = ${model.tenantId} and id = ${id}`,
  ])
  return keysIn(parts)
}

/** Of versions without a small picture one is null. */
const keysIn = (rows: (Row & { storage_key: string | null })[] | undefined): string[] =>
  (rows ?? []).flatMap(({ storage_key }) => storage_key ?? [])

/**
 * Forgets one upload, or those that nobody went on with or saved a record with for a day, and the files that would have
 * begun with them; gives the keys of what the storage has to let go of.
 */
export async function forgetUploads(tx: Transaction, tenantId: string, only?: string): Promise<string[]> {
  const isForgotten = only
    ? sql`v.id = ${only} and v.number is null`
    : sql`f.created_at < now() - interval '1 day'
      and v.created_at < now() - interval '1 day' and (v.number is null or f.record_id is null)`
  const unfinished = await tx.query<
    Row & { id: string; file_id: string }
  >(sql`select v.id, v.file_id from file_versions v
      join record_files f on f.tenant_id = v.tenant_id and f.id = v.file_id
    where v.tenant_id = ${tenantId} and ${isForgotten} order by v.id limit 50 for update skip locked`)
  if (unfinished.length === 0) return []
  const ids = unfinished.map(({ id }) => id)
  const files = unfinished.map(({ file_id }) => file_id)
  const [parts] = await tx.batch<Row & { storage_key: string }>([
    sql`select ${keptUnder} from file_versions v where v.tenant_id = ${tenantId} and v.id = any(${ids}::uuid[])`,
    sql`delete from file_versions where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`,
    sql`delete from record_files f where f.tenant_id = ${tenantId} and f.id = any(${files}::uuid[])
      and not exists (select from file_versions v where v.tenant_id = f.tenant_id and v.file_id = f.id)`,
  ])
  return keysIn(parts)
}

export interface VersionContent extends Row {
  type: string
  size: number
  storage_key: string
  thumbnail_key: string | null
}

/** False where the version is gone. */
export async function keepThumbnail(tx: Transaction, tenantId: string, id: string, key: string): Promise<boolean> {
  const rows = await tx.query(sql`update file_versions set thumbnail_key = ${key}
    where tenant_id = ${tenantId} and id = ${id} returning id`)
  return rows.length > 0
}

/** A version that is complete. */
export async function readVersion(tx: Transaction, tenantId: string, id: string): Promise<VersionContent | undefined> {
  const [row] = await tx.query<VersionContent>(sql<VersionContent>`select type, size, storage_key, thumbnail_key
    from file_versions
    where tenant_id = ${tenantId} and id = ${id} and number is not null`)
  return row
}

/** Leaves word in the history of the record, and tells whoever listens. Both by the files' ids: their names may be erased. */
export async function tellOfFiles(
  context: RecordContext,
  object: CompiledObject,
  recordId: string,
  { action, files }: { action: FileAction; files: Pick<FileRow, 'id' | 'number'>[] },
): Promise<void> {
  const { tx, model, actor } = context
  const told = sql`jsonb_to_recordset(${JSON.stringify(files.map(({ id, number }) => ({ id, version: number })))}::jsonb)
    as t(id text, version int)`
  await tx.batch([
    entriesInsert(context, {
      action: `file_${action}`,
      objectId: object.id,
      recordId,
      changes: sql`jsonb_build_object(${fileKey}::text, jsonb_build_array(null, to_jsonb(t)))`,
      from: sql`from ${told}`,
    }),
    sql`insert into events (tenant_id, type, object_id, record_id, actor_id, payload) select ${model.tenantId},
      ${`file.${action}`}, ${object.id}::uuid, ${recordId}::uuid, ${actor.userId}::uuid,
      jsonb_build_object('object', ${object.slug}::text, 'file', t.id, 'version', t.version) from ${told}`,
  ])
}

export type FileAction = 'added' | 'renewed' | 'changed' | 'deleted' | 'restored' | 'erased'
