/** The SQL of roles, of what members hold beside them, and of teams. */
import type { ExceptionRule, RoleHeld } from '@oneforge/kernel/access'
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { RoleDefinition } from '@oneforge/kernel/metadata'
import { type OperationContext, viewingAudited } from '@oneforge/kernel/operations'

export interface RoleRow extends Row {
  id: string
  key: string
  definition: Omit<RoleDefinition, 'key'>
  position: number
  members: number
  /** The version of the metadata that last changed it; 0 before any. */
  version: number
}

/** All roles in their order, with how many members hold each. */
export const listRoles = (tx: Transaction, tenantId: string): Promise<RoleRow[]> =>
  tx.query<RoleRow>(sql`select r.id, r.key, r.definition, r.position,
      (select coalesce(max(c.number), 0) from metadata_changes c where c.tenant_id = r.tenant_id and c.kind = 'role'
        and c.entity_id = r.id and c.before is distinct from c.after) as version,
      (select count(distinct mr.user_id) from membership_roles mr where mr.tenant_id = r.tenant_id and mr.role_id = r.id) as members
    from roles r where r.tenant_id = ${tenantId} order by r.position, r.key`)

/** Adds the role at the end. */
export async function insertRole(
  tx: Transaction,
  tenantId: string,
  { key, ...definition }: RoleDefinition,
): Promise<void> {
  await tx.query(sql`insert into roles (tenant_id, id, key, definition, position)
    select ${tenantId}, ${newId()}, ${key}, ${JSON.stringify(definition)},
      coalesce((select max(position) + 1 from roles where tenant_id = ${tenantId}), 0)`)
}

export async function updateRole(
  tx: Transaction,
  tenantId: string,
  { key, ...definition }: RoleDefinition,
  position: number,
): Promise<void> {
  await tx.query(sql`update roles set definition = ${JSON.stringify(definition)}, position = ${position}
    where tenant_id = ${tenantId} and key = ${key}`)
}

export async function deleteRole(tx: Transaction, tenantId: string, key: string): Promise<void> {
  await tx.query(sql`delete from roles where tenant_id = ${tenantId} and key = ${key}`)
}

export interface ExceptionRow {
  id: string
  effect: 'grant' | 'deny'
  rule: ExceptionRule
  reason: string | null
  createdAt: string
  createdBy: { id: string | null; name: string | null }
}

export interface MemberRow extends Row {
  userId: string
  name: string
  email: string
  status: string
  roles: RoleHeld[]
  teams: { id: string; name: string }[]
  exceptions: ExceptionRow[]
}

/** Members of any status with what they hold; all of them unless one is named. */
export const listMembers = (tx: Transaction, tenantId: string, userId?: string): Promise<MemberRow[]> =>
  tx.query<MemberRow>(sql`select u.id as "userId", u.name, u.email, m.status,
      coalesce((select jsonb_agg(jsonb_build_object('key', r.key, 'locationId', mr.location_id) order by r.position, r.key, mr.location_id)
        from membership_roles mr join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id), '[]') as roles,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name, t.id)
        from team_members tm join teams t on t.tenant_id = tm.tenant_id and t.id = tm.team_id
        where tm.tenant_id = m.tenant_id and tm.user_id = m.user_id), '[]') as teams,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'effect', e.effect, 'rule', e.definition, 'reason', e.reason,
          'createdAt', e.created_at, 'createdBy', jsonb_build_object('id', e.created_by, 'name', author.name)) order by e.created_at, e.id)
        from member_exceptions e left join users author on author.id = e.created_by
        where e.tenant_id = m.tenant_id and e.user_id = m.user_id), '[]') as exceptions
    from memberships m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId} ${userId ? sql`and m.user_id = ${userId}` : sql``}
    order by lower(u.name), u.id`)

