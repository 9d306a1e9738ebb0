/** Addresses that mail is forwarded to, and which mail has come. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { newMailboxName } from './mailbox-name.ts'

/** What stands before the @ of the member's address, if they have one. */
export async function findName(tx: Transaction, tenantId: string, userId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ name: string } & Row>(
    sql`select name from mail_addresses where tenant_id = ${tenantId} and user_id = ${userId}`,
  )
  return row?.name
}

/** Gives the member an address; the one before ends. */
export async function renewName(tx: Transaction, tenantId: string, userId: string): Promise<string> {
  const name = newMailboxName()
  await tx.query(sql`insert into mail_addresses (tenant_id, user_id, name) values (${tenantId}, ${userId}, ${name})
    on conflict (tenant_id, user_id) do update set name = excluded.name, created_at = now()`)
  return name
}

/** Gives it up. */
export async function removeName(tx: Transaction, tenantId: string, userId: string): Promise<void> {
  await tx.query(sql`delete from mail_addresses where tenant_id = ${tenantId} and user_id = ${userId}`)
}

export interface Addressee {
  tenantId: string
  userId: string
}

/** Whose mail it becomes; nobody's, where a workflow, or who has left since, has written what it answers. */
export interface Owner {
  tenantId: string
  userId: string | null
}

/** Whose address this is, in whichever workspace. The one look-up that needs no binding. */
export async function findAddressee(database: Database, name: string): Promise<Addressee | undefined> {
  const [found] = await database.run<Addressee & Row>(
    {},
    sql`select tenant_id as "tenantId", user_id as "userId" from find_mail_address(${name})`,
  )
  return found
}

/** False of who has left. */
export async function isMember(database: Database, { tenantId, userId }: Addressee): Promise<boolean> {
  const rows = await database.run(
    { tenantId },
    sql`select 1 as one from memberships where tenant_id = ${tenantId} and user_id = ${userId} and status = 'active'`,
  )
  return rows.length === 1
}

/** Notes that the message has come; false where it had before. */
export async function noteReceived(tx: Transaction, { tenantId, userId }: Owner, digest: Buffer): Promise<boolean> {
  const rows = await tx.query(sql`insert into received_mail (tenant_id, user_id, digest)
    values (${tenantId}, ${userId}, ${digest}) on conflict do nothing returning 1 as one`)
  return rows.length === 1
}

/** Addresses of the workspace's own people, in lower case. */
export async function peopleOf(tx: Transaction, tenantId: string): Promise<Set<string>> {
  const rows = await tx.query<{ email: string } & Row>(sql`select lower(u.email) as email from memberships m
    join users u on u.id = m.user_id where m.tenant_id = ${tenantId} and m.status = 'active'`)
  return new Set(rows.map(({ email }) => email))
}

/** Which objects records are of; what is not there is left out. */
export const objectsOfRecords = (
  tx: Transaction,
  ids: string[],
): Promise<(Row & { id: string; object_id: string })[]> =>
  tx.query(sql<Row & { id: string; object_id: string }>`select id, object_id from records
    where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) and deleted_at is null order by id`)

/** Whose the records are, in their order; nobody for what is nobody's or is gone. */
export async function ownersOf(tx: Transaction, tenantId: string, recordIds: string[]): Promise<string[]> {
  const rows = await tx.query<{ owner_id: string } & Row>(
    sql`select owner_id from records where tenant_id = ${tenantId} and id = any(${recordIds}::uuid[])
      and owner_id is not null and deleted_at is null order by array_position(${recordIds}::uuid[], id)`,
  )
  return rows.map(({ owner_id }) => owner_id)
}
