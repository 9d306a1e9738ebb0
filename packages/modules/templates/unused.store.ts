/** What an undo put out of sight and no record uses is removed, so that its names are free again. */
import { sql, type Transaction } from '@oneforge/kernel/database'

/** Of what a version of the metadata added: objects without records and fields without values that are out of sight. */
export async function deleteUnused(tx: Transaction, tenantId: string, version: number): Promise<void> {
  const added = (kind: 'object' | 'field') => sql`select entity_id from metadata_changes
    where tenant_id = ${tenantId} and number = ${version} and kind = ${kind} and before is null`
  await tx.batch([
    sql`delete from fields f where f.tenant_id = ${tenantId} and f.retired_at is not null and f.id in (${added('field')})
      and not exists (select from records r
        where r.tenant_id = f.tenant_id and r.object_id = f.object_id and r.data -> coalesce(f.definition ->> 'storedAs', f.key) is not null)
      and not exists (select from links l join relations re on re.tenant_id = l.tenant_id and re.id = l.relation_id
        where l.tenant_id = f.tenant_id and re.field_id = f.id)`,
    sql`delete from objects o where o.tenant_id = ${tenantId} and o.retired_at is not null and o.id in (${added('object')})
      and not exists (select from records r where r.tenant_id = o.tenant_id and r.object_id = o.id)`,
  ])
}
