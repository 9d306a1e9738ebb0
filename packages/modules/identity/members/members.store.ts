/** The SQL of members and their roles. Transactions are bound to the tenant. */
import { sql, type Transaction } from '@oneforge/kernel/database'

export type MemberStatus = 'active' | 'deactivated' | 'left'

export interface MemberRow {
  /** The user’s id. */
  id: string
  name: string
  email: string
  kind: 'person' | 'service'
  /** Keys, in the order of the roles. */
  roles: string[]
  status: MemberStatus
  joinedAt: string
}

const selectMembers = (condition = sql`true`) => sql<MemberRow>`
  select u.id, u.name, u.email, u.kind, m.status, m.created_at as "joinedAt",
    coalesce(array_agg(distinct r.key) filter (where r.key is not null), '{}') as roles
  from memberships m
  join users u on u.id = m.user_id
  left join membership_roles mr on mr.tenant_id = m.tenant_id and mr.user_id = m.user_id
  left join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
  where m.tenant_id = current_tenant() and ${condition}
  group by u.id, m.status, m.created_at
  order by lower(u.name), u.id`

/** Everybody who is or was a member, by name; services as well. */
export const listMembers = (tx: Transaction): Promise<MemberRow[]> => tx.query<MemberRow>(selectMembers())

export async function findMember(tx: Transaction, userId: string): Promise<MemberRow | undefined> {
  const [member] = await tx.query<MemberRow>(selectMembers(sql`m.user_id = ${userId}`))
  return member
}

export async function setStatus(
  tx: Transaction,
  who: { tenantId: string; userId: string },
  status: MemberStatus,
): Promise<void> {
  await tx.query(sql`
    update memberships set status = ${status} where tenant_id = ${who.tenantId} and user_id = ${who.userId}`)
}

/** What somebody gets who becomes a member: these roles, at these locations only; at none given, everywhere. */
export interface Membership {
  tenantId: string
  userId: string
  roles: string[]
  locations: string[]
}

/** Makes the user an active member with these roles and no others, also one who had left. False for a deactivated one. */
export async function joinTenant(
  tx: Transaction,
  { tenantId, userId, roles, locations }: Membership,
  now: Date,
): Promise<boolean> {
  const joined = await tx.query(sql`
    insert into memberships as m (tenant_id, user_id, created_at) values (${tenantId}, ${userId}, ${now})
    on conflict (tenant_id, user_id) do update set status = 'active' where m.status <> 'deactivated'
    returning user_id`)
  if (joined.length === 0) return false
  // A location that is gone by now is no place to hold a role at.
  const places =
    locations.length > 0
      ? sql`(select l.id from locations l where l.tenant_id = ${tenantId} and l.id = any(${locations}::uuid[]))`
      : sql`(values (null::uuid))`
  await tx.batch([
    sql`delete from membership_roles where tenant_id = ${tenantId} and user_id = ${userId}`,
    sql`insert into membership_roles (tenant_id, user_id, role_id, location_id)
        select ${tenantId}, ${userId}, r.id, place.id from roles r, ${places} as place (id)
        where r.tenant_id = ${tenantId} and r.key = any(${roles}::text[])`,
  ])
  return true
}
