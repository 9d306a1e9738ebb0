/** The SQL of notifications. */
import { newId, type RawBuilder, type Row, type SqlBool, sql, type Transaction } from '@oneforge/kernel/database'
import type { NotificationKind } from './kinds.ts'

export interface Whose {
  tenantId: string
  userId: string
}

export interface NewNotification extends Whose {
  kind: NotificationKind
  /** Of the event it comes from: one event is told to a person once. */
  seq: number
  objectId: string | null
  recordId: string | null
  actorId: string | null
  fields: string[]
  about: object
}

export interface NotificationRow extends Row {
  id: string
  kind: NotificationKind
  object_id: string | null
  record_id: string | null
  actors: string[]
  /** Names of the actors, as they are now. */
  names: string[]
  fields: string[]
  about: Record<string, unknown>
  count: number
  mailed: number
  at: string
  /** The same to the microsecond. */
  place: string
  read_at: string | null
}

export interface Place {
  at: string
  id: string
}

/** Whoever did it before is not named again; the latest stands last, and so many are kept. */
const mostActors = 10

const columns = sql`n.id, n.kind, n.object_id, n.record_id, n.actors, n.fields, n.about, n.count, n.mailed,
  n.at, n.at::text as place, n.read_at,
  array(select u.name from unnest(n.actors) with ordinality a (id, place) join users u on u.id = a.id order by a.place) as names`

/**
 * Tells a person, once for each event: as one more of what is unread of the same record and kind, or anew. What one
 * transaction tells came one after the other all the same, so each has a moment of its own. Says whether anything was told.
 */
export async function insertNotification(tx: Transaction, told: NewNotification): Promise<boolean> {
  const { tenantId, userId, kind, seq, objectId, recordId, fields, about } = told
  const actors = told.actorId ? [told.actorId] : []
  const rows = await tx.query(sql`with first_time as (
      insert into notified_events (tenant_id, seq, user_id) values (${tenantId}, ${seq}, ${userId})
      on conflict do nothing returning user_id
    )
    insert into notifications as n (tenant_id, id, user_id, kind, object_id, record_id, actors, fields, about, at)
    select ${tenantId}, ${newId()}, user_id, ${kind}, ${objectId}::uuid, ${recordId}::uuid, ${actors}::uuid[], ${fields}::text[],
      ${JSON.stringify(about)}::jsonb, clock_timestamp()
    from first_time
    on conflict (tenant_id, user_id, record_id, kind) where read_at is null and record_id is not null do update set
      count = n.count + 1, at = excluded.at,
      about = case when excluded.about ? 'messages'
        then jsonb_build_object('messages', coalesce(n.about -> 'messages', '[]') || (excluded.about -> 'messages')) else excluded.about end,
      actors = (array_remove(n.actors, ${told.actorId}::uuid) || excluded.actors)[1:${mostActors}],
      fields = array(select distinct f from unnest(n.fields || excluded.fields) f order by f)
    returning n.id`)
  return rows.length > 0
}

/** The latest first, those of the kinds alone. */
export const listNotifications = (
  tx: Transaction,
  { tenantId, userId }: Whose,
  query: { kinds: NotificationKind[]; unread: boolean; after: Place | undefined; limit: number },
): Promise<NotificationRow[]> =>
  tx.query<NotificationRow>(sql<NotificationRow>`select ${columns} from notifications n
    where n.tenant_id = ${tenantId} and n.user_id = ${userId} and n.kind = any(${query.kinds}::text[])
      ${query.unread ? sql`and n.read_at is null` : sql``}
      ${query.after ? sql`and (n.at, n.id) < (${query.after.at}::timestamptz, ${query.after.id}::uuid)` : sql``}
    order by n.at desc, n.id desc limit ${query.limit}`)

/** Unread ones that no mail has told of, or not of all; each is locked until its mail stands in the outbox. */
export const toBeMailed = (
  tx: Transaction,
  { tenantId, userId }: Whose,
  kinds: NotificationKind[],
  limit: number,
): Promise<NotificationRow[]> =>
  tx.query<NotificationRow>(sql<NotificationRow>`select ${columns} from notifications n
    where n.tenant_id = ${tenantId} and n.user_id = ${userId} and n.kind = any(${kinds}::text[])
      and n.read_at is null and n.count > n.mailed
    order by n.at desc, n.id desc limit ${limit} for update of n`)

export async function markMailed(tx: Transaction, tenantId: string, ids: string[]): Promise<void> {
  await tx.query(
    sql`update notifications set mailed = count where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`,
  )
}

/** Marks these as read; ids of others are passed over. */
export async function markRead(tx: Transaction, { tenantId, userId }: Whose, ids: string[]): Promise<void> {
  await tx.query(sql`update notifications set read_at = now()
    where tenant_id = ${tenantId} and user_id = ${userId} and read_at is null and id = any(${ids}::uuid[])`)
}

/** Marks all as read up to one of them; false where there is no such. What came meanwhile stays unread. */
export async function markReadUpTo(tx: Transaction, { tenantId, userId }: Whose, id: string): Promise<boolean> {
  const rows = await tx.query(sql`with newest as (
      select at from notifications where tenant_id = ${tenantId} and user_id = ${userId} and id = ${id}
    ), done as (
      update notifications n set read_at = now() from newest
      where n.tenant_id = ${tenantId} and n.user_id = ${userId} and n.read_at is null and n.at <= newest.at
    )
    select 1 as found from newest`)
  return rows.length > 0
}

/** One transaction at a time tells a person, or sends them a mail: what is told is in that mail or has one of its own. */
export async function holdMailOf(tx: Transaction, { tenantId, userId }: Whose): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`notifications ${tenantId} ${userId}`}, 5))`)
}

/** What has to hold for a row of `records r`: the first, where there is one, and of the others one, where there are any. */
export interface RowConditions {
  row: RawBuilder<SqlBool> | undefined
  anyOf: RawBuilder<SqlBool>[]
}

/** Of the people, by number, those whose conditions hold for the record. */
export async function whoseConditionHolds(
  tx: Transaction,
  tenantId: string,
  recordId: string,
  conditions: RowConditions[],
): Promise<Set<number>> {
  const asked = conditions.map(({ row, anyOf }, index) => {
    const any = anyOf.length > 0 ? sql.join(anyOf, sql` or `) : sql`true`
    return sql`coalesce((${row ?? sql`true`}) and (${any}), false) as ${sql.ref(`p${index}`)}`
  })
  const [row] = await tx.query<Row>(sql`select ${sql.join([sql`r.id`, ...asked])} from records r
    where r.tenant_id = ${tenantId} and r.id = ${recordId} and r.deleted_at is null`)
  return new Set(conditions.flatMap((_, index) => (row?.[`p${index}`] ? [index] : [])))
}

/** Who has each of the records that are there; null for nobody. */
export async function ownersOf(
  tx: Transaction,
  tenantId: string,
  recordIds: string[],
): Promise<Map<string, string | null>> {
  const rows = await tx.query<{ id: string; owner_id: string | null }>(sql<{ id: string; owner_id: string | null }>`
    select id, owner_id from records where tenant_id = ${tenantId} and id = any(${recordIds}::uuid[]) and deleted_at is null`)
  return new Map(rows.map(({ id, owner_id }) => [id, owner_id]))
}
