/** The SQL of what people wish to be told of. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { KindWish, MailPeriod } from './kinds.ts'
import type { Whose } from './notifications.store.ts'

export interface PreferencesRow extends Row {
  kinds: Partial<Record<string, Partial<KindWish>>>
  /** hh:mm. */
  daily_at: string
  mail_round: number
}

export interface Receiver extends PreferencesRow {
  user_id: string
  name: string
  email: string
  locale: string | null
  /** Whether the address is proven to be theirs. */
  verified: boolean
}

const settings = sql`coalesce(s.kinds, '{}') as kinds, to_char(coalesce(s.daily_at, '08:00'), 'HH24:MI') as daily_at,
  coalesce(s.mail_round, 0) as mail_round`

/** Those of the people who are active members, with their wishes. */
export const receiversOf = (tx: Transaction, tenantId: string, userIds: string[]): Promise<Receiver[]> =>
  tx.query<Receiver>(sql<Receiver>`select u.id as user_id, u.name, u.email, u.locale,
      u.email_verified_at is not null as verified, ${settings}
    from memberships m join users u on u.id = m.user_id
      left join notification_settings s on s.tenant_id = m.tenant_id and s.user_id = m.user_id
    where m.tenant_id = ${tenantId} and m.status = 'active' and m.user_id = any(${userIds}::uuid[]) order by u.id`)

export async function changePreferences(
  tx: Transaction,
  { tenantId, userId }: Whose,
  change: { kinds?: PreferencesRow['kinds']; dailyAt?: string },
): Promise<void> {
  const { kinds = {}, dailyAt = null } = change
  await tx.query(sql`insert into notification_settings as s (tenant_id, user_id, kinds, daily_at)
    values (${tenantId}, ${userId}, ${JSON.stringify(kinds)}::jsonb, coalesce(${dailyAt}::time, '08:00'))
    on conflict (tenant_id, user_id) do update set
      kinds = s.kinds || (select coalesce(jsonb_object_agg(k.key, coalesce(s.kinds -> k.key, '{}') || k.value), '{}')
        from jsonb_each(excluded.kinds) k),
      daily_at = coalesce(${dailyAt}::time, s.daily_at)`)
}

/** Ends the mails, if the link is of this round and of no earlier one; says whether it was. */
export async function endMails(
  tx: Transaction,
  { tenantId, userId }: Whose,
  round: number,
  kinds: PreferencesRow['kinds'],
): Promise<boolean> {
  const never = JSON.stringify(kinds)
  const rows = await tx.query(sql`insert into notification_settings as s (tenant_id, user_id, kinds, mail_round)
    select m.tenant_id, m.user_id, ${never}::jsonb, 1 from memberships m
    where m.tenant_id = ${tenantId} and m.user_id = ${userId} and ${round} = coalesce((select mail_round
      from notification_settings where tenant_id = ${tenantId} and user_id = ${userId}), 0)
    on conflict (tenant_id, user_id) do update set mail_round = s.mail_round + 1,
      kinds = s.kinds || (select jsonb_object_agg(k.key, coalesce(s.kinds -> k.key, '{}') || k.value)
        from jsonb_each(${never}::jsonb) k)
      where s.mail_round = ${round}
    returning user_id`)
  return rows.length > 0
}

/** When the next mail of the period is due, in the person's own zone, or else in that of the workspace. */
export async function nextMailAt(
  tx: Transaction,
  { tenantId, userId }: Whose,
  period: MailPeriod,
  dailyAt: string,
): Promise<Date> {
  const [row] = await tx.query<{ due: string }>(sql<{ due: string }>`
    select case ${period}::text
        when 'at_once' then now()
        when 'hourly' then date_trunc('hour', now()) + interval '1 hour'
        else (select case when d.today > now() then d.today else d.tomorrow end from (select
            (date_trunc('day', now() at time zone z.name) + ${dailyAt}::time) at time zone z.name as today,
            (date_trunc('day', now() at time zone z.name) + interval '1 day' + ${dailyAt}::time) at time zone z.name as tomorrow) d)
      end as due
    from (select coalesce(u.time_zone, t.time_zone) as name from users u, tenants t
      where u.id = ${userId} and t.id = ${tenantId}) z`)
  return new Date(row!.due)
}

export interface Letterhead extends Row {
  workspace: string
  domain: string | null
}

/** What a mail says of the workspace it comes from. */
export async function letterheadOf(tx: Transaction, tenantId: string): Promise<Letterhead> {
  const [row] = await tx.query<Letterhead>(sql<Letterhead>`select name as workspace,
    case when domain_verified_at is not null then domain end as domain from tenants where id = ${tenantId}`)
  return row!
}

/** Names of members, also of those who have left. */
export const memberNames = (
  tx: Transaction,
  tenantId: string,
  ids: string[],
): Promise<{ id: string; name: string }[]> =>
  tx.query<{ id: string; name: string }>(sql<{ id: string; name: string }>`select u.id, u.name
    from memberships m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and m.user_id = any(${ids}::uuid[]) order by lower(u.name), u.id`)
