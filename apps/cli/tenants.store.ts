/** The SQL of the command line: it looks across tenants, as their owner, which no server ever does. */
import { Database, type Row, sql } from '@oneforge/kernel/database'

export interface TenantRow extends Row {
  slug: string
  name: string
  plan: string
  trialEndsAt: string | null
  template: string | null
  members: number
  records: number
}

export function listTenants(ownerUrl: string): Promise<TenantRow[]> {
  return asOwner(ownerUrl, (database) =>
    database.run<TenantRow>(
      {},
      sql`select t.slug, t.name, t.plan, t.trial_ends_at as "trialEndsAt", t.template_slug as template,
            (select count(*) from memberships m where m.tenant_id = t.id) as members,
            (select coalesce(sum(c.live), 0)::int8 from record_counters c where c.tenant_id = t.id) as records
          from tenants t order by t.slug`,
    ),
  )
}

/** The workspace of that slug or id. */
export async function findTenant(ownerUrl: string, tenant: string): Promise<{ id: string; slug: string } | undefined> {
  const [row] = await asOwner(ownerUrl, (database) =>
    database.run<{ id: string; slug: string }>(
      {},
      sql`select id, slug from tenants where slug = ${tenant} or id::text = ${tenant}`,
    ),
  )
  return row
}

export interface UserAccountRow extends Record<string, string | null> {
  email: string
  name: string
  workspaces: string
  secondFactor: string
  lastSeen: string | null
}

/** People with an account, by e-mail address; only those whose address or name has the text, if one is given. */
export function listUsers(ownerUrl: string, search: string | null): Promise<UserAccountRow[]> {
  return asOwner(ownerUrl, (database) =>
    database.run<UserAccountRow>(
      {},
      sql`select u.email, u.name,
            coalesce((select string_agg(t.slug, ', ' order by t.slug) from memberships m join tenants t on t.id = m.tenant_id
              where m.user_id = u.id and m.status = 'active'), '') as workspaces,
            case when exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null)
              then 'yes' else 'no' end as "secondFactor",
            (select max(s.last_used_at) from sessions s where s.user_id = u.id) as "lastSeen"
          from users u
          where u.kind = 'person'
            and (${search}::text is null or strpos(u.email, lower(${search})) > 0 or strpos(lower(u.name), lower(${search})) > 0)
          order by u.email`,
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
