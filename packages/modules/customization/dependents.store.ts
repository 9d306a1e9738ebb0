import { type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { MetadataState, VersionedKind } from '@oneforge/kernel/metadata'
import type { Thing } from './references.ts'

const naming: [VersionedKind, string, RawBuilder<unknown>][] = [
  ['object', 'objects', sql`and retired_at is null`],
  ['field', 'fields', sql`and retired_at is null`],
  ['view', 'views', sql`and owner_id is null`],
  ['role', 'roles', sql``],
  ['workflow', 'workflows', sql``],
  ['dashboard', 'dashboards', sql``],
]

/** All definitions that may name others, people's own views included. */
export async function everyDefinition(tx: Transaction, tenantId: string): Promise<Thing[]> {
  const shared = naming.map(
    ([
      kind,
      table,
      visible,
    ]) => sql`select ${kind} as kind, id, metadata_state(${kind}, to_jsonb(t)) as state, false as "isPrivate"
      from ${sql.table(table)} t where tenant_id = ${tenantId} ${visible}`,
  )
  const own = sql`select 'view' as kind, id, jsonb_build_object('object_id', object_id, 'definition', definition) as state,
      true as "isPrivate" from views where tenant_id = ${tenantId} and owner_id is not null`
  return (await tx.batch<Thing & Row>([...shared, own])).flat()
}

/** Writes the definition of somebody's own view, which is no part of a version. */
export async function writeOwnView(tx: Transaction, tenantId: string, id: string, state: MetadataState): Promise<void> {
  await tx.query(sql`update views set definition = ${JSON.stringify(state.definition)}
    where tenant_id = ${tenantId} and id = ${id}`)
}

/** Imports under way that fill the field. */
export const importsFilling = (
  tx: Transaction,
  tenantId: string,
  objectId: string,
  key: string,
): Promise<{ id: string; file_name: string }[]> =>
  tx.query<Row & { id: string; file_name: string }>(sql`select i.id, i.file_name from imports i
    join jobs j on j.tenant_id = i.tenant_id and j.id = i.job_id
    where i.tenant_id = ${tenantId} and i.object_id = ${objectId} and j.status in ('pending', 'processing')
      and jsonb_path_exists(i.options -> 'mapping', '$.** ? (@ == $key)', jsonb_build_object('key', ${key}::text))`)

/** Members who hold the role. */
export async function holdersOf(tx: Transaction, tenantId: string, key: string): Promise<number> {
  const [row] = await tx.query<{ members: number }>(sql`select count(distinct mr.user_id) as members
    from roles r join membership_roles mr on mr.tenant_id = r.tenant_id and mr.role_id = r.id
    where r.tenant_id = ${tenantId} and r.key = ${key}`)
  return row!.members
}

/** Living records that hold the option. */
export async function recordsWithOption(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  { key, value }: { key: string; value: string },
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`select count(*) as count from records
    where tenant_id = ${tenantId} and object_id = ${objectId} and deleted_at is null
      and (data -> ${key}::text = to_jsonb(${value}::text) or data -> ${key}::text @> to_jsonb(array[${value}::text]))`)
  return row!.count
}
