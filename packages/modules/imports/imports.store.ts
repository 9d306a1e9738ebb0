/** Uploads, imports, and what each import did. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { ImportSettings } from './imports.schemas.ts'

export interface UploadRow extends Row {
  id: string
  /** Null while it is to become an object of its own. */
  object_id: string | null
  file_name: string
  storage_key: string | null
  created_by: string
}

export async function insertUpload(
  tx: Transaction,
  tenantId: string,
  upload: {
    id: string
    objectId: string | null
    fileName: string
    size: number
    sha256: string
    key: string
    createdBy: string
  },
): Promise<void> {
  await tx.query(sql`insert into uploads (tenant_id, id, object_id, file_name, size, sha256, storage_key, created_by)
    values (${tenantId}, ${upload.id}, ${upload.objectId}, ${upload.fileName}, ${upload.size}, ${upload.sha256},
      ${upload.key}, ${upload.createdBy})`)
}

export async function readUpload(tx: Transaction, tenantId: string, id: string): Promise<UploadRow | undefined> {
  const [row] = await tx.query<UploadRow>(sql<UploadRow>`select id, object_id, file_name, storage_key, created_by
    from uploads where tenant_id = ${tenantId} and id = ${id}`)
  return row
}

/** Forgets files that nobody imported within a day, or whose import ended; gives the keys to remove. */
export async function forgetOldUploads(tx: Transaction, tenantId: string): Promise<string[]> {
  const rows = await tx.query<{ storage_key: string }>(sql<{ storage_key: string }>`with old as (
      select u.id, u.storage_key from uploads u
      where u.tenant_id = ${tenantId} and u.storage_key is not null and u.created_at < now() - interval '1 day'
        and not exists (select from imports i join jobs j on j.tenant_id = i.tenant_id and j.id = i.job_id
          where i.tenant_id = u.tenant_id and i.upload_id = u.id and j.status in ('pending', 'processing'))
      limit 50 for update of u skip locked
    ), forgotten as (
      update uploads u set storage_key = null from old where u.tenant_id = ${tenantId} and u.id = old.id
    )
    select storage_key from old`)
  return rows.map((row) => row.storage_key)
}

/** `options` of an import: its settings with the mapping decided. */
export type ImportOptions = Omit<ImportSettings, 'mapping'> & {
  mapping: Record<string, string | null>
  /** Whether the object was made for the file, and goes with its rows when the import is taken back. */
  createsObject?: true
}

export interface ImportRow extends Row {
  id: string
  job_id: string
  object_id: string
  upload_id: string
  file_name: string
  options: ImportOptions
  dry_run: boolean
  header: string[]
  created_by: string
  created_at: string
  undo_job_id: string | null
  undone_at: string | null
}

const importColumns = sql.raw(`i.id, i.job_id, i.object_id, i.upload_id, i.file_name, i.options, i.dry_run, i.header,
  i.created_by, i.created_at, i.undo_job_id, i.undone_at`)

export async function insertImport(
  tx: Transaction,
  tenantId: string,
  row: Pick<ImportRow, 'id' | 'job_id' | 'object_id' | 'upload_id' | 'file_name' | 'options' | 'header' | 'created_by'>,
): Promise<void> {
  await tx.query(sql`insert into imports
      (tenant_id, id, job_id, object_id, upload_id, file_name, options, dry_run, header, created_by)
    values (${tenantId}, ${row.id}, ${row.job_id}, ${row.object_id}, ${row.upload_id}, ${row.file_name},
      ${JSON.stringify(row.options)}::jsonb, ${row.options.dryRun}, ${row.header}::text[], ${row.created_by})`)
}

export async function readImport(
  tx: Transaction,
  tenantId: string,
  by: { id: string } | { jobId: string },
): Promise<ImportRow | undefined> {
  const condition = 'id' in by ? sql`i.id = ${by.id}` : sql`i.job_id = ${by.jobId}`
  const [row] = await tx.query<ImportRow>(
    sql<ImportRow>`select ${importColumns} from imports i where i.tenant_id = ${tenantId} and ${condition}`,
  )
  return row
}

export interface ListedImport extends ImportRow {
  status: string
  result: Record<string, unknown> | null
  creator: string | null
}

/** Imports, the latest first, without trials; those of one person, or everybody's. */
export async function listImports(
  tx: Transaction,
  tenantId: string,
  createdBy: string | null,
): Promise<ListedImport[]> {
  return tx.final<ListedImport>(sql<ListedImport>`select ${importColumns}, j.status, j.result, u.name as creator
    from imports i join jobs j on j.tenant_id = i.tenant_id and j.id = i.job_id
      left join users u on u.id = i.created_by
    where i.tenant_id = ${tenantId} and not i.dry_run ${createdBy ? sql`and i.created_by = ${createdBy}` : sql``}
    order by i.created_at desc, i.id desc limit 200`)
}

/** Gives the import to the job that takes it back; false if another has it, or it is taken back already. */
export async function claimUndo(tx: Transaction, tenantId: string, id: string, jobId: string): Promise<boolean> {
  const rows = await tx.query(sql`update imports i set undo_job_id = ${jobId}
    where i.tenant_id = ${tenantId} and i.id = ${id} and i.undone_at is null
      and not exists (select from jobs j where j.tenant_id = ${tenantId} and j.id = i.undo_job_id) returning i.id`)
  return rows.length > 0
}

