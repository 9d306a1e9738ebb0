import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { authorNamed, type ViewDefinition, type ViewRow } from '@oneforge/kernel/metadata'

export type StoredView = ViewRow &
  Row & {
    /** The version of the metadata that last changed it; 0 for one's own, which are in no version. */
    version: number
    /** Whether the one who asks has it in the navigation. */
    pinned: boolean
  }
export type PinnedView = StoredView & { object_id: string }

const columns = (userId: string | null) => sql`id, key, owner_id, definition,
  (select coalesce(max(c.number), 0) from metadata_changes c where c.tenant_id = views.tenant_id and c.kind = 'view'
    and c.entity_id = views.id and c.before is distinct from c.after) as version,
  exists (select from view_pins p where p.tenant_id = views.tenant_id and p.user_id = ${userId}::uuid
    and p.view_id = views.id) as pinned`

/** Shared ones first, then the caller's own; each in the order that they were given. */
export const listViews = (
  tx: Transaction,
  tenantId: string,
  objectId: string,
  userId: string | null,
): Promise<StoredView[]> =>
  tx.query<StoredView>(sql`select ${columns(userId)} from views where tenant_id = ${tenantId} and object_id = ${objectId}
    and (owner_id is null or owner_id = ${userId}) order by owner_id is not null, position, key is null, created_at, id`)

/** Those that the person has put into the navigation, of all objects. */
export const listPinnedViews = (tx: Transaction, tenantId: string, userId: string): Promise<PinnedView[]> =>
  tx.query<PinnedView>(sql`select ${columns(userId)}, object_id from views
    join view_pins pin on pin.tenant_id = views.tenant_id and pin.view_id = views.id and pin.user_id = ${userId}
    where views.tenant_id = ${tenantId} and (owner_id is null or owner_id = ${userId}) order by pin.pinned_at, id`)

/** Locked until the transaction ends. */
export async function findView(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  id: string,
  userId: string | null,
): Promise<StoredView | undefined> {
  const rows = await tx.query<StoredView>(
    sql`select ${columns(userId)} from views where tenant_id = ${tenantId} and object_id = ${objectId} and id = ${id}
      for update`,
  )
  return rows[0]
}

/** Adds a view behind the others. */
export async function insertView(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  ownerId: string | null,
  definition: ViewDefinition,
): Promise<string> {
  const id = newId()
  // Which version it came in with is known only after the statement that adds it.
  await tx.batch([
    authorNamed(tx),
    sql`insert into views (tenant_id, id, object_id, owner_id, definition, position)
      select ${tenantId}, ${id}, ${objectId}, ${ownerId}, ${JSON.stringify(definition)}, coalesce(max(position) + 1, 0)
      from views where tenant_id = ${tenantId} and object_id = ${objectId}`,
  ])
  return id
}

export async function updateView(tx: Transaction, tenantId: string, view: ViewRow): Promise<void> {
  await tx.batch([
    authorNamed(tx),
    sql`update views set owner_id = ${view.owner_id}, definition = ${JSON.stringify(view.definition)}, updated_at = now()
      where tenant_id = ${tenantId} and id = ${view.id}`,
  ])
}

/** Takes the roles from the other views of the object that open first for them. */
export async function yieldDefault(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  view: { id: string; roles: string[] },
): Promise<void> {
  await tx.batch([
    authorNamed(tx),
    sql`update views set definition = jsonb_set(definition, '{defaultFor}',
        coalesce((select jsonb_agg(role) from jsonb_array_elements_text(definition -> 'defaultFor') role
          where role <> all (${view.roles}::text[])), '[]'))
      where tenant_id = ${tenantId} and object_id = ${objectId} and id <> ${view.id} and owner_id is null
        and definition -> 'defaultFor' ?| ${view.roles}::text[]`,
  ])
}

/** Puts the views into the order of their ids. */
export async function orderViews(tx: Transaction, tenantId: string, ids: string[]): Promise<void> {
  await tx.batch([
    authorNamed(tx),
    sql`update views set position = wanted.position - 1
      from unnest(${ids}::uuid[]) with ordinality as wanted (id, position)
      where views.tenant_id = ${tenantId} and views.id = wanted.id and views.position <> wanted.position - 1`,
  ])
}

export async function pinView(tx: Transaction, tenantId: string, userId: string, id: string): Promise<void> {
  await tx.query(sql`insert into view_pins (tenant_id, user_id, view_id) values (${tenantId}, ${userId}, ${id})
    on conflict do nothing`)
}

export async function unpinView(tx: Transaction, tenantId: string, userId: string, id: string): Promise<void> {
  await tx.query(sql`delete from view_pins where tenant_id = ${tenantId} and user_id = ${userId} and view_id = ${id}`)
}

export async function deleteView(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.batch([authorNamed(tx), sql`delete from views where tenant_id = ${tenantId} and id = ${id}`])
}
