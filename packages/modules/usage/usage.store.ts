import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'

/** Requests that were counted in memory and not stored yet. */
export interface Counted {
  requests: number
  refused: number
}

export interface Lease {
  /** The database's. */
  minute: string
  /** All that was handed out this minute, this slice included. */
  leased: number
  /** Until the minute ends. */
  millisecondsLeft: number
}

/** Losing the last moments in a crash of the database would do no harm: nobody waits for the disk. */
const withoutWaiting = sql`select set_config('synchronous_commit', 'off', true)`

/** Takes a slice of the minute's allowance, and adds what was counted since to the day. One round trip. */
export async function takeLease(database: Database, tenantId: string, size: number, counted: Counted): Promise<Lease> {
  const [, , leases] = await database.transaction({ tenantId }, (tx) =>
    tx.finalBatch([
      withoutWaiting,
      addedToDay(tenantId, counted),
      sql`insert into request_budgets as b (tenant_id, minute, leased)
          values (${tenantId}, date_trunc('minute', clock_timestamp()), ${size})
          on conflict (tenant_id) do update set minute = greatest(b.minute, excluded.minute),
            leased = case when b.minute >= excluded.minute then b.leased + excluded.leased else excluded.leased end
          returning minute, leased, (extract(epoch from minute + interval '1 minute' - clock_timestamp()) * 1000)::int as "millisecondsLeft"`,
    ]),
  )
  return leases![0] as unknown as Lease
}

export async function storeCounts(database: Database, tenantId: string, counted: Counted): Promise<void> {
  await database.transaction({ tenantId }, (tx) => tx.finalBatch([withoutWaiting, addedToDay(tenantId, counted)]))
}

const addedToDay = (tenantId: string, { requests, refused }: Counted) =>
  sql`insert into request_days as d (tenant_id, day, requests, refused)
      select ${tenantId}, (now() at time zone 'UTC')::date, ${requests}, ${refused}
      where ${requests}::bigint + ${refused}::bigint > 0
      on conflict (tenant_id, day) do update set requests = d.requests + excluded.requests, refused = d.refused + excluded.refused`

export interface Used {
  leased: number
  secondsLeft: number
  days: { date: string; requests: number; refused: number }[]
  objects: { id: string; count: number }[]
  storageBytes: number
  members: number
}

/** Days go back this far, today included. */
const shownDays = 30

export async function readUsage(tx: Transaction, tenantId: string): Promise<Used> {
  const [minutes, days, objects, files, members] = (await tx.batch<Row>([
    sql`select coalesce((select leased from request_budgets
            where tenant_id = ${tenantId} and minute = date_trunc('minute', clock_timestamp())), 0)::bigint as leased,
          ceil(60 - extract(second from clock_timestamp()))::int as left`,
    sql`select d.day::date::text as date, coalesce(r.requests, 0)::bigint as requests, coalesce(r.refused, 0)::bigint as refused
        from generate_series((now() at time zone 'UTC')::date - ${shownDays - 1}::int, (now() at time zone 'UTC')::date, '1 day') d(day)
        left join request_days r on r.tenant_id = ${tenantId} and r.day = d.day::date order by d.day`,
    sql`select object_id as id, live as count from record_counters where tenant_id = ${tenantId}`,
    sql`select coalesce(sum(size), 0)::bigint as size from uploads where tenant_id = ${tenantId} and storage_key is not null`,
    sql`select count(*) as count from memberships m join users u on u.id = m.user_id
        where m.tenant_id = ${tenantId} and m.status = 'active' and u.kind = 'person'`,
  ])) as [Row[], Used['days'], Used['objects'], Row[], Row[]]
  return {
    leased: minutes[0]!.leased as number,
    secondsLeft: minutes[0]!.left as number,
    days,
    objects,
    storageBytes: files[0]!.size as number,
    members: members[0]!.count as number,
  }
}
