import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface StayRow extends Row {
  id: string
  field_id: string
  stage: string
  entered_at: string
  entered_by: string | null
  entered_name: string | null
  exact: boolean
  left_at: string | null
  left_to: string | null
  owner_id: string | null
  amount_minor: string | null
  currency: string | null
  reason: string | null
  note: string | null
  ticks: Record<string, { at: string; by: string | null; name: string | null }>
}

interface Place {
  tenantId: string
  recordId: string
}

/** Of these pipelines' fields, oldest first. */
export const readStays = (
  tx: Transaction,
  { tenantId, recordId }: Place,
  fieldIds: string[],
  options: { open?: boolean } = {},
): Promise<StayRow[]> =>
  tx.query<StayRow>(sql`select s.id, s.field_id, s.stage, s.entered_at, s.entered_by, u.name as entered_name, s.exact, s.left_at, s.left_to,
      s.owner_id, s.amount_minor::text as amount_minor, s.currency, s.reason, s.note,
      (select coalesce(jsonb_object_agg(t.key, t.value || jsonb_build_object('name', by.name)), '{}'::jsonb)
        from jsonb_each(s.ticks) as t left join users by on by.id = (t.value ->> 'by')::uuid) as ticks
    from stage_stays s left join users u on u.id = s.entered_by
    where s.tenant_id = ${tenantId} and s.record_id = ${recordId} and s.field_id = any(${fieldIds}::uuid[])
      ${options.open ? sql`and s.left_at is null` : sql``}
    order by s.entered_at, s.left_at nulls last, s.id`)

/** Ticks an item of the stage where the record stands, which the transaction has locked, or takes the tick back. */
export async function tick(
  tx: Transaction,
  { tenantId, recordId }: Place,
  fieldId: string,
  { item, done, userId }: { item: string; done: boolean; userId: string | null },
): Promise<void> {
  const ticked = sql`case when ticks ? ${item}::text then ticks
    else ticks || jsonb_build_object(${item}::text, jsonb_build_object('at', now(), 'by', ${userId}::uuid)) end`
  await tx.query(sql`update stage_stays set ticks = ${done ? ticked : sql`ticks - ${item}::text`}
    where tenant_id = ${tenantId} and record_id = ${recordId} and field_id = ${fieldId} and left_at is null`)
}