/** Whether some active person holds the role. Services do not count: nobody can sign in as one. */
export async function isHeldByActive(tx: Transaction, tenantId: string, roleKey: string): Promise<boolean> {
  const rows = await tx.query(sql`select 1 as held
    from memberships m
      join users u on u.id = m.user_id and u.kind = 'person'
      join membership_roles mr on mr.tenant_id = m.tenant_id and mr.user_id = m.user_id
      join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where m.tenant_id = ${tenantId} and m.status = 'active' and r.key = ${roleKey} limit 1`)
  return rows.length > 0
}

/** Gives the member these roles and no others; their keys must exist. */
export async function replaceRoles(tx: Transaction, tenantId: string, userId: string, held: RoleHeld[]): Promise<void> {
  await tx.query(sql`delete from membership_roles where tenant_id = ${tenantId} and user_id = ${userId}`)
  await tx.query(sql`insert into membership_roles (tenant_id, user_id, role_id, location_id)
    select ${tenantId}, ${userId}, r.id, h."locationId"
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(key text, "locationId" uuid)
      join roles r on r.tenant_id = ${tenantId} and r.key = h.key
    on conflict do nothing`)
}

export async function insertException(
  tx: Transaction,
  tenantId: string,
  exception: { userId: string; effect: 'grant' | 'deny'; rule: ExceptionRule; reason: string | null; author: string },
): Promise<string> {
  const id = newId()
  await tx.query(sql`insert into member_exceptions (tenant_id, id, user_id, effect, definition, reason, created_by)
    values (${tenantId}, ${id}, ${exception.userId}, ${exception.effect}, ${JSON.stringify(exception.rule)},
      ${exception.reason}, ${exception.author})`)
  return id
}

export async function deleteException(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from member_exceptions where tenant_id = ${tenantId} and id = ${id}`)
}

export interface TeamRow extends Row {
  id: string
  name: string
  parentId: string | null
  members: { userId: string; name: string }[]
}

export const listTeams = (tx: Transaction, tenantId: string): Promise<TeamRow[]> =>
  tx.query<TeamRow>(sql`select t.id, t.name, t.parent_id as "parentId",
      coalesce((select jsonb_agg(jsonb_build_object('userId', u.id, 'name', u.name) order by lower(u.name), u.id)
        from team_members tm join users u on u.id = tm.user_id
        where tm.tenant_id = t.tenant_id and tm.team_id = t.id), '[]') as members
    from teams t where t.tenant_id = ${tenantId} order by lower(t.name), t.id`)

export async function saveTeam(
  tx: Transaction,
  tenantId: string,
  team: { id: string; name: string; parentId: string | null },
): Promise<void> {
  await tx.query(sql`insert into teams (tenant_id, id, name, parent_id)
    values (${tenantId}, ${team.id}, ${team.name}, ${team.parentId})
    on conflict (tenant_id, id) do update set name = excluded.name, parent_id = excluded.parent_id`)
}

export async function deleteTeam(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from teams where tenant_id = ${tenantId} and id = ${id}`)
}

/** Makes these the members of the team; returns those who are no members of the workspace and were left out. */
export async function replaceTeamMembers(
  tx: Transaction,
  tenantId: string,
  teamId: string,
  userIds: string[],
): Promise<string[]> {
  await tx.query(sql`delete from team_members where tenant_id = ${tenantId} and team_id = ${teamId}`)
  const added = await tx.query<{ id: string }>(sql`insert into team_members (tenant_id, team_id, user_id)
    select ${tenantId}, ${teamId}, m.user_id from memberships m
    where m.tenant_id = ${tenantId} and m.user_id = any(${userIds}::uuid[]) returning user_id as id`)
  const known = new Set(added.map((row) => row.id))
  return userIds.filter((id) => !known.has(id))
}

/** Tells the audit log that somebody begins or ends to look at the workspace as somebody else. */
export async function auditViewing(
  context: OperationContext,
  action: 'view_as.started' | 'view_as.ended',
  changes: object,
): Promise<void> {
  const { tx, model, actor } = context
  await tx.query(viewingAudited(model.tenantId, actor.userId!, action, changes, context))
}