export async function markUndone(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`update imports set undone_at = now() where tenant_id = ${tenantId} and id = ${id}`)
}

/** The lines that have claimed these keys. */
export async function readKeys(
  tx: Transaction,
  tenantId: string,
  importId: string,
  keys: string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<{ key: string; line: number }>(sql<{ key: string; line: number }>`select key, line
    from import_keys where tenant_id = ${tenantId} and import_id = ${importId} and key = any(${keys}::text[])`)
  return new Map(rows.map((row) => [row.key, row.line]))
}

/**
 * Drops some of the import's keys; false when none were left. By their places, not by a join: of keys that have just been
 * written the planner knows nothing, and would look through all of them for each.
 */
export async function dropKeys(tx: Transaction, tenantId: string, importId: string): Promise<boolean> {
  const dropped = await tx.query(sql`delete from import_keys where ctid = any(array(
      select ctid from import_keys where tenant_id = ${tenantId} and import_id = ${importId} limit 20000))
    and tenant_id = ${tenantId} returning 1 as one`)
  return dropped.length > 0
}

export interface ChangeRow {
  record_id: string
  line: number
  action: 'created' | 'updated'
  version: number
}

export interface RefusedRow {
  line: number
  values: string[]
  reason: string
}

/** What a batch leaves behind: claimed keys, changed records with what they were before, refused rows. */
export async function insertBatch(
  tx: Transaction,
  tenantId: string,
  {
    importId,
    jobId,
    keys,
    changes,
    refused,
  }: {
    importId: string
    jobId: string
    keys: { key: string; line: number }[]
    changes: ChangeRow[]
    refused: RefusedRow[]
  },
): Promise<void> {
  // The history entry of an update holds the values before; its request is the job.
  await tx.batch([
    sql`insert into import_keys (tenant_id, import_id, key, line)
      select ${tenantId}, ${importId}, key, line
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as t(key text, line int) on conflict do nothing`,
    sql`insert into import_changes (tenant_id, import_id, record_id, line, action, version, before)
      select ${tenantId}, ${importId}, t.record_id, t.line, t.action, t.version, case when t.action = 'updated' then (
        select (select jsonb_object_agg(c.key, c.value -> 0) from jsonb_each(a.changes) c) from audit_entries a
        where a.tenant_id = ${tenantId} and a.record_id = t.record_id and a.action = 'updated' and a.request_id = ${jobId}
        limit 1) end
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as t(record_id uuid, line int, action text, version int)`,
    sql`insert into import_refused (tenant_id, import_id, line, values, reason)
      select ${tenantId}, ${importId}, line, values, reason
      from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as t(line int, values jsonb, reason text)`,
  ])
}

/** Refused rows behind a line, in the order of the file. */
export const refusedAfter = (tenantId: string, importId: string, line: number, limit: number) =>
  sql<RefusedRow>`select line, values, reason from import_refused
    where tenant_id = ${tenantId} and import_id = ${importId} and line > ${line} order by line limit ${limit}`

interface RecordedChange extends ChangeRow, Row {
  record_id: string
  before: Record<string, unknown> | null
}

export interface UndoRow extends RecordedChange {
  /** As the record is now; null if it is gone for good. */
  current: { record_number: string; version: number; deleted: boolean } | null
}

/** Changes of an import behind a line, in the order of the file, with the state that their records are in now. */
export async function changesAfter(
  tx: Transaction,
  tenantId: string,
  importId: string,
  line: number,
  limit: number,
): Promise<UndoRow[]> {
  const changes = await tx.query<RecordedChange>(sql<RecordedChange>`
    select record_id, line, action, version, before from import_changes
    where tenant_id = ${tenantId} and import_id = ${importId} and line > ${line} order by line limit ${limit}`)
  const ids = changes.map((change) => change.record_id)
  // Locked in the order of their ids, as by every change of many records.
  const records =
    await tx.query<CurrentRecord>(sql<CurrentRecord>`select id, record_number, version, deleted_at is not null as deleted
    from records where tenant_id = ${tenantId} and id = any(${ids}::uuid[]) order by id for update`)
  const byId = new Map(records.map((record) => [record.id, record]))
  return changes.map((change) => ({ ...change, current: byId.get(change.record_id) ?? null }))
}

interface CurrentRecord extends Row {
  id: string
  record_number: string
  version: number
  deleted: boolean
}

export async function countChanges(
  tx: Transaction,
  tenantId: string,
  importId: string,
): Promise<{ created: number; updated: number }> {
  const [row] = await tx.query<{ created: number; updated: number }>(
    sql<{ created: number; updated: number }>`select count(*) filter (where action = 'created') as created,
      count(*) filter (where action = 'updated') as updated
    from import_changes where tenant_id = ${tenantId} and import_id = ${importId}`,
  )
  return row!
}

/** Does the work, and takes back all that it wrote. */
export async function takenBack<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.query<Row>(sql`savepoint trial`)
  const result = await work()
  await tx.query<Row>(sql`rollback to savepoint trial`)
  return result
}
