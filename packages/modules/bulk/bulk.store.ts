/** Changes of many records, the records that each was meant for, and what became of them. */
import { allOf, plannedForValues, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { BulkOutcome, BulkUpdate } from '@oneforge/kernel/records'
import type { Source } from '@oneforge/kernel/tenancy'
import type { BulkAction, BulkResult } from './bulk.schemas.ts'

export interface BulkSettings {
  change?: BulkUpdate
  /** What the records were chosen by; absent where they were named. */
  chosen?: { filter?: unknown; search?: string | undefined }
  /** Where the page was switched to. */
  locationId?: string | undefined
  /** Where the request came from. */
  source: Source
}

export interface ChangeRow extends Row {
  id: string
  object_id: string
  action: BulkAction | 'undo'
  settings: BulkSettings
  undoes: string | null
  created_by: string
  created_at: string
}

const changeColumns = sql.raw('b.id, b.object_id, b.action, b.settings, b.undoes, b.created_by, b.created_at')

/** Days after the end for which a change can be taken back, as PostgreSQL writes them. */
const kept = sql.raw(`interval '1 day'`)

/** False where the change that it takes back is being taken back by another. */
export async function insertChange(
  tx: Transaction,
  tenantId: string,
  change: Pick<ChangeRow, 'id' | 'object_id' | 'action' | 'settings' | 'created_by'> & { undoes?: string },
): Promise<boolean> {
  const rows =
    await tx.query(sql`insert into bulk_changes (tenant_id, id, object_id, action, settings, undoes, created_by)
    values (${tenantId}, ${change.id}, ${change.object_id}, ${change.action}, ${JSON.stringify(change.settings)}::jsonb,
      ${change.undoes ?? null}, ${change.created_by}) on conflict (tenant_id, undoes) do nothing returning id`)
  return rows.length > 0
}

export async function insertNamed(tx: Transaction, tenantId: string, id: string, recordIds: string[]): Promise<number> {
  const rows = await tx.query<Row & { count: number }>(sql`with named as (
      insert into bulk_records (tenant_id, change_id, record_id)
      select distinct ${tenantId}::uuid, ${id}::uuid, named from unnest(${recordIds}::uuid[]) as named returning 1
    ) select count(*) as count from named`)
  return rows[0]!.count
}

/** The records that meet the conditions, on the alias `r`, now; one more than `most` at the most. */
export async function insertChosen(
  tx: Transaction,
  tenantId: string,
  id: string,
  { conditions, most }: { conditions: RawBuilder<unknown>[]; most: number },
): Promise<number> {
  const rows = await tx.query<Row & { count: number }>(
    plannedForValues(sql`with chosen as (
      insert into bulk_records (tenant_id, change_id, record_id)
      select ${tenantId}::uuid, ${id}::uuid, r.id from records r where ${allOf(conditions)} limit ${most + 1} returning 1
    ) select count(*) as count from chosen`),
  )
  return rows[0]!.count
}

/** What a change has changed, to be taken back by another. Who made it knows its records, whatever has become of them. */
export async function insertTakenBack(tx: Transaction, tenantId: string, id: string, undoes: string): Promise<number> {
  const rows = await tx.query<Row & { count: number }>(sql`with taken as (
      insert into bulk_records (tenant_id, change_id, record_id, version, before, record_number)
      select r.tenant_id, t.id, r.record_id, r.version, r.before,
        case when t.created_by = b.created_by then r.record_number end
      from bulk_records r join bulk_changes b on b.tenant_id = r.tenant_id and b.id = r.change_id
        join bulk_changes t on t.tenant_id = r.tenant_id and t.id = ${id}
      where r.tenant_id = ${tenantId} and r.change_id = ${undoes} and r.state = 'changed' returning 1
    ) select count(*) as count from taken`)
  return rows[0]!.count
}

export async function countRecords(tx: Transaction, tenantId: string, id: string): Promise<number> {
  const [row] = await tx.query<Row & { count: number }>(
    sql`select count(*) as count from bulk_records where tenant_id = ${tenantId} and change_id = ${id}`,
  )
  return row!.count
}

export async function readChange(tx: Transaction, tenantId: string, id: string): Promise<ChangeRow | undefined> {
  const [row] = await tx.query<ChangeRow>(
    sql<ChangeRow>`select ${changeColumns} from bulk_changes b where b.tenant_id = ${tenantId} and b.id = ${id}`,
  )
  return row
}

export interface ListedChange extends ChangeRow {
  status: string
  progress: number
  result: BulkResult | null
  finished_at: string | null
  /** Until when it can be taken back; null while it runs. */
  undo_until: string | null
  undo_id: string | null
  creator: string | null
}

/** Of one change, or the latest first: those of one person, or everybody's. */
export function listChanges(
  tx: Transaction,
  tenantId: string,
  only: { id?: string; createdBy?: string | null; objectIds?: string[] },
): Promise<ListedChange[]> {
  const conditions = [
    sql`b.tenant_id = ${tenantId}`,
    ...(only.id ? [sql`b.id = ${only.id}`] : []),
    ...(only.createdBy ? [sql`b.created_by = ${only.createdBy}`] : []),
    ...(only.objectIds ? [sql`b.object_id = any(${only.objectIds}::uuid[])`] : []),
  ]
  return tx.query<ListedChange>(sql`select ${changeColumns}, j.status, j.progress, j.result, j.finished_at,
      j.finished_at + ${kept} as undo_until, u.id as undo_id, p.name as creator
    from bulk_changes b join jobs j on j.tenant_id = b.tenant_id and j.id = b.id
      left join bulk_changes u on u.tenant_id = b.tenant_id and u.undoes = b.id
      left join users p on p.id = b.created_by
    where ${allOf(conditions)} order by b.created_at desc, b.id desc limit 50`)
}

export interface WaitingRecord extends Row {
  record_id: string
  version: number | null
  before: Record<string, unknown> | null
}

/** The next records of a change behind this one, in the order of their ids. */
export const nextRecords = (
  tx: Transaction,
  tenantId: string,
  id: string,
  { after, limit }: { after: string; limit: number },
): Promise<WaitingRecord[]> =>
  tx.query<WaitingRecord>(sql`select record_id, version, before from bulk_records
    where tenant_id = ${tenantId} and change_id = ${id} and record_id > ${after} order by record_id limit ${limit}`)

/** With the versions as they stand once everything that follows from the change was done as well. */
export async function saveOutcomes(
  tx: Transaction,
  tenantId: string,
  id: string,
  outcomes: BulkOutcome[],
): Promise<void> {
  const rows = outcomes.map(({ id, recordNumber, state, version, before, reason }) => {
    return { record_id: id, record_number: recordNumber, state, version, before, reason }
  })
  await tx.query(sql`update bulk_records b set state = o.state, before = o.before,
      record_number = coalesce(o.record_number, b.record_number),
      reason = o.reason, version = coalesce(
        (select r.version from records r where r.tenant_id = b.tenant_id and r.id = b.record_id), o.version)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as o(record_id uuid, record_number text, state text, version int, before jsonb, reason text)
    where b.tenant_id = ${tenantId} and b.change_id = ${id} and b.record_id = o.record_id`)
}

export interface RefusedRecord extends Row {
  record_id: string
  record_number: string | null
  reason: string
}

export const refusedAfter = (tenantId: string, id: string, after: string, limit: number) =>
  sql<RefusedRecord>`select record_id, record_number, reason from bulk_records
    where tenant_id = ${tenantId} and change_id = ${id} and record_id > ${after} and state = 'refused'
    order by record_id limit ${limit}`

/** Forgets the records of a change that ended a day ago; false where it is still too early. */
export async function forgetRecords(tx: Transaction, tenantId: string, id: string): Promise<boolean> {
  const [early] = await tx.query(sql`select 1 as one from jobs where tenant_id = ${tenantId} and id = ${id}
    and (finished_at is null or finished_at > now() - ${kept})`)
  if (early) return false
  await tx.query(sql`delete from bulk_records where tenant_id = ${tenantId} and change_id = ${id}`)
  return true
}
