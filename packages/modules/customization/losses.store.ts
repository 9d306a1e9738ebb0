/** What a change of metadata puts out of sight: records and their values are counted before it is made. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { type CompiledField, type MetadataChange, storedKey, type TenantModel } from '@oneforge/kernel/metadata'

export interface Loss {
  object: string
  field: string | null
  /** How many records hold a value, or how many there are. */
  records: number
  message: string
}

/** Living records of an object that have a value in the field. */
export async function recordsWithValue(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  field: CompiledField,
): Promise<number> {
  const { storage } = field
  const found =
    storage.kind === 'links'
      ? sql`exists (select from links l where l.tenant_id = r.tenant_id and l.relation_id = ${storage.relationId} and l.from_id = r.id)`
      : sql`r.data -> ${storedKey(field)}::text is not null`
  const [row] = await tx.query<{ count: number }>(sql`select count(*) as count from records r
    where r.tenant_id = ${tenantId} and r.object_id = ${objectId} and r.deleted_at is null and ${found}`)
  return row!.count
}

/** Living records of an object. */
export async function recordsOf(tx: Transaction, tenantId: string, objectId: string): Promise<number> {
  const [row] = await tx.query<{ live: number }>(
    sql`select live from record_counters where tenant_id = ${tenantId} and object_id = ${objectId}`,
  )
  return row?.live ?? 0
}

/** What goes out of sight with the changes; nothing of it is deleted. */
export async function lossesOf(tx: Transaction, before: TenantModel, changes: MetadataChange[]): Promise<Loss[]> {
  const losses: Loss[] = []
  const going = changes.filter(({ after }) => after === null || after.retired === true)
  for (const { kind, id } of going) {
    const object = kind === 'object' ? before.objectById.get(id) : undefined
    const owner = before.objects.find(({ fields }) => kind === 'field' && fields.some((field) => field.id === id))
    if (object) {
      const records = await recordsOf(tx, before.tenantId, object.id)
      const message = `${records} records go out of sight; they come back with the object`
      if (records > 0) losses.push({ object: object.slug, field: null, records, message })
    }
    if (owner && !changes.some((change) => change.id === owner.id && change.after === null)) {
      const field = owner.fields.find((one) => one.id === id)!
      const records = await recordsWithValue(tx, before.tenantId, owner.id, field)
      const message = `the values of ${records} records go out of sight; they come back with the field`
      if (records > 0) losses.push({ object: owner.slug, field: field.key, records, message })
    }
  }
  return losses
}

/** Of the roles those that somebody holds. */
export async function heldRoles(
  tx: Transaction,
  tenantId: string,
  ids: string[],
): Promise<{ key: string; members: number }[]> {
  if (ids.length === 0) return []
  return tx.query<{ key: string; members: number } & Row>(sql`select r.key, count(distinct mr.user_id) as members
    from roles r join membership_roles mr on mr.tenant_id = r.tenant_id and mr.role_id = r.id
    where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) group by r.key`)
}
