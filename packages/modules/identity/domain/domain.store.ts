/** The SQL of workspaces' own domains. Transactions are bound to the tenant. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'

export interface DomainRow {
  domain: string | null
  token: string | null
  verifiedAt: string | null
}

export async function readDomain(tx: Transaction): Promise<DomainRow> {
  const [row] = await tx.query<DomainRow>(sql<DomainRow>`
    select domain, domain_token as token, domain_verified_at as "verifiedAt" from tenants where id = current_tenant()`)
  return row!
}

/** Notes the domain as the workspace's own once it is verified; null for none. */
export async function writeDomain(tx: Transaction, domain: string | null, token: string | null): Promise<void> {
  await tx.query(sql`
    update tenants set domain = ${domain}, domain_token = ${token}, domain_verified_at = null where id = current_tenant()`)
}

/**
 * Takes the domain as verified, unless it is another or has another token by now; says whether it did.
 *
 * @throws what PostgreSQL raises where another workspace has verified it; see `isTaken`.
 */
export async function markDomainVerified(
  tx: Transaction,
  { domain, token }: Pick<DomainRow, 'domain' | 'token'>,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(sql`
    update tenants set domain_verified_at = ${now}
    where id = current_tenant() and domain = ${domain} and domain_token = ${token} returning id`)
  return rows.length === 1
}

export const isTaken = (error: unknown): boolean => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && constraint === 'tenants_domain'
}

/** The workspace whose verified domain this is. The one look-up that needs no binding. */
export async function findWorkspaceAt(database: Database, domain: string): Promise<string | undefined> {
  const [row] = await database.run<{ id: string }>(
    {},
    sql<{ id: string }>`select tenant_id as id from find_domain(${domain})`,
  )
  return row?.id
}
