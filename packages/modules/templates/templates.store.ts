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

/** Samples that somebody has changed, written about, or linked with a record that is no sample. */
const touched = sql`(
  exists (select 1 from audit_entries a
    where a.tenant_id = r.tenant_id and a.record_id = r.id and a.source is distinct from 'template')
  or exists (select 1 from notes n where n.tenant_id = r.tenant_id and n.record_id = r.id)
  or exists (select 1 from links l join records o on o.tenant_id = l.tenant_id and o.id = l.to_id
    where l.tenant_id = r.tenant_id and l.from_id = r.id and not o.sample)
  or exists (select 1 from links l join records o on o.tenant_id = l.tenant_id and o.id = l.from_id
    where l.tenant_id = r.tenant_id and l.to_id = r.id and not o.sample))`

export async function countSamples(tx: Transaction, tenantId: string): Promise<{ total: number; touched: number }> {
  const [counts] = await tx.query<{ total: number; touched: number }>(sql`
    select count(*) as total, count(*) filter (where ${touched}) as touched
    from records r where r.tenant_id = ${tenantId} and r.sample and r.deleted_at is null`)
  return counts!
}

/** All samples are locked, so that nobody changes one while it goes; answers those that have been touched, the live ones. */
export async function lockTouchedSamples(
  tx: Transaction,
  tenantId: string,
): Promise<{ id: string; object_id: string }[]> {
  await tx.query(sql`select 1 from records where tenant_id = ${tenantId} and sample order by id for update`)
  return tx.query<{ id: string; object_id: string }>(sql`select r.id, r.object_id from records r
    where r.tenant_id = ${tenantId} and r.sample and r.deleted_at is null and ${touched}`)
}

/** Makes records like any others of them. */
export async function adoptSamples(tx: Transaction, tenantId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(sql`update records set sample = false where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`)
}
