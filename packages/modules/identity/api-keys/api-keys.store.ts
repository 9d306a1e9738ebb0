/** The SQL of API keys and their service accounts. */
import { type Database, sql, type Transaction } from '@oneforge/kernel/database'

export interface ApiKeyRow {
  id: string
  name: string
  account: { id: string; name: string }
  roles: string[]
  operations: string[] | null
  createdAt: string
  createdBy: { id: string; name: string } | null
  expiresAt: string | null
  lastUsedAt: string | null
  requestsPerMinute: number | null
  status: 'active' | 'expired' | 'revoked'
}

/** A key as it is found before anything can be bound. */
export interface FoundKey {
  tenantId: string
  userId: string
  secretHash: string
  expiresAt: string | null
  revokedAt: string | null
  requestsPerMinute: number | null
}

export interface NewApiKey {
  id: string
  name: string
  /** The service account. */
  userId: string
  secretHash: string
  operations: string[] | null
  createdBy: string | null
  expiresAt: Date | null
  requestsPerMinute: number | null
}

/** The one look-up of a key that needs no binding. */
export async function findApiKey(database: Database, id: string): Promise<FoundKey | undefined> {
  const [row] = await database.run<FoundKey>(
    {},
    sql<FoundKey>`select tenant_id as "tenantId", user_id as "userId", secret_hash as "secretHash",
        expires_at as "expiresAt", revoked_at as "revokedAt", requests_per_minute as "requestsPerMinute" from find_api_key(${id})`,
  )
  return row
}

export async function noteKeyUse(database: Database, tenantId: string, id: string, now: Date): Promise<void> {
  await database.run(
    { tenantId },
    sql`update api_keys set last_used_at = ${now} where tenant_id = ${tenantId} and id = ${id}`,
  )
}

export async function insertApiKey(tx: Transaction, tenantId: string, key: NewApiKey, now: Date): Promise<void> {
  await tx.query(sql`
    insert into api_keys (tenant_id, id, name, user_id, secret_hash, operations, created_by, created_at, expires_at,
      requests_per_minute)
    values (${tenantId}, ${key.id}, ${key.name}, ${key.userId}, ${key.secretHash}, ${key.operations}, ${key.createdBy},
            ${now}, ${key.expiresAt}, ${key.requestsPerMinute})`)
}

/** Keys of the transaction's tenant, the latest first; one of them where an id is given. */
export const listApiKeys = (tx: Transaction, now: Date, id: string | null = null): Promise<ApiKeyRow[]> =>
  tx.query<ApiKeyRow>(sql<ApiKeyRow>`
    select k.id, k.name, jsonb_build_object('id', a.id, 'name', a.name) as account,
      array(select r.key from membership_roles mr join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where mr.tenant_id = k.tenant_id and mr.user_id = k.user_id order by r.position, r.key) as roles,
      k.operations, k.created_at as "createdAt",
      case when c.id is null then null else jsonb_build_object('id', c.id, 'name', c.name) end as "createdBy",
      k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt", k.requests_per_minute as "requestsPerMinute",
      case when k.revoked_at is not null then 'revoked' when k.expires_at <= ${now} then 'expired' else 'active' end as status
    from api_keys k join users a on a.id = k.user_id left join users c on c.id = k.created_by
    where k.tenant_id = current_tenant() and (${id}::uuid is null or k.id = ${id})
    order by k.created_at desc, k.id desc`)

export async function updateApiKey(
  tx: Transaction,
  tenantId: string,
  id: string,
  { name, requestsPerMinute }: { name: string; requestsPerMinute: number | null },
): Promise<void> {
  await tx.query(sql`
    update api_keys set name = ${name}, requests_per_minute = ${requestsPerMinute}
    where tenant_id = ${tenantId} and id = ${id}`)
}

/** False when the key was revoked before. */
export async function revokeApiKey(tx: Transaction, tenantId: string, id: string, now: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    update api_keys set revoked_at = ${now} where tenant_id = ${tenantId} and id = ${id} and revoked_at is null returning id`)
  return rows.length === 1
}
