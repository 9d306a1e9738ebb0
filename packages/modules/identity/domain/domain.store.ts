/** The SQL of workspaces' own domains. Transactions are bound to the tenant. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'

export interface DomainRow {
  domain: string | null
  token: string | null
  verifiedAt: string | null
  /** What takes its place once it is verified. */
  nextDomain: string | null
  nextToken: string | null
}

export async function readDomain(tx: Transaction): Promise<DomainRow> {
  const [row] = await tx.query<DomainRow>(sql<DomainRow>`
    select domain, domain_token as token, domain_verified_at as "verifiedAt", next_domain as "nextDomain",
      next_domain_token as "nextToken"
    from tenants where id = current_tenant()`)
  return row!
}

/** Notes the domain as the workspace's own once it is verified; null for none. */
export async function writeDomain(tx: Transaction, domain: string | null, token: string | null): Promise<void> {
  await tx.query(sql`
    update tenants set domain = ${domain}, domain_token = ${token}, domain_verified_at = null, domain_missing_since = null,
      next_domain = null, next_domain_token = null
    where id = current_tenant()`)
}

/** Notes the domain that is to take the place of the verified one; null for none. */
export async function writeNextDomain(tx: Transaction, domain: string | null, token: string | null): Promise<void> {
  await tx.query(sql`
    update tenants set next_domain = ${domain}, next_domain_token = ${token} where id = current_tenant()`)
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
    update tenants set domain = ${domain}, domain_token = ${token}, domain_verified_at = ${now}, domain_checked_at = ${now},
      domain_missing_since = null, next_domain = null, next_domain_token = null
    where id = current_tenant() and ((domain = ${domain} and domain_token = ${token})
      or (next_domain = ${domain} and next_domain_token = ${token})) returning id`)
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

/** Workspaces whose verified domain was not looked at since then. */
export async function domainsToCheck(database: Database, since: Date): Promise<string[]> {
  const rows = await database.run<{ id: string }>({}, sql`select tenant_id as id from domains_to_check(${since})`)
  return rows.map(({ id }) => id)
}

/** Notes that the domain is looked at now; undefined when somebody else has done so. */
export async function claimDomainCheck(
  tx: Transaction,
  { since, now }: { since: Date; now: Date },
): Promise<{ domain: string; token: string } | undefined> {
  const [row] = await tx.query<{ domain: string; token: string }>(sql`
    update tenants set domain_checked_at = ${now}
    where id = current_tenant() and domain_verified_at is not null
      and coalesce(domain_checked_at, domain_verified_at) < ${since}
    returning domain, domain_token as token`)
  return row
}

/** Notes whether the record was there; gives since when it has not been, or null. */
export async function noteDomainCheck(
  tx: Transaction,
  { domain, found, now }: { domain: string; found: boolean; now: Date },
): Promise<string | null> {
  const [row] = await tx.query<{ since: string | null }>(sql`
    update tenants set domain_missing_since = case when ${found}::boolean then null else coalesce(domain_missing_since, ${now}) end
    where id = current_tenant() and domain = ${domain} and domain_verified_at is not null
    returning domain_missing_since as since`)
  return row?.since ?? null
}

/** The domain counts no more until it is verified again. */
export async function takeVerificationBack(tx: Transaction): Promise<void> {
  await tx.query(sql`
    update tenants set domain_verified_at = null, domain_missing_since = null where id = current_tenant()`)
}
