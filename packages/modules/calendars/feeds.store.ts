/** Addresses that members subscribe to their calendar by, and what a workspace lets these show. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'

/** Whose calendar it is. */
export interface FeedOwner {
  tenantId: string
  userId: string
}

export interface FeedRow extends Row {
  since: string
  fetchedAt: string | null
  tasks: boolean
}

export async function findOwnFeed(tx: Transaction, { tenantId, userId }: FeedOwner): Promise<FeedRow | undefined> {
  const [row] = await tx.query<FeedRow>(sql<FeedRow>`select created_at as since, fetched_at as "fetchedAt",
      with_tasks as tasks
    from calendar_feeds where tenant_id = ${tenantId} and user_id = ${userId}`)
  return row
}

/** Makes the address, or another in its place: what was known of the one before is forgotten, but not what it shows. */
export async function renewFeed(tx: Transaction, { tenantId, userId }: FeedOwner, tokenHash: Buffer): Promise<void> {
  await tx.query(sql`insert into calendar_feeds (tenant_id, user_id, token_hash)
    values (${tenantId}, ${userId}, ${tokenHash})
    on conflict (tenant_id, user_id) do update
      set token_hash = excluded.token_hash, created_at = now(), fetched_at = null, fetches = 0, counted_since = now()`)
}

/** False where there is none. */
export async function changeFeed(
  tx: Transaction,
  { tenantId, userId }: FeedOwner,
  { tasks }: { tasks: boolean },
): Promise<boolean> {
  const rows = await tx.query(sql`update calendar_feeds set with_tasks = ${tasks}
    where tenant_id = ${tenantId} and user_id = ${userId} returning 1 as one`)
  return rows.length === 1
}

export async function removeFeed(tx: Transaction, { tenantId, userId }: FeedOwner): Promise<void> {
  await tx.query(sql`delete from calendar_feeds where tenant_id = ${tenantId} and user_id = ${userId}`)
}

/** Whose calendar the secret is of, in whichever workspace. The one look-up that needs no binding. */
export async function findFeed(database: Database, tokenHash: Buffer): Promise<FeedOwner | undefined> {
  const [found] = await database.run<FeedOwner & Row>(
    {},
    sql<FeedOwner & Row>`select tenant_id as "tenantId", user_id as "userId" from find_calendar_feed(${tokenHash})`,
  )
  return found
}

export interface CountedFetch extends Row {
  /** Within the hour that began with `countedSince`, this one included. */
  fetches: number
  countedSince: string
  tasks: boolean
  /** Of the member. */
  email: string
  /** Null: as the workspace. */
  locale: string | null
}

/** Counts a fetch; undefined where the feed has ended meanwhile. */
export async function countFetch(
  tx: Transaction,
  { tenantId, userId }: FeedOwner,
  now: Date,
): Promise<CountedFetch | undefined> {
  const isOver = sql`f.counted_since <= ${now}::timestamptz - interval '1 hour'`
  const [row] = await tx.query<CountedFetch>(sql<CountedFetch>`update calendar_feeds f
    set fetched_at = ${now}, fetches = case when ${isOver} then 1 else f.fetches + 1 end,
      counted_since = case when ${isOver} then ${now}::timestamptz else f.counted_since end
    from users u where u.id = f.user_id and f.tenant_id = ${tenantId} and f.user_id = ${userId}
    returning f.fetches, f.counted_since as "countedSince", f.with_tasks as tasks, u.email, u.locale`)
  return row
}

/** Notes what is given; tells since when it has been that. */
export async function noteContent(
  tx: Transaction,
  { tenantId, userId }: FeedOwner,
  { digest, now }: { digest: Buffer; now: Date },
): Promise<Date> {
  const [row] = await tx.query<{ since: string } & Row>(sql<{ since: string } & Row>`update calendar_feeds
    set content_since = case when content_digest = ${digest} then content_since else ${now}::timestamptz end,
      content_digest = ${digest}
    where tenant_id = ${tenantId} and user_id = ${userId} returning content_since as since`)
  return row ? new Date(row.since) : now
}

export interface CalendarSettings extends Row {
  /** Whether calendars show titles and people of records with protected health information. */
  names: boolean
  /** The workspace's own, where it has proved that it is its. */
  domain: string | null
}

export async function readSettings(tx: Transaction): Promise<CalendarSettings> {
  const [row] = await tx.query<CalendarSettings>(sql<CalendarSettings>`
    select coalesce((settings -> 'calendars' ->> 'names')::boolean, false) as names,
      case when domain_verified_at is not null then domain end as domain
    from tenants where id = current_tenant()`)
  return row!
}

export async function writeNames(tx: Transaction, names: boolean): Promise<void> {
  await tx.query(sql`update tenants set settings = jsonb_set(settings, '{calendars}', ${JSON.stringify({ names })}::jsonb)
    where id = current_tenant()`)
}
