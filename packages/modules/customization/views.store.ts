import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { authorNamed, type ViewDefinition, type ViewRow } from '@oneforge/kernel/metadata'

export type StoredView = ViewRow &
  Row & {
    /** The version of the metadata that last changed it; 0 for one's own, which are in no version. */
    version: number
  }
const columns = sql`id, key, owner_id, definition,
  (select coalesce(max(c.number), 0) from metadata_changes c where c.tenant_id = views.tenant_id and c.kind = 'view'
    and c.entity_id = views.id and c.before is distinct from c.after) as version`

/** The template's first, then shared ones, then the caller's own. */
export const listViews = (tx: Transaction, tenantId: string, objectId: string, userId: string): Promise<StoredView[]> =>
  tx.query<StoredView>(sql`select ${columns} from views where tenant_id = ${tenantId} and object_id = ${objectId}
    and (owner_id is null or owner_id = ${userId}) order by owner_id is not null, key is null, position, created_at`)

export async function findView(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  id: string,
): Promise<StoredView | undefined> {
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
): Promise<StoredView> {
  const id = newId()
  // Which version it came in with is known only after the statement that adds it.
  const [, , rows] = await tx.batch<StoredView>([
    authorNamed(tx),
    sql`insert into views (tenant_id, id, object_id, owner_id, definition)
      values (${tenantId}, ${id}, ${objectId}, ${ownerId}, ${JSON.stringify(definition)})`,
    sql`select ${columns} from views where tenant_id = ${tenantId} and id = ${id}`,
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
