import { type Database, newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { SchedulePlan } from './schedules.schemas.ts'

export interface StoredSchedule extends Row {
  id: string
  dashboard_id: string
  created_by: string
  plan: SchedulePlan
  receivers: string[]
  active: boolean
  next_at: string | null
  last_sent_at: string | null
  /** The moment whose mail each receiver has, by their id. */
  mailed: Record<string, string>
}

const columns = sql.raw('id, dashboard_id, created_by, plan, receivers, active, next_at, last_sent_at, mailed')

export const listSchedules = (tx: Transaction, tenantId: string, dashboardId: string): Promise<StoredSchedule[]> =>
  tx.query<StoredSchedule>(sql`select ${columns} from dashboard_schedules
    where tenant_id = ${tenantId} and dashboard_id = ${dashboardId} order by id`)

/** @param locked until the transaction ends. */
export async function findSchedule(
  tx: Transaction,
  tenantId: string,
  id: string,
  { locked = true } = {},
): Promise<StoredSchedule | undefined> {
  const [row] = await tx.query<StoredSchedule>(
    sql`select ${columns} from dashboard_schedules where tenant_id = ${tenantId} and id = ${id} ${locked ? sql`for update` : sql``}`,
  )
  return row
}

export type ScheduleWrite = Pick<StoredSchedule, 'plan' | 'receivers' | 'active' | 'next_at'>

export async function insertSchedule(
  tx: Transaction,
  tenantId: string,
  { dashboardId, createdBy }: { dashboardId: string; createdBy: string },
  { plan, receivers, active, next_at }: ScheduleWrite,
): Promise<string> {
  const id = newId()
  await tx.query(sql`insert into dashboard_schedules (tenant_id, id, dashboard_id, created_by, plan, receivers, active, next_at)
    values (${tenantId}, ${id}, ${dashboardId}, ${createdBy}, ${JSON.stringify(plan)}, ${receivers}::uuid[], ${active}, ${next_at})`)
  return id
}

export async function updateSchedule(
  tx: Transaction,
  tenantId: string,
  id: string,
  { plan, receivers, active, next_at }: ScheduleWrite,
): Promise<void> {
  await tx.query(sql`update dashboard_schedules set plan = ${JSON.stringify(plan)}, receivers = ${receivers}::uuid[],
    active = ${active}, next_at = ${next_at} where tenant_id = ${tenantId} and id = ${id}`)
}

/** It goes out now, and then at that time. */
export async function markSent(
  tx: Transaction,
  tenantId: string,
  id: string,
  times: { sentAt: Date; nextAt: Date },
): Promise<void> {
  await tx.query(sql`update dashboard_schedules set last_sent_at = ${times.sentAt}, next_at = ${times.nextAt}
    where tenant_id = ${tenantId} and id = ${id}`)
}

export async function putOffTo(tx: Transaction, tenantId: string, id: string, nextAt: Date): Promise<void> {
  await tx.query(sql`update dashboard_schedules set next_at = ${nextAt} where tenant_id = ${tenantId} and id = ${id}`)
}

/** The receiver has the mail of that moment. */
export async function markMailed(
  tx: Transaction,
  tenantId: string,
  { scheduleId, userId, due }: { scheduleId: string; userId: string; due: string },
): Promise<void> {
  await tx.query(sql`update dashboard_schedules set mailed = mailed || ${JSON.stringify({ [userId]: due })}::jsonb
    where tenant_id = ${tenantId} and id = ${scheduleId}`)
}

/** Deletes the schedule where its dashboard is neither a shared one nor anybody's own. */
export async function deleteOrphan(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from dashboard_schedules s where tenant_id = ${tenantId} and id = ${id}
    and not exists (select from dashboards d where d.tenant_id = s.tenant_id and d.id = s.dashboard_id)
    and not exists (select from own_dashboards d where d.tenant_id = s.tenant_id and d.id = s.dashboard_id)`)
}

export async function deleteSchedule(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from dashboard_schedules where tenant_id = ${tenantId} and id = ${id}`)
}

export async function deleteSchedulesOf(tx: Transaction, tenantId: string, dashboardId: string): Promise<void> {
  await tx.query(sql`delete from dashboard_schedules where tenant_id = ${tenantId} and dashboard_id = ${dashboardId}`)
}

/** What is to go out by now, of all workspaces. */
export async function dueSchedules(database: Database, now: Date): Promise<{ tenantId: string; id: string }[]> {
  const rows = await database.run<Row & { tenant_id: string; id: string }>(
    {},
    sql`select * from due_dashboard_schedules(${now})`,
  )
  return rows.map((row) => ({ tenantId: row.tenant_id, id: row.id }))
}

export interface Receiver extends Row {
  id: string
  name: string
  email: string
}

/** Those among them who are members now. */
export const membersAmong = (tx: Transaction, tenantId: string, ids: string[]): Promise<Receiver[]> =>
  tx.query<Receiver>(sql`select u.id, u.name, u.email from memberships m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and m.user_id = any(${ids}::uuid[]) and m.status = 'active' order by lower(u.name), u.id`)

export interface Letterhead extends Row {
  workspace: string
  domain: string | null
}

export async function letterheadOf(tx: Transaction, tenantId: string): Promise<Letterhead> {
  const [row] = await tx.query<Letterhead>(sql`select name as workspace,
    case when domain_verified_at is not null then domain end as domain from tenants where id = ${tenantId}`)
  return row!
}
