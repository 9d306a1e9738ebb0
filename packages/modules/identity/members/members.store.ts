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
  /** Each role once, with where it is held: everywhere without locations. */
  roleLocations: { role: string; locations: { id: string; name: string }[] }[]
  status: MemberStatus
  joinedAt: string
  /** To the minute; of a service, when a key of it was used. */
  lastSeenAt: string | null
  secondFactor: boolean
}

const selectMembers = (condition = sql`true`) => sql<MemberRow>`
  select u.id, u.name, u.email, u.kind, m.status, m.created_at as "joinedAt",
    coalesce(held.roles, '{}') as roles, coalesce(held."roleLocations", '[]') as "roleLocations",
    seen.last_seen_at as "lastSeenAt", coalesce(seen.second_factor, false) as "secondFactor"
  from memberships m
  join users u on u.id = m.user_id
  left join members_seen() seen on seen.user_id = m.user_id
  left join lateral (
    select array_agg(h.key order by h.position, h.key) as roles,
      jsonb_agg(jsonb_build_object('role', h.key, 'locations', h.locations) order by h.position, h.key) as "roleLocations"
    from (
      select r.key, r.position,
        case when bool_or(mr.location_id is null) then '[]'::jsonb
          else jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name) order by l.position, l.name) end as locations
      from membership_roles mr
      join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
      left join locations l on l.tenant_id = mr.tenant_id and l.id = mr.location_id
      where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id
      group by r.key, r.position
    ) h
  ) held on true
  where m.tenant_id = current_tenant() and ${condition}
  order by lower(u.name), u.id`

export interface MemberFilter {
  status?: MemberStatus
  kind?: MemberRow['kind']
}

/** Everybody who is or was a member, by name; services as well. */
export function listMembers(tx: Transaction, filter: MemberFilter = {}): Promise<MemberRow[]> {
  const { status = null, kind = null } = filter
  return tx.query<MemberRow>(
    selectMembers(
      sql`(${status}::text is null or m.status = ${status}) and (${kind}::text is null or u.kind = ${kind})`,
    ),
  )
}

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
