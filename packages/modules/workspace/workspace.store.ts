import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { isOver } from './first-day.store.ts'

export interface ObjectCount extends Row {
  object_id: string
  live: number
}

export interface WorkspaceUser extends Row {
  id: string
  email: string
  name: string
  locale: string | null
  timeZone: string | null
  emailVerified: boolean
  firstDay: boolean
}

/** The caller, and how many living records each object has. */
export async function recordCounts(
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<{ user: WorkspaceUser; counts: ObjectCount[] }> {
  const [users, counts] = (await tx.batch([
    sql`select u.id, u.email, u.name, u.locale, u.time_zone as "timeZone",
          u.email_verified_at is not null as "emailVerified", coalesce(not ${isOver}, false) as "firstDay"
        from users u left join memberships m on m.tenant_id = ${tenantId} and m.user_id = u.id where u.id = ${userId}`,
    countStatement(tenantId),
  ])) as [WorkspaceUser[], ObjectCount[]]
  return { user: users[0]!, counts }
}

const countStatement = (tenantId: string) =>
  sql`select object_id, live from record_counters where tenant_id = ${tenantId}`

export const objectCounts = (tx: Transaction, tenantId: string): Promise<ObjectCount[]> =>
  tx.query<ObjectCount>(countStatement(tenantId))

export interface WorkspaceSettings {
  name?: string
  locale?: string
  currency?: string
  country?: string
  timeZone?: string
}

export async function updateTenant(tx: Transaction, tenantId: string, settings: WorkspaceSettings): Promise<void> {
  await tx.query(sql`update tenants set
    name = coalesce(${settings.name ?? null}, name), locale = coalesce(${settings.locale ?? null}, locale),
    currency = coalesce(${settings.currency ?? null}, currency),
    country = coalesce(${settings.country ?? null}, country), time_zone = coalesce(${settings.timeZone ?? null}, time_zone)
    where id = ${tenantId}`)
}
