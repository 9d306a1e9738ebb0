/** The SQL of following. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export type Why = 'chosen' | 'owner' | 'author'

export interface FollowerRow extends Row {
  record_id: string
  id: string
  name: string
  why: Why
}

export interface FollowSettings extends Row {
  owned: boolean
  created: boolean
}

/** Active members who follow the records, by name; whether each may still see them is for the caller to ask. */
export const followersOf = (tx: Transaction, tenantId: string, recordIds: string[]): Promise<FollowerRow[]> =>
  tx.query<FollowerRow>(sql<FollowerRow>`
    select p.record_id, u.id, u.name, p.why from (
      select distinct on (c.record_id, c.user_id) c.record_id, c.user_id, c.why, c.why_rank from (
        select f.record_id, f.user_id, 'chosen' as why, 1 as why_rank from follows f
          where f.tenant_id = ${tenantId} and f.record_id = any(${recordIds}::uuid[]) and f.following
        union all
        select r.id, r.owner_id, 'owner', 2 from records r where r.tenant_id = ${tenantId} and r.id = any(${recordIds}::uuid[])
        union all
        select r.id, r.created_by, 'author', 3 from records r where r.tenant_id = ${tenantId} and r.id = any(${recordIds}::uuid[])
      ) c
      left join follows declined on declined.tenant_id = ${tenantId} and declined.record_id = c.record_id
        and declined.user_id = c.user_id and not declined.following
      left join follow_settings s on s.tenant_id = ${tenantId} and s.user_id = c.user_id
      where c.user_id is not null and declined.user_id is null
        and (c.why = 'chosen' or c.why = 'owner' and coalesce(s.owned, true) or c.why = 'author' and coalesce(s.created, true))
      order by c.record_id, c.user_id, c.why_rank
    ) p
    join memberships m on m.tenant_id = ${tenantId} and m.user_id = p.user_id and m.status = 'active'
    join users u on u.id = p.user_id
    order by lower(u.name), u.id`)

/** Writes down that the person wants to follow the record, or does not. */
export async function chooseFollowing(
  tx: Transaction,
  choice: { tenantId: string; recordId: string; userId: string; following: boolean },
): Promise<void> {
  const { tenantId, recordId, userId, following } = choice
  await tx.query(sql`insert into follows (tenant_id, record_id, user_id, following)
    values (${tenantId}, ${recordId}, ${userId}, ${following})
    on conflict (tenant_id, record_id, user_id) do update set following = excluded.following, chosen_at = now()
      where follows.following <> excluded.following`)
}

export async function readFollowSettings(tx: Transaction, tenantId: string, userId: string): Promise<FollowSettings> {
  const [row] = await tx.query<FollowSettings>(sql<FollowSettings>`select owned, created from follow_settings
    where tenant_id = ${tenantId} and user_id = ${userId}`)
  return row ?? { owned: true, created: true }
}

/** Changes what is given and leaves the rest as it is. */
export async function changeFollowSettings(
  tx: Transaction,
  tenantId: string,
  userId: string,
  change: { owned?: boolean; created?: boolean },
): Promise<FollowSettings> {
  const { owned = null, created = null } = change
  const [row] = await tx.query<FollowSettings>(sql<FollowSettings>`
    insert into follow_settings as s (tenant_id, user_id, owned, created)
    values (${tenantId}, ${userId}, coalesce(${owned}::boolean, true), coalesce(${created}::boolean, true))
    on conflict (tenant_id, user_id) do update
      set owned = coalesce(${owned}::boolean, s.owned), created = coalesce(${created}::boolean, s.created)
    returning owned, created`)
  return row!
}
