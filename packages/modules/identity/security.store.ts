/** The SQL of a workspace's rules of signing in. Transactions are bound to the tenant. */
import { sql, type Transaction } from '@oneforge/kernel/database'

export interface SecuritySettings {
  /** Minutes without a request after which people are signed out; null for never. */
  idleMinutes: number | null
  /** Keys of roles that need a second factor. */
  requireSecondFactor: string[]
}

export async function readSecurity(tx: Transaction): Promise<SecuritySettings> {
  const [row] = await tx.query<SecuritySettings>(sql<SecuritySettings>`
    select (settings -> 'security' ->> 'idleMinutes')::int as "idleMinutes",
      coalesce(settings -> 'security' -> 'requireSecondFactor', '[]') as "requireSecondFactor"
    from tenants where id = current_tenant()`)
  return row!
}

export async function writeSecurity(tx: Transaction, settings: SecuritySettings): Promise<void> {
  await tx.query(sql`
    update tenants set settings = jsonb_set(settings, '{security}', ${JSON.stringify(settings)}::jsonb)
    where id = current_tenant()`)
}
