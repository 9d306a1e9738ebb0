/** What API keys are limited to. A key that was revoked has no grant: revoking moves the tenant's version. */
import { LRUCache } from 'lru-cache'
import { type Database, sql } from '../database/index.ts'
import type { TenantModel } from '../metadata/index.ts'

export interface KeyGrant {
  /** Names of operations; null is all that the roles allow. */
  operations: string[] | null
}

export class KeyGrants {
  private readonly database: Database
  private readonly grants = new LRUCache<string, KeyGrant>({ max: 20_000 })

  constructor(database: Database) {
    this.database = database
  }

  /** The grant as of the model's version; undefined for a key that was revoked. */
  async get({ tenantId, version }: TenantModel, keyId: string): Promise<KeyGrant | undefined> {
    const cacheKey = `${tenantId} ${keyId} ${version}`
    const known = this.grants.get(cacheKey)
    if (known) return known
    const [grant] = await this.database.run<KeyGrant>(
      { tenantId, version },
      sql`select operations from api_keys where tenant_id = ${tenantId} and id = ${keyId} and revoked_at is null`,
    )
    if (grant) this.grants.set(cacheKey, grant)
    return grant
  }
}
