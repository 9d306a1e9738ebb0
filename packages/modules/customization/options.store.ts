import { type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { type CompiledField, type CompiledObject, storedKey } from '@oneforge/kernel/metadata'

/** Alone, or in a list: both in a form that the index of values answers. */
function holding(field: CompiledField, value: string): RawBuilder<unknown> {
  const key = storedKey(field)
  const [alone, listed] = [value, [value]].map((held) => JSON.stringify({ [key]: held }))
  return sql`(data @> ${alone}::jsonb or data @> ${listed}::jsonb)`
}

/** How many records, the trash included, hold each of these values of the field; those that none has are left out. */
export async function countHolding(
  tx: Transaction,
  tenantId: string,
  object: CompiledObject,
  field: CompiledField,
  values: string[],
): Promise<Map<string, number>> {
  if (values.length === 0) return new Map()
  const counts = await tx.batch<Row & { value: string; count: number }>(
    values.map(
      (value) => sql`select ${value}::text as value, count(*) as count from records
        where tenant_id = ${tenantId} and object_id = ${object.id} and ${holding(field, value)}`,
    ),
  )
  return new Map(counts.flatMap(([row]) => (row && Number(row.count) > 0 ? [[row.value, Number(row.count)]] : [])))
}

export async function isHeld(
  tx: Transaction,
  tenantId: string,
  object: CompiledObject,
  field: CompiledField,
  value: string,
): Promise<boolean> {
  const rows = await tx.query(sql`select 1 as one from records
    where tenant_id = ${tenantId} and object_id = ${object.id} and ${holding(field, value)} limit 1`)
  return rows.length > 0
}
