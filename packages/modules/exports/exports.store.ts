/** What exports read beside the records, and which of their files are still kept. */
import { sql, type Transaction } from '@oneforge/kernel/database'

/** Names of all who are or were members, by id. */
export async function readPeople(tx: Transaction, tenantId: string): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(sql<{ id: string; name: string }>`select u.id, u.name
    from memberships m join users u on u.id = m.user_id where m.tenant_id = ${tenantId}`)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Takes the files of exports that ended more than a day ago from their jobs; gives those jobs' ids. */
export async function expireExports(tx: Transaction, tenantId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql<{ id: string }>`update jobs set result = result - 'downloadUrl'
    where tenant_id = ${tenantId} and id in (
      select id from jobs where tenant_id = ${tenantId} and type = 'export' and status = 'completed'
        and finished_at < now() - interval '1 day' and result ->> 'downloadUrl' is not null limit 50)
    returning id`)
  return rows.map((row) => row.id)
}
