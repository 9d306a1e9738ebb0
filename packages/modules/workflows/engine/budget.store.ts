/** The SQL of what the workflows of a tenant have done in an hour. */
import { type Query, type Row, sql, type Transaction } from '@oneforge/kernel/database'

export type UsageRow = { steps: number } & Row

export const usageOf = (tenantId: string, hour: Date) => sql<UsageRow>`
  select steps from workflow_usage where tenant_id = ${tenantId} and hour = ${hour}`

export const addUsage = (tenantId: string, hour: Date, steps: number): Query => sql`
  insert into workflow_usage as u (tenant_id, hour, steps) values (${tenantId}, ${hour}, ${steps})
  on conflict (tenant_id, hour) do update set steps = u.steps + excluded.steps`

/** Runs put off by one statement. */
const putOffTogether = 5_000

/** What is due waits until that moment. */
export const putOff = (tenantId: string, now: Date, until: Date): Query => sql`
  update workflow_runs r set wake_at = ${until} from (
    select id from workflow_runs where tenant_id = ${tenantId} and wake_at <= ${now}
    order by wake_at, number limit ${putOffTogether} for update skip locked) due
  where r.tenant_id = ${tenantId} and r.id = due.id`

/** Whether the administrators are to be told now: the first to ask in an hour tells them. */
export async function tellOfHour(tx: Transaction, hour: Date): Promise<boolean> {
  const rows = await tx.query(sql`update workflow_usage set told_at = now()
    where tenant_id = ${tx.tenantId} and hour = ${hour} and told_at is null returning hour`)
  return rows.length > 0
}
