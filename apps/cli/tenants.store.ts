/** The SQL of the command line: it looks across tenants, as their owner, which no server ever does. */
import { Database, type Row, sql } from '@oneforge/kernel/database'

export interface TenantRow extends Row {
  slug: string
  name: string
  template: string | null
  members: number
  records: number
}

export function listTenants(ownerUrl: string): Promise<TenantRow[]> {
  return asOwner(ownerUrl, (database) =>
    database.run<TenantRow>(
      {},
      sql`select t.slug, t.name, t.template_slug as template,
            (select count(*) from memberships m where m.tenant_id = t.id) as members,
            (select coalesce(sum(c.live), 0)::int8 from record_counters c where c.tenant_id = t.id) as records
          from tenants t order by t.slug`,
    ),
  )
}

export interface MembershipRow extends Row {
  tenantId: string
  userId: string
}

/** The active membership of the person in the tenant, named by slug or id. */
export async function findMembership(
  ownerUrl: string,
  tenant: string,
  email: string,
): Promise<MembershipRow | undefined> {
  const [row] = await asOwner(ownerUrl, (database) =>
    database.run<MembershipRow>(
      {},
      sql`select m.tenant_id as "tenantId", m.user_id as "userId"
          from memberships m join tenants t on t.id = m.tenant_id join users u on u.id = m.user_id
          where (t.slug = ${tenant} or t.id::text = ${tenant}) and lower(u.email::text) = ${email.trim().toLowerCase()} and m.status = 'active'`,
    ),
  )
  return row
}

async function asOwner<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database({ url, max: 1 })
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}
