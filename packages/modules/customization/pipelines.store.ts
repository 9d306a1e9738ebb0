import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { type CompiledField, type CompiledObject, storedKey } from '@oneforge/kernel/metadata'

/** How many records, the trash included, have each of these values of the field; those that none has are left out. */
export async function countStanding(
  tx: Transaction,
  tenantId: string,
  object: CompiledObject,
  field: CompiledField,
  values: string[],
): Promise<Map<string, number>> {
  if (values.length === 0) return new Map()
  const key = storedKey(field)
  const standing = values.map((value) => sql`data @> ${JSON.stringify({ [key]: value })}::jsonb`)
  const rows = await tx.query<
    Row & { value: string; count: number }
  >(sql`select data ->> ${key} as value, count(*) as count
    from records where tenant_id = ${tenantId} and object_id = ${object.id} and (${sql.join(standing, sql` or `)})
    group by 1`)
  return new Map(rows.map(({ value, count }) => [value, Number(count)]))
}
