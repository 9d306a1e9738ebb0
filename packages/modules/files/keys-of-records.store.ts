/** Where the storage keeps the files of records that are about to be removed for good. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { keptUnder } from './files.store.ts'

/** Keys of all parts by record, of files and versions that were deleted too, and of those of records merged into it. */
export async function storageKeysOf(
  tx: Transaction,
  tenantId: string,
  recordIds: string[],
): Promise<Map<string, string[]>> {
  const rows = await tx.query<Row & { root: string; keys: string[] | null }>(sql`with recursive going as (
      select id as root, id from unnest(${recordIds}::uuid[]) as id
      union select g.root, r.id from records r join going g on r.tenant_id = ${tenantId} and r.merged_into = g.id
    )
    select g.root, array_agg(k.storage_key) filter (where k.storage_key is not null) as keys from going g
      join record_files f on f.tenant_id = ${tenantId} and f.record_id = g.id
      join file_versions v on v.tenant_id = f.tenant_id and v.file_id = f.id
      cross join lateral (select ${keptUnder}) k
    group by g.root`)
  return new Map(rows.map(({ root, keys }) => [root, keys ?? []]))
}
