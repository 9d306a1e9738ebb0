import { sql, type Transaction } from '@oneforge/kernel/database'

/** Whether there is any record, the trash included. */
export async function holdsRecords(tx: Transaction, tenantId: string): Promise<boolean> {
  const rows = await tx.query(sql`select 1 as one from records where tenant_id = ${tenantId} limit 1`)
  return rows.length > 0
}

/** Removes the sample records for good, as they were never anybody's; returns how many. */
export async function deleteSamples(tx: Transaction, tenantId: string): Promise<number> {
  const counts = await tx.query<{ object_id: string; live: number; total: number }>(sql`
    with gone as (
      delete from records where tenant_id = ${tenantId} and sample returning object_id, deleted_at
    ) select object_id, count(*) as total, count(*) filter (where deleted_at is null) as live from gone group by object_id`)
  for (const { object_id, live } of counts) {
    await tx.query(
      sql`update record_counters set live = live - ${live} where tenant_id = ${tenantId} and object_id = ${object_id}`,
    )
  }
  return counts.reduce((sum, { total }) => sum + total, 0)
}
