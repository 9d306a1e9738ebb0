/** The SQL of addresses that are written to no more. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export const suppressionScopes = ['all', 'marketing'] as const
export const suppressionReasons = ['bounced', 'unsubscribed', 'by_hand'] as const

export interface Suppression extends Row {
  /** In lower case. */
  address: string
  /** All mail, or only what receivers may end. */
  scope: (typeof suppressionScopes)[number]
  reason: (typeof suppressionReasons)[number]
  /** What the receiving side said, or whoever wrote it down. */
  detail: string | null
  createdAt: string
}

const columns = sql`address, scope, reason, detail, created_at as "createdAt"`

/** What stands against writing to the address; undefined where nothing does. */
export async function findSuppression(
  tx: Transaction,
  tenantId: string,
  address: string,
  marketing: boolean,
): Promise<Suppression | undefined> {
  const scopes = marketing ? ['all', 'marketing'] : ['all']
  const [row] = await tx.query<Suppression>(
    sql<Suppression>`select ${columns} from mail_suppressions
      where tenant_id = ${tenantId} and address = lower(${address}) and scope = any(${scopes}) order by scope limit 1`,
  )
  return row
}

/** Writes the address down; what is said of it already stays. */
export async function suppress(tx: Transaction, tenantId: string, one: Omit<Suppression, 'createdAt'>): Promise<void> {
  await tx.query(
    sql`insert into mail_suppressions (tenant_id, address, scope, reason, detail)
        values (${tenantId}, lower(${one.address}), ${one.scope}, ${one.reason}, ${one.detail})
        on conflict (tenant_id, address, scope) do nothing`,
  )
}

/** Whether there was one to take away. */
export async function liftSuppression(
  tx: Transaction,
  tenantId: string,
  { address, scope }: Pick<Suppression, 'address' | 'scope'>,
): Promise<boolean> {
  const rows = await tx.query(
    sql`delete from mail_suppressions
        where tenant_id = ${tenantId} and address = lower(${address}) and scope = ${scope} returning address`,
  )
  return rows.length === 1
}

/** A page of them, the latest first, and how many there are. */
export async function listSuppressions(
  tx: Transaction,
  tenantId: string,
  { search, limit, offset }: { search: string; limit: number; offset: number },
): Promise<{ rows: Suppression[]; total: number }> {
  const wanted = sql`tenant_id = ${tenantId} and strpos(address, lower(${search})) > 0`
  const [rows, counted] = await tx.batch([
    sql`select ${columns} from mail_suppressions where ${wanted}
        order by created_at desc, address limit ${limit} offset ${offset}`,
    sql`select count(*) as total from mail_suppressions where ${wanted}`,
  ])
  return { rows: rows as Suppression[], total: (counted as { total: number }[])[0]!.total }
}
