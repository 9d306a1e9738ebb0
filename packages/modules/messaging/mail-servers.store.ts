/** The SQL of workspaces' own mail servers, and of how fast each workspace sends. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { MailServer } from './mail-servers.port.ts'

export interface MailServerRow extends Row, Omit<MailServer, 'password'> {
  sealedPassword: string | null
  perMinute: number
  perDay: number
  checkedAt: string | null
}

const columns = sql`host, port, security, username, sealed_password as "sealedPassword", from_name as "fromName",
  from_address as "fromAddress", per_minute as "perMinute", per_day as "perDay", checked_at as "checkedAt"`

export async function findServer(tx: Transaction, tenantId: string): Promise<MailServerRow | undefined> {
  const [row] = await tx.query<MailServerRow>(serverOf(tenantId))
  return row
}

/** The same without a transaction, for whoever has mail for it. */
export async function readServer(database: Database, tenantId: string): Promise<MailServerRow | undefined> {
  const [row] = await database.run<MailServerRow>({ tenantId }, serverOf(tenantId))
  return row
}

const serverOf = (tenantId: string) =>
  sql<MailServerRow>`select ${columns} from mail_servers where tenant_id = ${tenantId}`

/** Puts the server in the place of the one before. It was not reached yet, and nothing is held against it. */
export async function putServer(
  tx: Transaction,
  tenantId: string,
  server: Omit<MailServerRow, 'checkedAt'>,
): Promise<void> {
  const { host, port, security, username, sealedPassword, fromName, fromAddress, perMinute, perDay } = server
  await tx.batch([
    sql`insert into mail_servers (tenant_id, host, port, security, username, sealed_password, from_name, from_address,
          per_minute, per_day)
        values (${tenantId}, ${host}, ${port}, ${security}, ${username}, ${sealedPassword}, ${fromName}, ${fromAddress},
          ${perMinute}, ${perDay})
        on conflict (tenant_id) do update set (host, port, security, username, sealed_password, from_name, from_address,
          per_minute, per_day, checked_at, updated_at) = (excluded.host, excluded.port, excluded.security,
          excluded.username, excluded.sealed_password, excluded.from_name, excluded.from_address, excluded.per_minute,
          excluded.per_day, null, now())`,
    freshPace(tenantId),
  ])
}

export async function removeServer(tx: Transaction, tenantId: string): Promise<void> {
  await tx.batch([sql`delete from mail_servers where tenant_id = ${tenantId}`, freshPace(tenantId)])
}

/** What was counted by the pace of the server before says nothing of the next. */
const freshPace = (tenantId: string) => sql`update mail_paces set failures = 0, held_until = null,
    next_by_minute = now(), next_by_day = now() where tenant_id = ${tenantId}`

/** Notes that the server was reached; returns whether messages had been held back because it was not. */
export async function noteReached(tx: Transaction, tenantId: string): Promise<boolean> {
  const released =
    await tx.query(sql`with reached as (update mail_servers set checked_at = now() where tenant_id = ${tenantId})
    update mail_paces set failures = 0, held_until = null where tenant_id = ${tenantId} and failures > 0 returning tenant_id`)
  return released.length > 0
}
