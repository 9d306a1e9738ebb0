import { type Database, sql, type Transaction } from '@oneforge/kernel/database'

/** Says of fields that a job works on them. */
export async function markDerived(tx: Transaction, tenantId: string, fieldIds: string[], jobId: string): Promise<void> {
  await tx.query(sql`update fields set derive_job = ${jobId}
    where tenant_id = ${tenantId} and id = any(${fieldIds}::uuid[])`)
}

/** The fields are read by their columns again. Who still works with the metadata of before is told that they have moved on. */
export async function finishDerivation(tx: Transaction, tenantId: string, jobId: string): Promise<void> {
  const finished = await tx.query(sql`update fields set derive_job = null
    where tenant_id = ${tenantId} and derive_job = ${jobId} returning id`)
  if (finished.length > 0) await tx.query(sql`update tenants set version = version + 1 where id = ${tenantId}`)
}

/** The ids of fields that the transaction has made. */
export async function fieldsMadeNow(tx: Transaction, tenantId: string): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    sql`select id from fields where tenant_id = ${tenantId} and created_at = now()`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** The keys that the job worked on are complete. Who works with the metadata of before is told that they have moved on. */
export async function completeKeys(tx: Transaction, tenantId: string, jobId: string): Promise<void> {
  await tx.query(sql`update unique_keys set job_id = null where tenant_id = ${tenantId} and job_id = ${jobId}`)
  await tx.query(sql`update tenants set version = version + 1 where id = ${tenantId}`)
}

/** Says which of the fields change with the day; all others do not. */
export async function markMoving(tx: Transaction, tenantId: string, fieldIds: string[]): Promise<void> {
  await tx.query(sql`update fields set moving = id = any(${fieldIds}::uuid[])
    where tenant_id = ${tenantId} and moving <> (id = any(${fieldIds}::uuid[]))`)
}

/** Workspaces that have fields which change with the day. */
export async function tenantsWithMovingFields(database: Database): Promise<string[]> {
  const rows = await database.run<{ id: string }>({}, sql`select tenants_with_moving_fields() as id`)
  return rows.map(({ id }) => id)
}

/** Whether a record has something in the ordered slot of that number; an index tells. */
export async function isSlotFilled(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  slot: number,
): Promise<boolean> {
  const column = sql.ref(`s${slot}`)
  const found = await tx.query(sql`select 1 as one from records
    where tenant_id = ${tenantId} and object_id = ${objectId} and ${column} is not null limit 1`)
  return found.length > 0
}
