import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { placesTaken } from '@oneforge/kernel/tenancy'

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
          on conflict (tenant_id) ${addedToMinute}`,
    ]),
  )
  return leases![0] as unknown as Lease
}

/** The same of a key's allowance. */
export async function takeKeyLease(
  database: Database,
  { tenantId, keyId }: { tenantId: string; keyId: string },
  size: number,
): Promise<Lease> {
  const [, leases] = await database.transaction({ tenantId }, (tx) =>
    tx.finalBatch([
      withoutWaiting,
      sql`insert into key_budgets as b (tenant_id, key_id, minute, leased)
          values (${tenantId}, ${keyId}, date_trunc('minute', clock_timestamp()), ${size})
          on conflict (tenant_id, key_id) ${addedToMinute}`,
    ]),
  )
  return leases![0] as unknown as Lease
}

const addedToMinute = sql`do update set minute = greatest(b.minute, excluded.minute),
  leased = case when b.minute >= excluded.minute then b.leased + excluded.leased else excluded.leased end
  returning minute, leased, (extract(epoch from minute + interval '1 minute' - clock_timestamp()) * 1000)::int as "millisecondsLeft"`

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
  /** People who are members, and open invitations. */
  active: number
  invited: number
}

/** Days go back this far, today included. */
const shownDays = 30

export async function readUsage(tx: Transaction, tenantId: string, now: Date): Promise<Used> {
  const [minutes, days, objects, files, people] = (await tx.batch<Row>([
    sql`select coalesce((select leased from request_budgets
            where tenant_id = ${tenantId} and minute = date_trunc('minute', clock_timestamp())), 0)::bigint as leased,
          ceil(60 - extract(second from clock_timestamp()))::int as left`,
    sql`select d.day::date::text as date, coalesce(r.requests, 0)::bigint as requests, coalesce(r.refused, 0)::bigint as refused
        from generate_series((now() at time zone 'UTC')::date - ${shownDays - 1}::int, (now() at time zone 'UTC')::date, '1 day') d(day)
        left join request_days r on r.tenant_id = ${tenantId} and r.day = d.day::date order by d.day`,
    sql`select object_id as id, live as count from record_counters where tenant_id = ${tenantId}`,
    storedBytes(tenantId),
    placesTaken(tenantId, now),
  ])) as [Row[], Used['days'], Used['objects'], Row[], Row[]]
  return {
    leased: minutes[0]!.leased as number,
    secondsLeft: minutes[0]!.left as number,
    days,
    objects,
    storageBytes: files[0]!.bytes as number,
    active: people[0]!.active as number,
    invited: people[0]!.invited as number,
  }
}

const storedBytes = (tenantId: string) =>
  sql`select coalesce((select bytes from storage_counters where tenant_id = ${tenantId}), 0)::bigint as bytes`

/** What plans bound, as numbers. */
export interface Totals {
  records: number
  members: number
  storage: number
}

export async function readTotals(tx: Transaction, tenantId: string, now: Date): Promise<Totals> {
  const [records, files, people] = (await tx.batch<Row>([
    sql`select coalesce(sum(live), 0)::bigint as live from record_counters where tenant_id = ${tenantId}`,
    storedBytes(tenantId),
    placesTaken(tenantId, now),
  ])) as [Row[], Row[], Row[]]
  const { active, invited } = people[0] as { active: number; invited: number }
  return {
    records: records[0]!.live as number,
    storage: files[0]!.bytes as number,
    members: active + invited,
  }
}

export interface TrialRow extends Row {
  name: string
  plan: string
  endsAt: string
  timeZone: string
  domain: string | null
}

export interface OwnerRow extends Row {
  email: string
  name: string
  locale: string
}

/** Tenants whose trial ends within so many days and whose owners do not know yet. */
export async function trialsToTell(database: Database, days: number): Promise<string[]> {
  const rows = await database.run<{ id: string }>(
    {},
    sql`select tenant_id as id from trials_to_tell(make_interval(days => ${days}))`,
  )
  return rows.map(({ id }) => id)
}

/** Notes that the owners of the transaction's tenant are told now; undefined when somebody else has done so. */
export async function claimTrialNotice(
  tx: Transaction,
  days: number,
): Promise<{ trial: TrialRow; owners: OwnerRow[] } | undefined> {
  const [trials, owners] = (await tx.batch<Row>([
    sql`update tenants set trial_told_at = now()
        where id = ${tx.tenantId} and suspended_at is null and trial_told_at is null and trial_ends_at > now()
          and trial_ends_at <= now() + make_interval(days => ${days})
        returning name, plan, trial_ends_at as "endsAt", time_zone as "timeZone",
          case when domain_verified_at is not null then domain end as domain`,
    sql`select distinct u.email, u.name, coalesce(u.locale, t.locale) as locale
        from memberships m
        join tenants t on t.id = m.tenant_id
        join users u on u.id = m.user_id and u.kind = 'person'
        join membership_roles mr on mr.tenant_id = m.tenant_id and mr.user_id = m.user_id
        join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id and r.key = 'owner'
        where m.tenant_id = ${tx.tenantId} and m.status = 'active' order by u.email`,
  ])) as [TrialRow[], OwnerRow[]]
  return trials[0] && { trial: trials[0], owners }
}
