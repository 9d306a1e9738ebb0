/** The policies of members, compiled once per person and version of the tenant. */
import { LRUCache } from 'lru-cache'
import { type Database, type RawBuilder, type Row, sql, type Transaction } from '../database/index.ts'
import type { TenantModel } from '../metadata/index.ts'
import { compilePolicy } from './compile.ts'
import type { AccessPolicy } from './policy.ts'
import type { ExceptionRule, MemberException, MemberRights, RoleHeld } from './rights.ts'

export interface Member {
  userId: string
  name: string
  email: string
  locale: string | null
  policy: AccessPolicy
}

interface MemberRow extends Row {
  user_id: string
  name: string
  email: string
  locale: string | null
  roles: RoleHeld[]
  exceptions: { id: string; effect: MemberException['effect']; rule: ExceptionRule }[]
  colleagues: string[]
}

export class MemberCache {
  private readonly database: Database
  /** One entry per person, so that no model of an earlier version is kept alive by it. */
  private readonly members = new LRUCache<string, { version: number; member: Member }>({ max: 20_000 })

  constructor(database: Database) {
    this.database = database
  }

  /** The member as of the model's version, or undefined where the person is no active member. */
  async get(model: TenantModel, userId: string): Promise<Member | undefined> {
    const key = `${model.tenantId} ${userId}`
    const known = this.members.get(key)
    if (known?.version === model.version) return known.member
    const member = await this.load(model, userId)
    if (member) this.members.set(key, { version: model.version, member })
    return member
  }

  private async load(model: TenantModel, userId: string): Promise<Member | undefined> {
    const { tenantId, version } = model
    const [row] = await this.database.run<MemberRow>({ tenantId, version }, membersStatement(tenantId, [userId]))
    return (
      row && {
        userId,
        name: row.name,
        email: row.email,
        locale: row.locale,
        policy: compilePolicy(model, rightsOf(row)),
      }
    )
  }
}

const rightsOf = ({ user_id, roles, exceptions, colleagues }: MemberRow): MemberRights => ({
  userId: user_id,
  roles,
  exceptions,
  colleagues,
})

/** Active members with what they were given, as the transaction sees it; all of them unless some are named. */
export async function memberRights(
  tx: Transaction,
  tenantId: string,
  userIds?: string[],
): Promise<(Omit<Member, 'policy'> & { rights: MemberRights })[]> {
  const rows = await tx.query<MemberRow>(membersStatement(tenantId, userIds))
  return rows.map((row) => ({
    userId: row.user_id,
    name: row.name,
    email: row.email,
    locale: row.locale,
    rights: rightsOf(row),
  }))
}

/** A hierarchy that was closed to a circle past all checks ends here instead of never. */
const deepestTeam = 20

function membersStatement(tenantId: string, userIds: string[] | undefined): RawBuilder<unknown> {
  return sql`select u.id as user_id, u.name, u.email, u.locale,
      coalesce((select jsonb_agg(jsonb_build_object('key', r.key, 'locationId', mr.location_id) order by r.position, r.key, mr.location_id)
        from membership_roles mr join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id), '[]') as roles,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'effect', e.effect, 'rule', e.definition) order by e.created_at, e.id)
        from member_exceptions e where e.tenant_id = m.tenant_id and e.user_id = m.user_id), '[]') as exceptions,
      array(with recursive mine as (
          select tm.team_id, 1 as level from team_members tm where tm.tenant_id = m.tenant_id and tm.user_id = m.user_id
          union select t.id, mine.level + 1 from mine join teams t on t.tenant_id = m.tenant_id and t.parent_id = mine.team_id
            where mine.level < ${deepestTeam})
        select distinct tm.user_id::text from mine join team_members tm on tm.tenant_id = m.tenant_id and tm.team_id = mine.team_id
        order by 1) as colleagues
    from memberships m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and m.status = 'active'
      ${userIds ? sql`and m.user_id = any(${userIds}::uuid[])` : sql``}
    order by lower(u.name), u.id`
}
