/** Derives columns and search text of existing records anew after metadata has changed. */
import { type Row, sql } from '../database/index.ts'
import type { CompiledObject, TenantModel } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { project, type RecordData } from './project.ts'

const batchSize = 1_000

/** Whether the object ever held a record, the trash included. */
export async function recordNumbersStarted(
  tx: RecordContext['tx'],
  model: TenantModel,
  object: CompiledObject,
): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 as one from record_counters where tenant_id = ${model.tenantId} and object_id = ${object.id} and last_number > 0`,
  )
  return rows.length > 0
}

/** Works through the object's records in batches; versions and history stay as they are, since no value changes. */
export async function reprojectRecords(context: RecordContext, object: CompiledObject): Promise<void> {
  const { tenantId } = context.model
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await context.tx.query<Row & { id: string; data: RecordData }>(
      sql`select id, data from records where tenant_id = ${tenantId} and object_id = ${object.id} and id > ${after}
          order by id limit ${batchSize} for update`,
    )
    if (rows.length === 0) return
    after = rows.at(-1)!.id
    await writeColumns(context, object, rows)
  }
}

async function writeColumns(
  context: RecordContext,
  object: CompiledObject,
  rows: { id: string; data: RecordData }[],
): Promise<void> {
  const columns = rows.map((row) => ({ ...project(object, row.data), id: row.id }))
  await context.tx.query(sql`update records r set title = i.title, title_key = i.title_key, stage = i.stage, amount_minor = i.amount_minor,
      currency = i.currency, starts_at = i.starts_at, ends_at = i.ends_at, due_at = i.due_at, email = i.email, phone = i.phone,
      search = lower(r.record_number) || ' ' || i.search, s1 = i.s1, s2 = i.s2, s3 = i.s3, s4 = i.s4, s5 = i.s5,
      s6 = i.s6, s7 = i.s7, s8 = i.s8, s9 = i.s9, s10 = i.s10
    from jsonb_to_recordset(${JSON.stringify(columns)}::jsonb) as i(id uuid, title text, title_key text, stage text, amount_minor bigint,
      currency text, starts_at timestamptz, ends_at timestamptz, due_at timestamptz, email text, phone text, search text,
      s1 text, s2 text, s3 text, s4 text, s5 text, s6 text, s7 text, s8 text, s9 text, s10 text)
    where r.tenant_id = ${context.model.tenantId} and r.id = i.id`)
}
