import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { authorNamed, type ViewDefinition, type ViewRow } from '@oneforge/kernel/metadata'

type StoredView = ViewRow & Row
const columns = sql`id, key, owner_id, definition`

/** The template's first, then shared ones, then the caller's own. */
export const listViews = (tx: Transaction, tenantId: string, objectId: string, userId: string): Promise<ViewRow[]> =>
  tx.query<StoredView>(sql`select ${columns} from views where tenant_id = ${tenantId} and object_id = ${objectId}
    and (owner_id is null or owner_id = ${userId}) order by owner_id is not null, key is null, position, created_at`)

export async function findView(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  id: string,
): Promise<ViewRow | undefined> {
  const rows = await tx.query<StoredView>(
    sql`select ${columns} from views where tenant_id = ${tenantId} and object_id = ${objectId} and id = ${id} for update`,
  )
  return rows[0]
}

export async function insertView(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  ownerId: string | null,
  definition: ViewDefinition,
): Promise<ViewRow> {
  const [, rows] = await tx.batch<StoredView>([
    authorNamed(tx),
    sql`insert into views (tenant_id, id, object_id, owner_id, definition)
      values (${tenantId}, ${newId()}, ${objectId}, ${ownerId}, ${JSON.stringify(definition)}) returning ${columns}`,
  ])
  return rows![0]!
}

export async function updateView(tx: Transaction, tenantId: string, view: ViewRow): Promise<void> {
  await tx.batch([
    authorNamed(tx),
    sql`update views set owner_id = ${view.owner_id}, definition = ${JSON.stringify(view.definition)}, updated_at = now()
      where tenant_id = ${tenantId} and id = ${view.id}`,
  ])
}

export async function deleteView(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.batch([authorNamed(tx), sql`delete from views where tenant_id = ${tenantId} and id = ${id}`])
}
