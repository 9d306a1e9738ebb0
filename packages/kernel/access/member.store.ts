/** The policies of members, compiled once per person and version of the tenant. */
import { LRUCache } from 'lru-cache'
import { type Database, sql } from '../database/index.ts'
import type { TenantModel } from '../metadata/index.ts'
import { type AccessPolicy, compilePolicy } from './policy.ts'

export interface Member {
  userId: string
  name: string
  email: string
  locale: string | null
  policy: AccessPolicy
}

export class MemberCache {
  private readonly database: Database
  private readonly members = new LRUCache<string, Member>({ max: 20_000 })

  constructor(database: Database) {
    this.database = database
  }

  /** The member as of the model's version, or undefined where the person is no active member. */
  async get(model: TenantModel, userId: string): Promise<Member | undefined> {
    const key = `${model.tenantId} ${userId} ${model.version}`
    const known = this.members.get(key)
    if (known) return known
    const member = await this.load(model, userId)
    if (member) this.members.set(key, member)
    return member
  }

  private async load(model: TenantModel, userId: string): Promise<Member | undefined> {
    const { tenantId, version } = model
    const [row] = await this.database.run<{ name: string; email: string; locale: string | null; roles: string[] }>(
      { tenantId, version },
      sql`select u.name, u.email, u.locale, coalesce(array_agg(r.key) filter (where r.key is not null), '{}') as roles
          from memberships m join users u on u.id = m.user_id
            left join membership_roles mr on mr.tenant_id = m.tenant_id and mr.user_id = m.user_id
            left join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
          where m.tenant_id = ${tenantId} and m.user_id = ${userId} and m.status = 'active'
          group by u.name, u.email, u.locale`,
    )
    return (
      row && {
        userId,
        name: row.name,
        email: row.email,
        locale: row.locale,
        policy: compilePolicy(model, userId, row.roles),
      }
    )
  }
}
