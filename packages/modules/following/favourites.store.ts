/** The SQL of favourites. */
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { ViewRow } from '@oneforge/kernel/metadata'

export interface Whose {
  tenantId: string
  userId: string
}

/** What is to be at hand: exactly one of the three. */
export interface Target {
  recordId?: string
  viewId?: string
  page?: string
  label?: string
}

export interface FavouriteRow extends Row {
  id: string
  record_id: string | null
  view_id: string | null
  page: string | null
  label: string | null
  /** Of the record or the view. */
  object_id: string | null
  view: Pick<ViewRow, 'key' | 'owner_id' | 'definition'> | null
}

export type FoundView = ViewRow & Row

/** In the order that the person gave them. */
export const listFavourites = (tx: Transaction, { tenantId, userId }: Whose): Promise<FavouriteRow[]> =>
  tx.query<FavouriteRow>(sql<FavouriteRow>`
    select f.id, f.record_id, f.view_id, f.page, f.label, coalesce(r.object_id, v.object_id) as object_id,
      case when v.id is not null then jsonb_build_object('key', v.key, 'owner_id', v.owner_id, 'definition', v.definition) end as view
    from favourites f
      left join records r on r.tenant_id = f.tenant_id and r.id = f.record_id
      left join views v on v.tenant_id = f.tenant_id and v.id = f.view_id
    where f.tenant_id = ${tenantId} and f.user_id = ${userId} order by f.position, f.id`)

export async function findViewOf(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  id: string,
): Promise<FoundView | undefined> {
  const [row] = await tx.query<FoundView>(sql<FoundView>`select id, key, owner_id, definition from views
    where tenant_id = ${tenantId} and object_id = ${objectId} and id = ${id}`)
  return row
}

/**
 * Adds it behind the others, unless it is there already; of several at once each has its turn.
 *
 * @returns how many the person has then.
 */
export async function addFavourite(tx: Transaction, whose: Whose, target: Target): Promise<number> {
  const { tenantId, userId } = whose
  const { recordId = null, viewId = null, page = null, label = null } = target
  const [, , counted] = await tx.batch<{ count: number }>([
    sql`select 1 as count from memberships where tenant_id = ${tenantId} and user_id = ${userId} for update`,
    sql`insert into favourites (tenant_id, id, user_id, record_id, view_id, page, label, position)
      select ${tenantId}, ${newId()}, ${userId}, ${recordId}::uuid, ${viewId}::uuid, ${page}::text, ${label}::text,
        coalesce(max(position) + 1, 0)
      from favourites where tenant_id = ${tenantId} and user_id = ${userId}
      on conflict (tenant_id, user_id, record_id, view_id, page) do nothing`,
    sql`select count(*)::int as count from favourites where tenant_id = ${tenantId} and user_id = ${userId}`,
  ])
  return counted![0]!.count
}

/** Ids of others, or that are not there any more, are passed over. */
export async function removeFavourites(tx: Transaction, { tenantId, userId }: Whose, ids: string[]): Promise<void> {
  await tx.query(sql`delete from favourites
    where tenant_id = ${tenantId} and user_id = ${userId} and id = any(${ids}::uuid[])`)
}

/** Those that are named come first, in this order; the others keep theirs behind them. */
export async function orderFavourites(tx: Transaction, { tenantId, userId }: Whose, ids: string[]): Promise<void> {
  await tx.batch([
    sql`select 1 from memberships where tenant_id = ${tenantId} and user_id = ${userId} for update`,
    sql`update favourites f set position = wanted.place
      from (
        select id, row_number() over (order by array_position(${ids}::uuid[], id) nulls last, position, id)::int - 1 as place
        from favourites where tenant_id = ${tenantId} and user_id = ${userId}
      ) wanted
      where f.tenant_id = ${tenantId} and f.id = wanted.id and f.position <> wanted.place`,
  ])
}
