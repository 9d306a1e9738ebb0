/** Which records a person opened lately: they come first among equals, and before anything is typed. */
import { plannedForValues, type Statement, sql } from '../../database/index.ts'
import type { RecordContext } from '../context.ts'
import { narrowedTo, type SearchedObject } from './searched.ts'

/** Of one person; the oldest are forgotten. */
const mostVisits = 200

/** Notes that the caller opened the record; work that no person asked for leaves no visit. */
export async function noteVisit({ tx, model, policy, now }: RecordContext, recordId: string): Promise<void> {
  if (!policy.userId) return
  const { tenantId } = model
  await tx.final(sql`with noted as (
      insert into record_visits (tenant_id, user_id, record_id, opened_at)
      values (${tenantId}, ${policy.userId}, ${recordId}, ${now.toISOString()})
      on conflict (tenant_id, user_id, record_id) do update set opened_at = excluded.opened_at
    )
    delete from record_visits where tenant_id = ${tenantId} and user_id = ${policy.userId} and opened_at <= (
      select opened_at from record_visits where tenant_id = ${tenantId} and user_id = ${policy.userId}
      order by opened_at desc offset ${mostVisits} limit 1)`)
}

/** The records opened last that the caller may still see, the latest first. */
export const opened = ({ model, policy }: RecordContext, objects: SearchedObject[], limit: number): Statement =>
  plannedForValues(sql`select r.id, r.object_id, r.title, r.record_number, r.email, r.phone, r.data, 0 as rank, 0 as found
    from record_visits v join records r on r.tenant_id = ${model.tenantId} and r.id = v.record_id and r.deleted_at is null
    where v.tenant_id = ${model.tenantId} and v.user_id = ${policy.userId}
      and r.object_id = any(${objects.map(({ object }) => object.id)}::uuid[]) and ${narrowedTo(objects)}
    order by v.opened_at desc limit ${limit}`)
