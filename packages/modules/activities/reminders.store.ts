/** The SQL of reminders. */
import { type Database, type Row, sql } from '@oneforge/kernel/database'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { dataColumn, type RecordContext, type RecordData } from '@oneforge/kernel/records'

export interface RemindableRow extends Row {
  id: string
  data: RecordData
  stage: string | null
  deleted: boolean
  /** Who is reminded: who has it, or else who made it. */
  user_id: string | null
  /** The person's, or else the workspace's. */
  time_zone: string
}

/** Records as they are now, those in the trash included. */
export const remindable = (
  { tx, model }: RecordContext,
  object: CompiledObject,
  ids: string[],
): Promise<RemindableRow[]> =>
  tx.query<RemindableRow>(sql<RemindableRow>`select r.id, ${dataColumn(object)} as data, r.stage,
      r.deleted_at is not null as deleted, coalesce(r.owner_id, r.created_by) as user_id,
      coalesce(u.time_zone, t.time_zone) as time_zone
    from records r join tenants t on t.id = r.tenant_id left join users u on u.id = coalesce(r.owner_id, r.created_by)
    where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id} and r.id = any(${ids}::uuid[]) order by r.id`)

export interface Plan {
  id: string
  /** Milliseconds since 1970; null: never. */
  at: number | null
}

/** Of what lies in the past already nobody is told; of a moment that stays as it is, no second time. */
export async function planReminders({ tx, model, now }: RecordContext, plans: Plan[]): Promise<void> {
  await tx.query(sql`with planned as (
      select p.id, to_timestamp(p.at / 1000.0) as at from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb) as p(id uuid, at bigint)
    ), gone as (
      delete from reminders r using planned p where r.tenant_id = ${model.tenantId} and r.record_id = p.id
        and r.remind_at is distinct from p.at and (p.at is null or p.at <= ${now})
    )
    insert into reminders as r (tenant_id, record_id, remind_at)
    select ${model.tenantId}, p.id, p.at from planned p where p.at > ${now}
    on conflict (tenant_id, record_id) do update set remind_at = excluded.remind_at, told_at = null
      where r.remind_at <> excluded.remind_at`)
}

/** Workspaces of which somebody has to be reminded. The one look-up that needs no binding. */
export async function tenantsToRemind(database: Database, now: Date): Promise<string[]> {
  const rows = await database.run<{ id: string } & Row>(
    {},
    sql<{ id: string } & Row>`select id from tenants_to_remind(${now}) as id`,
  )
  return rows.map(({ id }) => id)
}

export interface DueRow extends Row {
  record_id: string
  object_id: string
}

/** Those whose time has come, locked; what another worker tells of at this moment is left to it. */
export const dueReminders = ({ tx, model, now }: RecordContext, limit: number): Promise<DueRow[]> =>
  tx.query<DueRow>(sql<DueRow>`select d.record_id, r.object_id from reminders d
      join records r on r.tenant_id = ${model.tenantId} and r.id = d.record_id
    where d.tenant_id = ${model.tenantId} and d.told_at is null and d.remind_at <= ${now}
    order by d.remind_at, d.record_id limit ${limit} for update of d skip locked`)

export async function markTold({ tx, model, now }: RecordContext, ids: string[]): Promise<void> {
  await tx.query(sql`update reminders set told_at = ${now}
    where tenant_id = ${model.tenantId} and record_id = any(${ids}::uuid[])`)
}
