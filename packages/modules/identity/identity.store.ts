/** The SQL of people, workspaces and memberships. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'

export interface LoginRow {
  id: string
  passwordHash: string | null
}

export interface UserRow {
  id: string
  email: string
  name: string
  passwordHash: string | null
  locale: string | null
  timeZone: string | null
  emailVerified: boolean
  superAdmin: boolean
  /** Told only to a transaction that is bound to the user. */
  secondFactor: boolean
}

export interface NewUser {
  id: string
  email: string
  name: string
  /** Null for an account that nobody can sign in to. */
  passwordHash: string | null
  kind: 'person' | 'service'
  emailVerifiedAt: Date | null
}

export interface WorkspaceRow {
  id: string
  name: string
  slug: string
  locale: string
  timeZone: string
  /** What is told to who wants to come in while it is suspended; null: it is in use. */
  suspendedReason: string | null
  /** When the user last had a session there. */
  lastUsedAt: string | null
}

export interface UserChanges {
  name?: string
  locale?: string
  timeZone?: string
}

const userColumns = sql`u.id, u.email, u.name, u.password_hash as "passwordHash", u.locale, u.time_zone as "timeZone",
  u.email_verified_at is not null as "emailVerified", u.super_admin as "superAdmin",
  exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "secondFactor"`

/** The one look-up of a person that needs no binding. */
export async function findLogin(database: Database, email: string): Promise<LoginRow | undefined> {
  const [row] = await database.run<LoginRow>(
    {},
    sql`select id, password_hash as "passwordHash" from find_login(${email})`,
  )
  return row
}

export async function findUser(tx: Transaction, userId: string): Promise<UserRow | undefined> {
  const [row] = await tx.query<UserRow>(sql`select ${userColumns} from users u where u.id = ${userId}`)
  return row
}

/** The user as of now; nobody changes the row before the transaction ends. */
export async function holdUser(tx: Transaction, userId: string): Promise<UserRow | undefined> {
  const [row] = await tx.query<UserRow>(sql`select ${userColumns} from users u where u.id = ${userId} for share`)
  return row
}

/** Adds the user to whom the transaction is bound; false when the e-mail address is taken. */
export async function insertUser(tx: Transaction, user: NewUser, now: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into users (id, email, name, password_hash, kind, email_verified_at, created_at, updated_at)
    values (${user.id}, ${user.email}, ${user.name}, ${user.passwordHash}, ${user.kind}, ${user.emailVerifiedAt},
            ${now}, ${now})
    on conflict (email) do nothing returning id`)
  return rows.length === 1
}

/** False when the slug is taken, which only the attempt can tell: other tenants' slugs cannot be seen. */
export async function insertTenant(
  tx: Transaction,
  tenant: { id: string; name: string; slug: string; plan: string; trialEndsAt: Date | null; locale: string },
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into tenants (id, name, slug, plan, trial_ends_at, locale, created_at)
    values (${tenant.id}, ${tenant.name}, ${tenant.slug}, ${tenant.plan}, ${tenant.trialEndsAt}, ${tenant.locale}, ${now})
    on conflict (slug) do nothing returning id`)
  return rows.length === 1
}

/** Makes the user an active member with these roles, in a transaction that is bound to the tenant. */
export async function insertMember(
  tx: Transaction,
  member: { tenantId: string; userId: string; roles: string[] },
  now: Date,
): Promise<void> {
  const { tenantId, userId, roles } = member
  await tx.batch([
    sql`insert into memberships (tenant_id, user_id, created_at) values (${tenantId}, ${userId}, ${now})`,
    sql`insert into membership_roles (tenant_id, user_id, role_id)
        select tenant_id, ${userId}, id from roles where tenant_id = ${tenantId} and key = any(${roles}::text[])`,
  ])
}

/** Replaces the password unless it is another than `before` by now; says whether it did. */
export async function replacePassword(
  tx: Transaction,
  userId: string,
  before: string,
  after: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(sql`
    update users set password_hash = ${after}, updated_at = ${now}
    where id = ${userId} and password_hash = ${before} returning id`)
  return rows.length === 1
}

/** Changes what is given; the transaction must be bound to the user. */
export async function updateUser(
  tx: Transaction,
  userId: string,
  changes: UserChanges,
  now: Date,
): Promise<UserRow | undefined> {
  const [row] = await tx.query<UserRow>(sql`
    update users u set
      name = coalesce(${changes.name ?? null}, u.name),
      locale = coalesce(${changes.locale ?? null}, u.locale),
      time_zone = coalesce(${changes.timeZone ?? null}, u.time_zone),
      updated_at = ${now}
    where u.id = ${userId}
    returning ${userColumns}`)
  return row
}

/** Replaces the password whatever it was, and takes the address as verified: who resets it has read the mail. */
export async function resetPassword(tx: Transaction, userId: string, passwordHash: string, now: Date): Promise<void> {
  await tx.query(sql`
    update users set password_hash = ${passwordHash}, email_verified_at = coalesce(email_verified_at, ${now}), updated_at = ${now}
    where id = ${userId}`)
}

/** Takes the address as verified unless the user has another one by now; says whether it did. */
export async function markVerified(tx: Transaction, userId: string, email: string, now: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    update users set email_verified_at = coalesce(email_verified_at, ${now}), updated_at = ${now}
    where id = ${userId} and email = ${email} returning id`)
  return rows.length === 1
}

/** Workspaces that the user is an active member of: the most recently used first, then the oldest membership. */
export function listWorkspacesOf(tx: Transaction, userId: string): Promise<WorkspaceRow[]> {
  return tx.query<WorkspaceRow>(sql`
    select t.id, t.name, t.slug, t.locale, t.time_zone as "timeZone",
      t.suspended_reason as "suspendedReason", used.at as "lastUsedAt"
    from memberships m
    join tenants t on t.id = m.tenant_id
    left join lateral (
      select max(s.last_used_at) as at from sessions s where s.user_id = m.user_id and s.tenant_id = m.tenant_id
    ) used on true
    where m.user_id = ${userId} and m.status = 'active'
    order by used.at desc nulls last, m.created_at, m.tenant_id`)
}
