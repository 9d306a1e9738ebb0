/** Writes what was worked out: values, columns and an event for each record. Versions and histories stay as they are. */
import { type RawBuilder, sql } from '../../database/index.ts'
import { asStored } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { ProjectedColumns, RecordData } from '../project.ts'

export interface ComputedRecord {
  id: string
  objectId: string
  slug: string
  data: RecordData
  columns: ProjectedColumns
  /** Keys of the computed fields that have another value now. */
  fields: string[]
}

/** Records of any objects, locked by the transaction, in one statement. */
export function computedStatement(context: RecordContext, records: ComputedRecord[]): RawBuilder<unknown> {
  const { tenantId } = context.model
  const rows = records.map(({ id, objectId, slug, data, columns, fields }) => ({
    ...columns,
    id,
    object_id: objectId,
    slug,
    data: asStored(context.model.objectById.get(objectId)!, data),
    fields,
  }))
  return sql`with input as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, object_id uuid, slug text, data jsonb, fields jsonb,
        title text, title_key text, stage text, amount_minor bigint, currency text, starts_at timestamptz, ends_at timestamptz,
        due_at timestamptz, email text, phone text, search text, s1 text, s2 text, s3 text, s4 text, s5 text, s6 text, s7 text,
        s8 text, s9 text, s10 text)
    ), updated as (
      update records r set title = i.title, title_key = i.title_key, stage = i.stage, amount_minor = i.amount_minor,
        currency = i.currency, starts_at = i.starts_at, ends_at = i.ends_at, due_at = i.due_at, email = i.email,
        phone = i.phone, search = lower(r.record_number) || ' ' || i.search, s1 = i.s1, s2 = i.s2, s3 = i.s3, s4 = i.s4,
        s5 = i.s5, s6 = i.s6, s7 = i.s7, s8 = i.s8, s9 = i.s9, s10 = i.s10, data = i.data
      from input i where r.tenant_id = ${tenantId} and r.id = i.id
    )
    insert into events (tenant_id, type, object_id, record_id, actor_id, payload)
    select ${tenantId}, 'record.computed', i.object_id, i.id, ${context.actor.userId},
      jsonb_build_object('object', i.slug, 'fields', i.fields)
    from input i where jsonb_array_length(i.fields) > 0`
}
