import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

type NameRow = Row & { id: string; name: string }

const byId = (rows: NameRow[]): Map<string, string> => new Map(rows.map(({ id, name }) => [id, name]))

/** Of people who share the workspace, those who have left it included. */
export const namesOfUsers = async (tx: Transaction, ids: string[]): Promise<Map<string, string>> =>
  byId(await tx.query<NameRow>(sql`select id, name from users where id = any(${ids}::uuid[])`))

export const namesOfLocations = async (
  tx: Transaction,
  tenantId: string,
  ids: string[],
): Promise<Map<string, string>> =>
  byId(
    await tx.query<NameRow>(
      sql`select id, name from locations where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`,
    ),
  )
