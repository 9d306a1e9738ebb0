/** Binding a transaction that is under way: for work that learns on its way whose rows it needs. */
import { sql, type Transaction } from '@oneforge/kernel/database'

/** From here on the transaction sees what belongs to this tenant. */
export async function bindTenant(tx: Transaction, tenantId: string): Promise<void> {
  await tx.query(sql`select bind_tenant(${tenantId}::uuid, null)`)
}

/** From here on the transaction sees what belongs to this user. */
export async function bindUser(tx: Transaction, userId: string): Promise<void> {
  await tx.query(sql`select bind_user(${userId}::uuid)`)
}
