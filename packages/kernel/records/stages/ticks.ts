/** What is ticked off in the stages where records stand, read along with the lock on them. */
import { type RawBuilder, sql } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'

/** A column `ticks` of the records under the alias `r`, {field id: [items]}; nothing where no checklist must be done. */
export function ticksColumn(tenantId: string, object: CompiledObject): RawBuilder<unknown> {
  const isAsked = object.pipelines.some(({ stages }) =>
    stages.some(({ checklist = [] }) => checklist.some(({ required }) => required)),
  )
  if (!isAsked) return sql``
  return sql`(select jsonb_object_agg(s.field_id, (select coalesce(jsonb_agg(item), '[]'::jsonb) from jsonb_object_keys(s.ticks) as item))
    from stage_stays s where s.tenant_id = ${tenantId} and s.record_id = r.id and s.left_at is null) as ticks, `
}
