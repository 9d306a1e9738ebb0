/** The SQL of the first day: what its person has seen and done, and whether they are through with it. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface Whose {
  tenantId: string
  userId: string
}

/** Something that the person has done, as the log has it. */
export interface Deed extends Row {
  operation: string
  object: string | null
}

interface FirstDayRow extends Row {
  over: boolean
  seen: string[]
}

/** So long after they joined it is over, unless they said otherwise. */
const lasts = sql`interval '30 days'`
/** How far back their deeds are looked through. */
const deedsRead = 5000

export const isOver = sql<{ over: boolean }>`coalesce(m.first_day_over, m.created_at < now() - ${lasts})`

/** @returns undefined for who is no member. */
export async function readFirstDay(
  tx: Transaction,
  { tenantId, userId }: Whose,
  operations: string[],
): Promise<{ over: boolean; seen: string[]; deeds: Deed[] } | undefined> {
  const [rows, deeds] = (await tx.batch([
    sql`select ${isOver} as over, m.first_day_seen as seen from memberships m
      where m.tenant_id = ${tenantId} and m.user_id = ${userId}`,
    sql`select distinct operation, object from (
        select operation, object, outcome from operation_log
        where tenant_id = ${tenantId} and actor_id = ${userId} and kind = 'command'
        order by at desc, id desc limit ${deedsRead}) latest
      where outcome = 'done' and operation = any(${operations})`,
  ])) as [FirstDayRow[], Deed[]]
  return rows[0] && { ...rows[0], deeds }
}

export async function changeFirstDay(
  tx: Transaction,
  { tenantId, userId }: Whose,
  { seen = [], over = null }: { seen?: string[]; over?: boolean | null },
): Promise<void> {
  await tx.query(sql`update memberships set first_day_over = coalesce(${over}::boolean, first_day_over),
      first_day_seen = array(select distinct step from unnest(first_day_seen || ${seen}::text[]) as step order by step)
    where tenant_id = ${tenantId} and user_id = ${userId}`)
}
